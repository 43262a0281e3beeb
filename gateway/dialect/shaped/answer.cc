#include "gateway/dialect/shaped/answer.h"

#include <absl/container/flat_hash_set.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/string_view.h>
#include <simdjson.h>

#include <optional>
#include <string_view>

#include "gateway/dialect/classic/decode.h"
#include "gateway/dialect/shaped/list_reader.h"
#include "gateway/dialect/table/document.h"
#include "gateway/dialect/trimmed.h"

namespace scoregate::dialect::shaped {
namespace {

namespace ondemand = simdjson::ondemand;
using endpoint::AnswerShape;
using endpoint::EndpointSettings;
using table::NotJson;
using table::NotUnderstood;
using table::Reading;

constexpr char kResults[] = "Results";
constexpr char kPredictions[] = "predictions";

http::Fault Wrong(const std::string& why) {
  return NotUnderstood("The answer is not understood: " + why + ".");
}

// What the outermost object has.
struct Survey {
  bool results = false;
  bool results_are_a_list = false;
  bool predictions = false;
  std::size_t lists = 0;
};

simdjson::error_code Look(ondemand::object& root, Survey& survey) {
  for (simdjson::simdjson_result<ondemand::field> element : root) {
    ondemand::field field;
    if (simdjson::error_code error = std::move(element).get(field)) return error;
    const bool results = field.key().unsafe_is_equal(kResults);
    survey.predictions = survey.predictions || field.key().unsafe_is_equal(kPredictions);
    ondemand::value value = field.value();
    const bool list = std::string_view(value.raw_json_token()).starts_with('[');
    if (list) ++survey.lists;
    survey.results = survey.results || results;
    survey.results_are_a_list = survey.results_are_a_list || (results && list);
  }
  return simdjson::SUCCESS;
}

std::string DifferentLengths(const std::string& first, std::uint32_t rows,
                             const std::string& second, std::uint32_t other_rows) {
  return absl::StrCat("its lists have different lengths, ", table::Shown(first), " ", rows, " and ",
                      table::Shown(second), " ", other_rows,
                      "; answer_shape can say which one holds the rows");
}

// What a member that is there twice makes, and one that has the name of another's column.
const std::string* FindSharedName(const scoring::v1::Table& table) {
  absl::flat_hash_set<absl::string_view> names;
  names.reserve(static_cast<std::size_t>(table.columns_size()));
  for (const scoring::v1::Column& column : table.columns()) {
    if (!names.insert(column.name()).second) return &column.name();
  }
  return nullptr;
}

// One pass over an answer.
class AnswerReader {
 public:
  AnswerReader(const EndpointSettings& settings, Reading& reading,
               scoring::v1::ScoreResponse& response)
      : settings_(settings), reading_(reading), response_(response) {}

  http::Result<void> Read(ondemand::document& document) {
    http::Result<void> read = ReadRoot(document);
    // A pass that is to be repeated ends where it found that out.
    if (!read.ok() || !reading_.misfits.empty() || table::IsAtEnd(document)) return read;
    return NotUnderstood("The answer goes on after its JSON has ended.");
  }

 private:
  http::Result<void> ReadRoot(ondemand::document& document) {
    ondemand::array list;
    simdjson::error_code error = document.get_array().get(list);
    if (error == simdjson::SUCCESS) {
      if (Allows(AnswerShape::kList)) return ReadRows(list);
      return Wrong("it is no object, and answer_shape says that it is one");
    }
    if (error != simdjson::INCORRECT_TYPE) return NotJson(error);
    ondemand::object root;
    if (auto failed = document.get_object().get(root)) return NotJson(failed);
    Survey survey;
    if (auto failed = Look(root, survey)) return NotJson(failed);
    document.rewind();
    return ReadObject(document, survey);
  }

  bool Allows(AnswerShape shape) const {
    return settings_.answer_shape == shape || settings_.answer_shape == AnswerShape::kByStructure;
  }

  // That it is no error was asked before (MayBeAnError).
  http::Result<void> ReadResults(ondemand::document& document) {
    http::Result<Certainty> read = classic::ReadResults(document, reading_, response_);
    if (!read.ok()) return std::move(read).fault();
    return {};
  }

  http::Result<void> ReadObject(ondemand::document& document, const Survey& survey) {
    if (survey.results && Allows(AnswerShape::kResults)) {
      if (!survey.results_are_a_list) return ReadResults(document);
      return ReadMember(document, kResults);
    }
    if (survey.predictions && Allows(AnswerShape::kPredictions)) {
      return ReadMember(document, kPredictions);
    }
    if (Allows(AnswerShape::kNamedLists)) return ReadNamedLists(document, survey);
    switch (settings_.answer_shape) {
      case AnswerShape::kResults:
        return Wrong("it has no Results");
      case AnswerShape::kPredictions:
        return Wrong("it has no predictions");
      default:
        return Wrong("it is an object, and answer_shape says that it is a list");
    }
  }

