// The decoders of successes: any answer becomes whole tables or a fault, and never half of one.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/dialect/dialect.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "scoring/v1/scoring.pb.h"
#include "tests/fuzz/exchange.h"
#include "tests/fuzz/require.h"

namespace scoregate::fuzz {
namespace {

int RowsOf(const scoring::v1::Column& column) {
  switch (column.values_case()) {
    case scoring::v1::Column::kDoubles:
      return column.doubles().values_size();
    case scoring::v1::Column::kInt64S:
      return column.int64s().values_size();
    case scoring::v1::Column::kBools:
      return column.bools().values_size();
    case scoring::v1::Column::kStrings:
      return column.strings().values_size();
    case scoring::v1::Column::VALUES_NOT_SET:
      return -1;
  }
  return -1;
}

void CheckTable(const scoring::v1::Table& table) {
  for (const scoring::v1::Column& column : table.columns()) {
    const int rows = RowsOf(column);
    Require(rows >= 0, "a column has a type");
    Require(rows == RowsOf(table.columns(0)), "columns are of one length");
    const auto& nulls = column.null_rows();
    Require(std::adjacent_find(nulls.begin(), nulls.end(), std::greater_equal<>()) == nulls.end(),
            "null rows ascend");
    Require(nulls.empty() || static_cast<int>(nulls[nulls.size() - 1]) < rows,
            "null rows are rows");
  }
}

// The option letters "lprn" name the place of the rows; without one, the structure tells.
endpoint::EndpointSettings SettingsOf(const Exchange& exchange) {
  endpoint::EndpointSettings settings;
  settings.kind = exchange.kind;
  using enum endpoint::AnswerShape;
  if (exchange.Has('l')) settings.answer_shape = kList;
  if (exchange.Has('p')) settings.answer_shape = kPredictions;
  if (exchange.Has('r')) settings.answer_shape = kResults;
  if (exchange.Has('n')) settings.answer_shape = kNamedLists;
  return settings;
}

void Run(std::string_view input) {
  const Exchange exchange = ReadExchange(input);
  const dialect::Dialect* dialect = dialect::DialectOf(exchange.kind);
  if (dialect == nullptr) return;
  scoring::v1::ScoreResponse response;
  const http::Result<dialect::Certainty> decoded =
      dialect->DecodeScore(exchange.response, SettingsOf(exchange), response);
  if (!decoded.ok()) {
    Require(response.outputs().empty(), "a fault leaves the response empty");
    Require(!decoded.fault().text.empty(), "a fault says why");
    return;
  }
  for (const auto& [name, table] : response.outputs()) CheckTable(table);
  scoring::v1::ScoreResponse again;
  // A string that is no UTF-8 serializes and is refused by whoever reads it.
  Require(again.ParseFromString(response.SerializeAsString()), "the response can be read");
}

}  // namespace
}  // namespace scoregate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scoregate::fuzz::Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
