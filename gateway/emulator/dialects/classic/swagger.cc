// Writes the swagger 2.0 document in the layout that classic services publish.
#include "gateway/emulator/dialects/classic/swagger.h"

#include <string>

#include "gateway/emulator/dialects/classic/score.h"
#include "gateway/emulator/iris_model.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

constexpr std::string_view kNumber = R"({"type":"number","format":"double"})";
constexpr std::string_view kString = R"({"type":"string"})";

std::string Reference(std::string_view name) {
  return R"({"$ref":)" + Quoted("#/definitions/" + std::string(name)) + "}";
}

std::string ObjectOf(std::string_view properties) {
  return R"({"type":"object","properties":{)" + std::string(properties) + "}}";
}

std::string ListOf(std::string_view item) {
  return R"({"type":"array","items":)" + Reference(item) + "}";
}

std::string Member(std::string_view name, std::string_view value) {
  return Quoted(name) + ":" + std::string(value);
}

std::string InputItem() {
  std::string properties;
  for (const std::string_view name : kMeasurementNames) {
    if (!properties.empty()) properties += ',';
    properties += Member(name, kNumber);
  }
  return ObjectOf(properties);
}

std::string OutputItem() {
  std::string properties;
  for (std::size_t i = 0; i < kSpecies; ++i) {
    properties += Member(ProbabilityColumn(i), kNumber) + ",";
  }
  return ObjectOf(properties + Member(kLabelColumn, kString));
}

std::string Example() {
  return R"({"Inputs":{"input1":[{"sepal length":5.1,"sepal width":3.5,"petal length":1.4,)"
         R"("petal width":0.2}]},"GlobalParameters":{"Temperature":1}})";
}

std::string ExecutionRequest() {
  const std::string inputs = ObjectOf(Member(kInputName, ListOf("input1Item")));
  const std::string parameters =
      ObjectOf(Member(kTemperatureParameter, kNumber) + "," + Member(kRaiseParameter, kString));
  return R"({"type":"object","properties":{)" + Member("Inputs", inputs) + "," +
         Member("GlobalParameters", parameters) + "}," + Member("example", Example()) + "}";
}

std::string Definitions() {
  const std::string results = ObjectOf(Member(kOutputName, ListOf("output1Item")));
  return "{" + Member("ExecutionRequest", ExecutionRequest()) + "," +
         Member("ExecutionResponse", ObjectOf(Member("Results", results))) + "," +
         Member("input1Item", InputItem()) + "," + Member("output1Item", OutputItem()) + "}";
}

std::string Paths() {
  return R"({"/execute?api-version=2.0&format=swagger":{"post":{"operationId":"execute",)"
         R"("consumes":["application/json"],"produces":["application/json"],"parameters":[)"
         R"({"name":"executePayload","in":"body","required":true,"schema":)" +
         Reference("ExecutionRequest") +
         R"(}],"responses":{"200":{"description":"The scored rows.","schema":)" +
         Reference("ExecutionResponse") + "}}}}}";
}

}  // namespace

Answer DescribeClassic(const Call& call) {
  const std::string_view path = call.target.path;
  const std::string_view base = path.substr(0, path.rfind('/'));
  return MakeAnswer(200, kJsonType,
                    R"({"swagger":"2.0","info":{"version":"2.0","title":"iris"},"basePath":)" +
                        Quoted(base) + R"(,"paths":)" + Paths() + R"(,"definitions":)" +
                        Definitions() + "}");
}

}  // namespace scoregate::emulator
