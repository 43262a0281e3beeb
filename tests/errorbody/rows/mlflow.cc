#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"MLflow: the stack trace is left out", kOnlineEndpoint, 400, "",
     R"j({"error_code": "BAD_REQUEST", "message": "No 'inputs'.", "stack_trace": "File x.py"})j",
     "mlflow: application\nouter: BAD_REQUEST\ninner: BAD_REQUEST\nmessage: No 'inputs'.\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400, class BAD_REQUEST, code BAD_REQUEST"},
    {"with a stack trace of many lines", kOnlineEndpoint, 424,
     "ms-azureml-model-error-reason: model_error\nms-azureml-model-error-statuscode: 400\n",
     R"j({"error_code":"MALFORMED_REQUEST","message":"Failed to parse input.","stack_trace":"Traceback (most recent call last):\n  File \"a.py\", line 1\n"})j",
     "mlflow: application\nouter: MALFORMED_REQUEST\ninner: MALFORMED_REQUEST\n"
     "message: Failed to parse input.\nmodel reason: model_error\nmodel status: 400\n",
     "INVALID_ARGUMENT MODEL_ERROR, class MALFORMED_REQUEST, code MALFORMED_REQUEST"},
};
// clang-format on

}  // namespace

std::span<const Case> MlflowRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
