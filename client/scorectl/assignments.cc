#include "client/scorectl/assignments.h"

#include <google/protobuf/util/json_util.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <string_view>

#include "client/scorectl/utf8.h"

namespace scoregate::scorectl {
namespace {

// A gateway takes little more, and protobuf's reader of JSON a hundred messages inside each other,
// of which a level of JSON takes up to three.
constexpr int kMaxDepth = 30;

Assignment Split(const std::string& option, const std::string& text) {
  std::size_t equals = text.find('=');
  if (equals == 0 || equals == text.npos) {
    throw CLI::ValidationError(option, "'" + text + "' is not NAME=VALUE");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// How many digits `text` begins with; takes them away.
std::size_t TakeDigits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count;
}

bool TakeAnyOf(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text.front()) == characters.npos) return false;
  text.remove_prefix(1);
  return true;
}

// By RFC 8259, so that 007 stays the text that it is.
bool IsNumber(std::string_view text) {
  TakeAnyOf(text, "-");
  const bool zero = text.starts_with('0');
  const std::size_t digits = TakeDigits(text);
  if (digits == 0 || (zero && digits > 1)) return false;
  if (TakeAnyOf(text, ".") && TakeDigits(text) == 0) return false;
  if (!TakeAnyOf(text, "eE")) return text.empty();
  TakeAnyOf(text, "+-");
  return TakeDigits(text) > 0 && text.empty();
}

bool BeginsAsJson(std::string_view text) {
  return !text.empty() && std::string_view("[{\"").find(text.front()) != std::string_view::npos;
}

// Brackets that are open at once, those inside strings left out.
int DepthOf(std::string_view json) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"') in_string = !in_string;
    if (in_string) {
      if (json[i] == '\\') ++i;
    } else if (json[i] == '[' || json[i] == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (json[i] == ']' || json[i] == '}') {
      --depth;
    }
  }
  return deepest;
}

// What is wrong with JSON, in one line; "" where it was read.
std::string ReadJson(std::string_view json, google::protobuf::Value& value) {
  if (DepthOf(json) > kMaxDepth) {
    return "it is more than " + std::to_string(kMaxDepth) + " levels deep";
  }
  const auto read = google::protobuf::util::JsonStringToMessage(std::string(json), &value);
  if (read.ok()) return "";
  // The lines behind the first draw an arrow into the text.
  const std::string sentence(read.message().data(), read.message().size());
  const std::string first = sentence.substr(0, sentence.find('\n'));
  return first.ends_with('.') ? first.substr(0, first.size() - 1) : first;
}

}  // namespace

std::vector<Assignment> ReadAssignments(const std::string& option,
                                        const std::vector<std::string>& texts) {
  std::vector<Assignment> assignments;
  std::set<std::string> names;
  for (const std::string& text : texts) {
    assignments.push_back(Split(option, text));
    const std::string& name = assignments.back().first;
    if (!IsUtf8(name)) {
      throw CLI::ValidationError(option, "the name before '=' is not UTF-8; type it as UTF-8");
    }
    if (!names.insert(name).second) {
      throw CLI::ValidationError(option,
                                 "'" + name + "' is given twice; leave one of the two away");
    }
  }
  return assignments;
}

Parameters ReadParameters(const std::vector<std::string>& texts) {
  constexpr const char* kOption = "--parameter";
  Parameters parameters;
  for (const auto& [name, value] : ReadAssignments(kOption, texts)) {
    parameters[name] = ParameterValue(kOption, value);
  }
  return parameters;
}

google::protobuf::Value ParameterValue(const std::string& option, const std::string& text) {
  google::protobuf::Value value;
  // protobuf also takes what is JSON only nearly, such as 'x' and 1., for which text was promised.
  const std::string_view bare = WithoutBlanks(text);
  const bool word = bare == "true" || bare == "false" || bare == "null";
  if (!word && !IsNumber(bare) && !BeginsAsJson(bare)) {
    value.set_string_value(text);
    return value;
  }
  const std::string wrong = ReadJson(bare, value);
  if (wrong.empty()) return value;
  throw CLI::ValidationError(option, "'" + text + "' is no JSON that can be sent (" + wrong +
                                         "); a text that begins so is written in quotes, as JSON "
                                         "has it: '\"...\"'");
}

}  // namespace scoregate::scorectl
