#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"TorchServe: its type is the code", kOnlineEndpoint, 503, "",
     R"j({"code": 503, "type": "InternalServerException", "message": "Prediction failed"})j",
     "torchserve: application\nouter: InternalServerException\ninner: InternalServerException\n"
     "message: Prediction failed\n",
     "INTERNAL UPSTREAM_HTTP_503, class InternalServerException, code InternalServerException"},
    {"behind a managed endpoint", kOnlineEndpoint, 424,
     "ms-azureml-model-error-statuscode: 503\n",
     R"j({"code": 503, "type": "ServiceUnavailableException", "message": "Model \"m\" has no worker"})j",
     "torchserve: application\nouter: ServiceUnavailableException\n"
     "inner: ServiceUnavailableException\nmessage: Model \"m\" has no worker\n"
     "model status: 503\n",
     "UNAVAILABLE MODEL_ERROR, class ServiceUnavailableException, code ServiceUnavailableException, pushback -1"},
};
// clang-format on

}  // namespace

std::span<const Case> TorchserveRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
