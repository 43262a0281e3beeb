#include "gateway/dialect/shaped/request_shapes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "gateway/dialect/classic/encode.h"
#include "gateway/dialect/json_writer.h"
#include "gateway/dialect/raw_call.h"
#include "gateway/dialect/request_check.h"
#include "gateway/dialect/table/rows_writer.h"

namespace scoregate::dialect::shaped {
namespace {

using endpoint::RequestShape;
using http::Fault;
using http::FaultKind;
using scoring::v1::ScoreRequest;
using table::RowForm;

// What stands at the place of the rows.
enum class Form {
  kLists,    // [[...]]
  kObjects,  // [{...}]
  kSplit,    // {"columns":[...],"index":[...],"data":[[...]]}
};

// Where the parameters of a call stand.
constexpr std::string_view kBesideTheRows = "";
constexpr std::string_view kNowhere = "-";

struct ShapeRow {
  RequestShape shape;
  std::string_view member;  // Empty: the rows are the whole body.
  Form form;
  std::string_view parameters;  // The member that holds them, or one of the two above.
};

// A new shape of these forms is one line here. Designer's is the classic contract's own.
constexpr std::array<ShapeRow, 8> kShapes{{
    {RequestShape::kInputData, "input_data", Form::kSplit, "params"},
    {RequestShape::kData, "data", Form::kLists, kBesideTheRows},
    {RequestShape::kDataRecords, "data", Form::kObjects, kBesideTheRows},
    {RequestShape::kRecords, "", Form::kObjects, kNowhere},
    {RequestShape::kDataframeSplit, "dataframe_split", Form::kSplit, "params"},
    {RequestShape::kDataframeRecords, "dataframe_records", Form::kObjects, "params"},
    {RequestShape::kInstances, "instances", Form::kLists, "parameters"},
    {RequestShape::kInstanceRecords, "instances", Form::kObjects, "parameters"},
}};

bool AppendTable(std::string& out, const scoring::v1::Table& rows, Form form,
                 std::size_t max_bytes) {
  if (form == Form::kObjects) return AppendRows(out, rows, RowForm::kObjects, max_bytes);
  if (form == Form::kLists) return AppendRows(out, rows, RowForm::kLists, max_bytes);
  out += R"({"columns":)";
  table::AppendColumnNames(out, rows);
  out += R"(,"index":[)";
  const std::size_t count = RowsOf(rows.columns(0));
  for (std::size_t row = 0; row < count; ++row) {
    if (row > 0) out += ',';
    AppendJsonInt(out, static_cast<std::int64_t>(row));
    if (out.size() > max_bytes) return false;
  }
  out += R"(],"data":)";
  if (!AppendRows(out, rows, RowForm::kLists, max_bytes)) return false;
  out += '}';
  return true;
}

void AppendParameters(std::string& out, const ScoreRequest& request, std::string_view member) {
  if (request.global_parameters().empty()) return;
  const bool nested = member != kBesideTheRows;
  if (nested) {
    out += ',';
    AppendJsonString(out, member);
    out += ":{";
  }
  const auto parameters = SortedMembers(request.global_parameters());
  for (const auto* parameter : parameters) {
    if (!nested || parameter != parameters.front()) out += ',';
    AppendJsonString(out, parameter->first);
    out += ':';
    AppendJsonValue(out, parameter->second);
  }
  if (nested) out += '}';
}

std::optional<Fault> CheckFits(const ScoreRequest& request, const ShapeRow& shape) {
  if (request.inputs().size() != 1) {
    return Fault(FaultKind::kRequestInvalid, "inputs",
                 "The endpoint takes one table, and the request has " +
                     std::to_string(request.inputs().size()) + ".");
  }
  const auto& parameters = request.global_parameters();
  if (shape.parameters == kNowhere && !parameters.empty()) {
    return Fault(FaultKind::kRequestInvalid, "global_parameters",
                 "The endpoint's request shape has no place for parameters.");
  }
  if (shape.parameters == kBesideTheRows && parameters.contains(std::string(shape.member))) {
    return Fault(FaultKind::kRequestInvalid, FieldOf("global_parameters", shape.member),
                 "A parameter has the name of the member that holds the rows.");
  }
  return std::nullopt;
}

std::optional<std::string> Write(const ScoreRequest& request, const ShapeRow& shape,
                                 std::size_t max_bytes) {
  std::string out;
  out.reserve(std::min(table::GuessBytes(request), max_bytes));
  const bool wrapped = !shape.member.empty();
  if (wrapped) {
    out += '{';
    AppendJsonString(out, shape.member);
    out += ':';
  }
  const scoring::v1::Table& rows = request.inputs().begin()->second;
  if (!AppendTable(out, rows, shape.form, max_bytes)) return std::nullopt;
  if (wrapped) {
    AppendParameters(out, request, shape.parameters);
    out += '}';
  }
  if (out.size() > max_bytes) return std::nullopt;
  return out;
}

}  // namespace

http::Result<std::string> WriteBody(const ScoreRequest& request,
                                    const endpoint::EndpointSettings& settings) {
  const auto limit = static_cast<std::size_t>(settings.limits.max_request_bytes);
  std::optional<std::string> body;
  const auto* shape = std::ranges::find(kShapes, settings.request_shape, &ShapeRow::shape);
  if (shape == kShapes.end()) {
    body = classic::EncodeTables(request, endpoint::RequestFormat::kRows, limit);
  } else {
    if (std::optional<Fault> wrong = CheckFits(request, *shape)) return *std::move(wrong);
    body = Write(request, *shape, limit);
  }
  if (!body) return RequestTooLarge("inputs", settings);
  return *std::move(body);
}

}  // namespace scoregate::dialect::shaped
