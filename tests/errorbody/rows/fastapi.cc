#include "tests/errorbody/rows/rows.h"

namespace scoregate::errorbody {
namespace {

using enum http::UpstreamKind;

// clang-format off
constexpr Case kRows[] = {
    {"FastAPI: detail a text", kOnlineEndpoint, 424, "ms-azureml-model-error-statuscode: 404\n",
     R"j({"detail":"Not Found"})j",
     "fastapi: application\nmessage: Not Found\nmodel status: 404\n",
     "NOT_FOUND MODEL_ERROR"},
    {"FastAPI: validation errors", kOpaque, 422, "", "@fastapi_422.json",
     "fastapi: application\nouter: missing\ninner: missing\nmessage: Field required\n"
     "item: missing | body.inputs.0.age | Field required\nfield: inputs[0].age\n"
     "item: int_parsing | query.limit | Input should be a valid integer\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_422, class missing, code missing, fields inputs[0].age"},
    {"FastAPI: detail an object", kOpaque, 409, "",
     R"j({"detail":{"code":"BUSY","message":"Model is busy"}})j",
     "fastapi: application\nmessage: Model is busy\nitem: BUSY |  | Model is busy\n",
     "ABORTED UPSTREAM_HTTP_409"},
    {"validation errors behind a managed endpoint: INVALID_ARGUMENT with the field", kOnlineEndpoint, 424,
     "ms-azureml-model-error-reason: model_error\nms-azureml-model-error-statuscode: 422\n",
     R"j({"detail":[{"type":"float_parsing","loc":["body","rows",2,"age"],"msg":"Input should be a valid number","input":"x"},{"type":"missing","loc":["header","x-key"],"msg":"Field required"}]})j",
     "fastapi: application\nouter: float_parsing\ninner: float_parsing\n"
     "message: Input should be a valid number\n"
     "item: float_parsing | body.rows.2.age | Input should be a valid number\n"
     "field: rows[2].age\nitem: missing | header.x-key | Field required\n"
     "model reason: model_error\nmodel status: 422\n",
     "INVALID_ARGUMENT MODEL_ERROR, class float_parsing, code float_parsing, fields rows[2].age"},
    {"the body as a whole, or how far it could be read: no field", kOpaque, 422,
     "",
     R"j({"detail":[{"type":"json_invalid","loc":["body",17],"msg":"JSON decode error"},{"type":"missing","loc":["body"],"msg":"Field required"}]})j",
     "fastapi: application\nouter: json_invalid\ninner: json_invalid\n"
     "message: JSON decode error\nitem: json_invalid | body.17 | JSON decode error\n"
     "item: missing | body | Field required\n",
     "INVALID_ARGUMENT UPSTREAM_HTTP_422, class json_invalid, code json_invalid"},
};
// clang-format on

}  // namespace

std::span<const Case> FastapiRows() {
  return kRows;
}

}  // namespace scoregate::errorbody
