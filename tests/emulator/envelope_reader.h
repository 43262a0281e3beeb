// Reads the emulator's answers in the tests: the error envelope as a value.
#pragma once

#include <simdjson.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::emulator {

/// An error as it came: "400 BadArgument[MissingRequestInput@input1]" when printed.
struct SeenError {
  int status = 0;
  std::string error_class;
  /// Codes, each with "@target" where there is one.
  std::vector<std::string> codes;
  std::vector<std::string> messages;

  std::string Text() const {
    std::string text = std::to_string(status) + " " + error_class + "[";
    for (const std::string& code : codes) {
      if (&code != codes.data()) text += ',';
      text += code;
    }
    return text + "]";
  }
};

/// What of the body is not an envelope shows as a class in angle brackets.
inline SeenError ReadEnvelope(int status, std::string_view body) {
  SeenError seen;
  seen.status = status;
  simdjson::dom::parser parser;
  simdjson::dom::object error;
  std::string_view text;
  simdjson::dom::array details;
  const simdjson::padded_string padded(body);
  const auto document = parser.parse(padded);
  if (document["error"].get(error) != simdjson::SUCCESS || error["code"].get(text) ||
      error["message"].error() || error["details"].get(details)) {
    seen.error_class = "<no envelope: " + std::string(body) + ">";
    return seen;
  }
  seen.error_class = text;
  for (const auto detail : details) {
    if (detail["code"].get(text)) text = "<no code>";
    std::string code(text);
    if (detail["target"].get(text) == simdjson::SUCCESS) code += "@" + std::string(text);
    seen.codes.push_back(code);
    if (detail["message"].get(text)) text = "<no message>";
    seen.messages.emplace_back(text);
  }
  return seen;
}

}  // namespace scoregate::emulator
