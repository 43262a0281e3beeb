#include "gateway/dialect/classic/decode.h"

#include <simdjson.h>

#include <string_view>
#include <utility>

#include "gateway/dialect/classic/table_reader.h"
#include "gateway/dialect/table/document.h"

namespace scoregate::dialect::classic {
namespace {

namespace ondemand = simdjson::ondemand;
using table::NotJson;
using table::NotUnderstood;

// Outputs that one answer may have.
constexpr std::size_t kMaxOutputs = 256;

http::Fault OutputFault(std::string_view name, std::string_view text) {
  std::string sentence = "The answer's output \"";
  sentence += table::Shown(name);
  sentence += "\" is not understood: ";
  sentence += text;
  sentence += '.';
  return NotUnderstood(std::move(sentence));
}

http::Result<void> ReadOutputs(ondemand::value results, table::Reading& reading,
                               scoring::v1::ScoreResponse& response) {
  ondemand::object outputs;
  if (results.get_object().get(outputs) != simdjson::SUCCESS) {
    return NotUnderstood("The answer's Results is not an object.");
  }
  std::size_t count = 0;
  for (simdjson::simdjson_result<ondemand::field> element : outputs) {
    ondemand::field field;
    if (simdjson::error_code error = std::move(element).get(field)) return NotJson(error);
    std::string_view name;
    if (simdjson::error_code error = field.unescaped_key().get(name)) return NotJson(error);
    if (count == kMaxOutputs) {
      return NotUnderstood("The answer has more than " + std::to_string(kMaxOutputs) + " outputs.");
    }
    auto [place, added] = response.mutable_outputs()->insert({std::string(name), {}});
    if (!added) return OutputFault(name, "it is there twice");
    std::string wrong = ReadTable(field.value(), count, reading, place->second);
    if (!wrong.empty()) return OutputFault(name, wrong);
    ++count;
  }
  return {};
}

bool IsOfAnError(ondemand::raw_json_string key) {
  return key.unsafe_is_equal("error") || key.unsafe_is_equal("statusCode") ||
         key.unsafe_is_equal("StatusCode");
}

}  // namespace

http::Result<Certainty> ReadResults(ondemand::document& document, table::Reading& reading,
                                    scoring::v1::ScoreResponse& response) {
  ondemand::object root;
  if (simdjson::error_code error = document.get_object().get(root)) {
    if (error != simdjson::INCORRECT_TYPE) return NotJson(error);
    return NotUnderstood("The answer is not a JSON object.");
  }
  bool found = false;
  Certainty certainty = Certainty::kSuccess;
  for (simdjson::simdjson_result<ondemand::field> element : root) {
    ondemand::field field;
    if (simdjson::error_code error = std::move(element).get(field)) return NotJson(error);
    if (!field.key().unsafe_is_equal("Results")) {
      if (IsOfAnError(field.key())) certainty = Certainty::kPerhapsAnError;
      continue;
    }
    if (found) return NotUnderstood("The answer has Results twice.");
    found = true;
    http::Result<void> read = ReadOutputs(field.value(), reading, response);
    if (!read.ok()) return std::move(read).fault();
  }
  if (!table::IsAtEnd(document)) {
    return NotUnderstood("The answer goes on after its JSON has ended.");
  }
  if (!found) return NotUnderstood("The answer has no Results.");
  return certainty;
}

http::Result<Certainty> DecodeTables(const std::string& body,
                                     scoring::v1::ScoreResponse& response) {
  Certainty certainty = Certainty::kSuccess;
  http::Result<void> read = table::ReadDocument(
      body, response,
      [&certainty](ondemand::document& document, table::Reading& reading,
                   scoring::v1::ScoreResponse& tables) -> http::Result<void> {
        http::Result<Certainty> results = ReadResults(document, reading, tables);
        if (!results.ok()) return std::move(results).fault();
        certainty = results.value();
        return {};
      });
  if (!read.ok()) return std::move(read).fault();
  return certainty;
}

}  // namespace scoregate::dialect::classic
