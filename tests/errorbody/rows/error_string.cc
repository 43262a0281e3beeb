#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"the whole body a JSON string of JSON", kOnlineEndpoint, 424,
     "ms-azureml-model-error-reason: model_error\nms-azureml-model-error-statuscode: 500\n",
     R"j("{\"error\": \"no such column\"}")j",
     "error_string: application\nmessage: no such column\nmodel reason: model_error\n"
     "model status: 500\n",
     "INTERNAL MODEL_ERROR"},
    {"Triton", kOpaque, 400, "", R"j({"error":"Request for unknown model: 'm' is not found"})j",
     "error_string: application\nmessage: Request for unknown model: 'm' is not found\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400"},
    {"TensorFlow Serving: the illegal escape", kOpaque, 400, "",
     R"j({ "error": "Missing \'inputs\' or \'instances\' key" })j",
     "error_string: application\nmessage: Missing 'inputs' or 'instances' key\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400"},
    {"Hugging Face: error a list", kOpaque, 400, "",
     R"j({"error":["Error in `inputs`: empty","second"],"warnings":[]})j",
     "error_string: application\nmessage: Error in `inputs`: empty\n"
     "item:  |  | Error in `inputs`: empty\nitem:  |  | second\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400"},
    {"text-generation server: error_type is the code", kOpaque, 422, "",
     R"j({"error":"Input validation error","error_type":"validation"})j",
     "error_string: application\nouter: validation\ninner: validation\n"
     "message: Input validation error\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_422, class validation, code validation"},
    {"Spring: error is the status text, message what happened", kOpaque, 404, "",
     R"j({"timestamp":"2024","status":404,"error":"Not Found","message":"No model","path":"/x"})j",
     "error_string: application\nmessage: No model\n",
     "NOT_FOUND UPSTREAM_HTTP_404"},
    {"200 with a number that is no error's", kOpaque, 200, "", R"j({"error":"x","code":200})j",
     "error_string: application\nouter: 200\ninner: 200\nmessage: x\n",
     "INTERNAL UPSTREAM_RESPONSE_INVALID, class 200, code 200"},
    {"KServe: unknown model", kOpaque, 404,
     "",
     R"j({"error":"Model with name iris does not exist."})j",
     "error_string: application\nmessage: Model with name iris does not exist.\n",
     "NOT_FOUND UPSTREAM_HTTP_404"},
    {"MLServer", kOpaque, 400,
     "",
     R"j({"error":"Unsupported content type for input payload: BYTES"})j",
     "error_string: application\nmessage: Unsupported content type for input payload: BYTES\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_400"},
    {"a Python dict with an error text", kOpaque, 500,
     "",
     R"j({'error': 'column \'age\' is missing', 'ok': None})j",
     "error_string: application\nmessage: column 'age' is missing\n",
     "INTERNAL UPSTREAM_HTTP_500"},
};
// clang-format on

}  // namespace

std::span<const Case> ErrorStringRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
