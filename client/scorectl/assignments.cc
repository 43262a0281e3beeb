#include "client/scorectl/assignments.h"

#include <CLI/CLI.hpp>
#include <charconv>

namespace scoregate::scorectl {

std::pair<std::string, std::string> SplitAssignment(const std::string& option,
                                                    const std::string& text) {
  std::size_t equals = text.find('=');
  if (equals == 0 || equals == text.npos) {
    throw CLI::ValidationError(option, "'" + text + "' is not NAME=VALUE");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

google::protobuf::Value ParameterValue(const std::string& text) {
  google::protobuf::Value value;
  double number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text == "true" || text == "false") {
    value.set_bool_value(text == "true");
  } else if (text == "null") {
    value.set_null_value(google::protobuf::NULL_VALUE);
  } else if (error == std::errc() && end == text.data() + text.size()) {
    value.set_number_value(number);
  } else if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    value.set_string_value(text.substr(1, text.size() - 2));
  } else {
    value.set_string_value(text);
  }
  return value;
}

}  // namespace scoregate::scorectl
