// Scores a classic request and writes its answer.
#include "gateway/emulator/dialects/classic/score.h"

#include <array>
#include <string>
#include <utility>

#include "gateway/emulator/dialects/classic/request.h"
#include "gateway/emulator/errors/envelope.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

constexpr std::size_t kOutputColumns = kSpecies + 1;

// A row's cells as JSON: strings, or null where the model had no answer.
using OutputRow = std::array<std::string, kOutputColumns>;

OutputRow Score(const FlowerRow& row, double temperature) {
  OutputRow cells;
  if (!row) {
    cells.fill("null");
    return cells;
  }
  const Prediction prediction = Predict(*row, temperature);
  for (std::size_t i = 0; i < kSpecies; ++i) {
    cells[i] = Quoted(NumberText(prediction.probabilities[i]));
  }
  cells[kSpecies] = Quoted(kSpeciesNames[prediction.species]);
  return cells;
}

// Column names as JSON. Classic services name them so, quotes and all.
std::array<std::string, kOutputColumns> QuotedColumnNames() {
  std::array<std::string, kOutputColumns> names;
  for (std::size_t i = 0; i < kSpecies; ++i) {
    names[i] = Quoted(ProbabilityColumn(i));
  }
  names[kSpecies] = Quoted(kLabelColumn);
  return names;
}

template <typename Parts>
void AppendList(std::string& out, const Parts& parts) {
  std::string_view before = "[";
  for (const auto& part : parts) {
    out += before;
    out += part;
    before = ",";
  }
  out += ']';
}

void AppendRecord(std::string& out, const OutputRow& names, const OutputRow& cells) {
  for (std::size_t i = 0; i < kOutputColumns; ++i) {
    out += i == 0 ? '{' : ',';
    out += names[i];
    out += ':';
    out += cells[i];
  }
  out += '}';
}

std::string ValuesBody(const ClassicRequest& request) {
  std::string out = R"({"type":"table","value":{"ColumnNames":)";
  AppendList(out, QuotedColumnNames());
  if (request.column_types) {
    std::array<std::string_view, kOutputColumns> types;
    types.fill(R"("Double")");
    types[kSpecies] = R"("String")";
    out += R"(,"ColumnTypes":)";
    AppendList(out, types);
  }
  out += R"(,"Values":[)";
  for (const FlowerRow& row : request.rows) {
    if (&row != request.rows.data()) out += ',';
    AppendList(out, Score(row, request.temperature));
  }
  return out + "]}}";
}

std::string SwaggerBody(const ClassicRequest& request) {
  const auto names = QuotedColumnNames();
  std::string out = "[";
  for (const FlowerRow& row : request.rows) {
    if (&row != request.rows.data()) out += ',';
    AppendRecord(out, names, Score(row, request.temperature));
  }
  return out + "]";
}

}  // namespace

std::string ProbabilityColumn(std::size_t species) {
  return "Scored Probabilities for Class \"" + std::string(kSpeciesNames[species]) + "\"";
}

Answer ScoreClassic(const Call& call) {
  ClassicRequest request;
  if (auto refusal = ReadClassicRequest(call, request)) return *std::move(refusal);
  std::string body = R"({"Results":{)" + Quoted(kOutputName) + ":";
  switch (request.form) {
    case TableForm::kValues:
      body += ValuesBody(request);
      break;
    case TableForm::kSwagger:
      body += SwaggerBody(request);
      break;
  }
  Answer answer = MakeAnswer(200, kJsonType, std::move(body) + "}}");
  answer.delay = request.delay;
  return answer;
}

Answer RefuseClassicKey() {
  const ErrorDetail detail{"ScoreRequestUnauthorized", "",
                           "The request carries no key that this service knows."};
  return EnvelopeAnswer("Unauthorized", detail);
}

}  // namespace scoregate::emulator
