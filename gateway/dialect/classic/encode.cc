#include "gateway/dialect/classic/encode.h"

#include <algorithm>

#include "gateway/dialect/json_writer.h"
#include "gateway/dialect/request_check.h"
#include "gateway/dialect/table/rows_writer.h"

namespace scoregate::dialect::classic {
namespace {

using endpoint::RequestFormat;
using scoring::v1::Table;
using table::AppendColumnNames;
using table::AppendRows;
using table::RowForm;

bool AppendTable(std::string& out, const Table& table, RequestFormat format,
                 std::size_t max_bytes) {
  if (format == RequestFormat::kRows) return AppendRows(out, table, RowForm::kObjects, max_bytes);
  out += R"({"ColumnNames":)";
  AppendColumnNames(out, table);
  out += R"(,"Values":)";
  if (!AppendRows(out, table, RowForm::kLists, max_bytes)) return false;
  out += '}';
  return true;
}

}  // namespace

void AppendParameters(std::string& out, const Parameters& parameters) {
  out += '{';
  const auto members = SortedMembers(parameters);
  for (const auto* parameter : members) {
    if (parameter != members.front()) out += ',';
    AppendJsonString(out, parameter->first);
    out += ':';
    AppendJsonValue(out, parameter->second);
  }
  out += '}';
}

std::optional<std::string> EncodeTables(const scoring::v1::ScoreRequest& request,
                                        RequestFormat format, std::size_t max_bytes) {
  std::string out;
  out.reserve(std::min(table::GuessBytes(request), max_bytes));
  out += R"({"Inputs":{)";
  const auto inputs = SortedMembers(request.inputs());
  for (const auto* input : inputs) {
    if (input != inputs.front()) out += ',';
    AppendJsonString(out, input->first);
    out += ':';
    if (!AppendTable(out, input->second, format, max_bytes)) return std::nullopt;
  }
  out += R"(},"GlobalParameters":)";
  AppendParameters(out, request.global_parameters());
  out += '}';
  if (out.size() > max_bytes) return std::nullopt;
  return out;
}

}  // namespace scoregate::dialect::classic