  scoring::v1::Table& table() { return (*response_.mutable_outputs())[kOutputName]; }

  http::Result<void> ReadRows(ondemand::array& list) {
    const ListOrder order{0, kOutputName, &settings_.output_columns, true};
    std::uint32_t rows = 0;
    std::string wrong = ReadList(list, order, reading_, table(), rows);
    return wrong.empty() ? http::Result<void>() : Wrong(wrong);
  }

  // The rows under one member, the others being of no interest.
  http::Result<void> ReadMember(ondemand::document& document, const char* name) {
    ondemand::object root;
    if (auto error = document.get_object().get(root)) return NotJson(error);
    bool found = false;
    for (simdjson::simdjson_result<ondemand::field> element : root) {
      ondemand::field field;
      if (auto error = std::move(element).get(field)) return NotJson(error);
      if (!(field.key() == std::string_view(name))) continue;
      if (found) return Wrong(std::string("it has ") + name + " twice");
      found = true;
      ondemand::array list;
      if (field.value().get_array().get(list) != simdjson::SUCCESS) {
        return Wrong(std::string("its ") + name + " is not a list");
      }
      http::Result<void> read = ReadRows(list);
      if (!read.ok() || !reading_.misfits.empty()) return read;
    }
    return {};
  }

  http::Result<void> ReadNamedLists(ondemand::document& document, const Survey& survey) {
    ondemand::object root;
    if (auto error = document.get_object().get(root)) return NotJson(error);
    if (survey.lists == 0) return ReadOneRow(root);
    std::optional<std::uint32_t> rows;
    std::string first_name;
    std::size_t index = 0;
    for (simdjson::simdjson_result<ondemand::field> element : root) {
      ondemand::field field;
      if (auto error = std::move(element).get(field)) return NotJson(error);
      std::string_view key;
      if (auto error = field.unescaped_key().get(key)) return NotJson(error);
      const std::string name(key);
      ondemand::array list;
      if (field.value().get_array().get(list) != simdjson::SUCCESS) continue;
      const ListOrder order{index++, name, nullptr, false};
      std::uint32_t count = 0;
      std::string wrong = ReadList(list, order, reading_, table(), count);
      if (!wrong.empty()) return Wrong(wrong);
      if (!reading_.misfits.empty()) continue;
      if (rows && *rows != count) {
        return Wrong(DifferentLengths(first_name, *rows, name, count));
      }
      if (!rows) first_name = name;
      rows = count;
    }
    // The next pass may name the columns otherwise.
    if (!reading_.misfits.empty()) return {};
    const std::string* shared = FindSharedName(table());
    if (shared != nullptr) {
      return Wrong("column " + table::Shown(*shared) + " is given by two of its lists");
    }
    return {};
  }

  http::Result<void> ReadOneRow(ondemand::object& root) {
    table::TableBuilder builder(0, reading_, table(), [](std::size_t) { return kOutputName; });
    if (!builder.PutObject(root)) return Wrong(builder.wrong());
    builder.EndRow();
    return builder.Finish() ? http::Result<void>() : Wrong(builder.wrong());
  }

  const EndpointSettings& settings_;
  Reading& reading_;
  scoring::v1::ScoreResponse& response_;
};

bool IsTree(std::string_view text) {
  return text.starts_with('[') || text.starts_with('{');
}

// The text of a JSON string that is the whole answer; nothing where it is none.
std::optional<std::string> Unpack(std::string_view text) {
  simdjson::padded_string padded(text.data(), text.size());
  ondemand::parser parser;
  ondemand::document document;
  std::string_view inside;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return std::nullopt;
  if (document.get_string().get(inside) != simdjson::SUCCESS) return std::nullopt;
  if (!table::IsAtEnd(document)) return std::nullopt;
  return std::string(inside);
}

}  // namespace

http::Result<void> ReadAnswer(const std::string& body, const EndpointSettings& settings,
                              scoring::v1::ScoreResponse& response) {
  const auto read = [&settings](ondemand::document& document, Reading& reading,
                                scoring::v1::ScoreResponse& into) {
    return AnswerReader(settings, reading, into).Read(document);
  };
  if (IsTree(Trimmed(body))) return table::ReadDocument(body, response, read);
  std::string text(Trimmed(body));
  for (int i = 0; i < kMaxPacking && text.starts_with('"'); ++i) {
    std::optional<std::string> inside = Unpack(text);
    if (!inside) return NotUnderstood("The answer is not JSON, or it ends too early.");
    if (IsTree(Trimmed(*inside))) return table::ReadDocument(*inside, response, read);
    if (!Trimmed(*inside).starts_with('"')) break;
    text = Trimmed(*inside);
  }
  if (text.empty()) return NotUnderstood("The answer has no body.");
  // A single value is a list of one.
  return table::ReadDocument("[" + text + "]", response, read);
}

}  // namespace scoregate::dialect::shaped
