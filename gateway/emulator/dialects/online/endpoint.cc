#include "gateway/emulator/dialects/online/endpoint.h"

#include <array>
#include <string>
#include <utility>

#include "gateway/emulator/dialects/online/request.h"
#include "gateway/emulator/errors/online_errors.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

constexpr std::string_view kDeploymentField = "azureml-model-deployment";
constexpr std::string_view kDefaultDeployment = "blue";

std::string Label(const FlowerRow& row) {
  if (!row) return "null";
  return Quoted(kSpeciesNames[Predict(*row, kDefaultTemperature).species]);
}

std::string Chances(const FlowerRow& row) {
  if (!row) return "null";
  std::string text = "[";
  for (const double chance : Predict(*row, kDefaultTemperature).probabilities) {
    if (text.size() > 1) text += ',';
    text += NumberText(chance);
  }
  return text + "]";
}

std::string Record(const FlowerRow& row) {
  std::string text = R"({"label":)" + Label(row);
  for (std::size_t i = 0; i < kSpecies; ++i) {
    text += "," + Quoted(kSpeciesNames[i]) + ":";
    text += row ? NumberText(Predict(*row, kDefaultTemperature).probabilities[i]) : "null";
  }
  return text + "}";
}

// What Python writes for a number that is none.
std::string Surest(const FlowerRow& row) {
  if (!row) return "NaN";
  const Prediction prediction = Predict(*row, kDefaultTemperature);
  return NumberText(prediction.probabilities[prediction.species]);
}

using Rows = std::vector<FlowerRow>;

std::string ListOf(const Rows& rows, std::string (*write)(const FlowerRow&)) {
  std::string text = "[";
  for (const FlowerRow& row : rows) {
    if (&row != rows.data()) text += ',';
    text += write(row);
  }
  return text + "]";
}

std::string Labels(const Rows& rows) {
  return ListOf(rows, Label);
}
std::string ListsOfChances(const Rows& rows) {
  return ListOf(rows, Chances);
}
std::string Records(const Rows& rows) {
  return ListOf(rows, Record);
}
std::string Predictions(const Rows& rows) {
  return R"({"predictions":)" + Labels(rows) + "}";
}
std::string NamedLists(const Rows& rows) {
  return R"({"label":)" + Labels(rows) + R"(,"chances":)" + ListsOfChances(rows) + "}";
}
std::string Packed(const Rows& rows) {
  return Quoted(R"({"result": )" + Labels(rows) + "}");
}
std::string SurestChances(const Rows& rows) {
  return ListOf(rows, Surest);
}
std::string FirstLabel(const Rows& rows) {
  return rows.empty() ? "null" : Label(rows.front());
}

struct AnswerRow {
  std::string_view name;
  std::string (*write)(const Rows& rows);
};

// A further form of answer is a line here.
constexpr auto kAnswers = std::to_array<AnswerRow>({{"list", Labels},
                                                    {"lists", ListsOfChances},
                                                    {"objects", Records},
                                                    {"predictions", Predictions},
                                                    {"named", NamedLists},
                                                    {"packed", Packed},
                                                    {"nan", SurestChances},
                                                    {"one", FirstLabel}});

Answer Refuse(const std::string& why) {
  return ModelError(400, "False", R"({"message":)" + Quoted(why) + "}");
}

Answer Respond(const Call& call) {
  auto read = ReadOnlineRequest(call);
  if (const auto* why = std::get_if<std::string>(&read)) return Refuse(*why);
  const auto& request = std::get<OnlineRequest>(read);
  RaiseVerdict verdict = call.raises.Decide(request.raise, call.target.path);
  if (verdict.answer) return *std::move(verdict.answer);
  Answer answer;
  if (request.designer) {
    answer = MakeAnswer(200, kJsonType,
                        R"({"Results":{"WebServiceOutput0":)" + Records(request.rows) + "}}");
  } else {
    const std::string_view form = call.target.Find("answer").value_or("list");
    const auto* row = kAnswers.begin();
    while (row != kAnswers.end() && row->name != form) ++row;
    if (row == kAnswers.end()) return Refuse("there is no form of answer named " + Excerpt(form));
    answer = MakeAnswer(200, "application/json", row->write(request.rows));
  }
  answer.response.headers.Set("ms-azureml-model-time", "1");
  answer.delay = verdict.delay;
  AddOnlineTrailers(answer);
  return answer;
}

}  // namespace

Answer ScoreOnline(const Call& call) {
  Answer answer = Respond(call);
  std::string_view deployment = call.request.headers.First(kDeploymentField);
  if (deployment.empty()) deployment = kDefaultDeployment;
  answer.response.headers.Set(kDeploymentField, std::string(deployment));
  return answer;
}

Answer RefuseOnlineKey(bool has_key) {
  Answer answer = MakeAnswer(401, "text/plain",
                             has_key ? "key_auth_access_denied" : "key_auth_bad_header_forbidden");
  AddOnlineTrailers(answer);
  return answer;
}

}  // namespace scoregate::emulator
