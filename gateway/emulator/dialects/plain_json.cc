// Reads rows and writes predictions.
#include "gateway/emulator/dialects/plain_json.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/emulator/dialects/classic/score.h"
#include "gateway/emulator/dialects/flowers.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

Answer Refuse(int status, const std::string& message) {
  return MakeAnswer(status, kJsonType, R"({"message":)" + Quoted(message) + "}");
}

std::optional<Answer> ReadRow(element row, std::vector<FlowerRow>& out) {
  const std::string name = "row " + std::to_string(out.size() + 1);
  array cells;
  if (row.get(cells) != simdjson::SUCCESS) return Refuse(400, name + " is not a list");
  FlowerReader reader;
  std::size_t count = 0;
  for (const element cell : cells) {
    if (count < kMeasurements) {
      if (auto why = reader.Take(count, cell)) return Refuse(400, name + ", " + *why);
    }
    ++count;
  }
  if (count != kMeasurements) {
    return Refuse(400, name + " has " + std::to_string(count) + " values, not 4");
  }
  out.push_back(reader.Finish());
  return std::nullopt;
}

std::optional<Answer> ReadRows(object root, std::vector<FlowerRow>& out) {
  array rows;
  if (root["rows"].get(rows) != simdjson::SUCCESS && root["data"].get(rows) != simdjson::SUCCESS) {
    return Refuse(400, "expected a list named 'rows' or 'data'");
  }
  for (const element row : rows) {
    if (out.size() == kMaxRows) return Refuse(400, "more than 100000 rows");
    if (auto refusal = ReadRow(row, out)) return refusal;
  }
  return std::nullopt;
}

std::string Predictions(const std::vector<FlowerRow>& rows) {
  std::string labels;
  std::string chances;
  std::string_view before;
  for (const FlowerRow& row : rows) {
    labels += before;
    chances += before;
    before = ",";
    if (!row) {
      labels += "null";
      chances += "null";
      continue;
    }
    const Prediction prediction = Predict(*row, kDefaultTemperature);
    AppendQuoted(labels, kSpeciesNames[prediction.species]);
    for (std::size_t i = 0; i < kSpecies; ++i) {
      chances += i == 0 ? '[' : ',';
      chances += NumberText(prediction.probabilities[i]);
    }
    chances += ']';
  }
  return R"({"predictions":[)" + labels + R"(],"probabilities":[)" + chances + "]}";
}

}  // namespace

Answer ScorePlainJson(const Call& call) {
  element document;
  if (const auto error = call.parser.parse(call.request.body).get(document)) {
    return Refuse(400, std::string("the body is not JSON: ") + simdjson::error_message(error));
  }
  object root;
  if (document.get(root) != simdjson::SUCCESS) return Refuse(400, "the body is not an object");
  std::string_view order;
  RaiseVerdict verdict;
  if (root[kRaiseParameter].get(order) == simdjson::SUCCESS) {
    verdict = call.raises.Decide(order, call.target.path);
  }
  if (verdict.answer) return *std::move(verdict.answer);
  std::vector<FlowerRow> rows;
  if (auto refusal = ReadRows(root, rows)) return *std::move(refusal);
  Answer answer = MakeAnswer(200, kJsonType, Predictions(rows));
  answer.delay = verdict.delay;
  return answer;
}

Answer RefusePlainKey() {
  return Refuse(401, "The request carries no key that this service knows.");
}

}  // namespace scoregate::emulator
