#include "gateway/translation/rules/reason.h"

namespace scoregate::translation {
namespace {

void AppendUpperSnake(std::string_view name, std::string& out) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    bool capital = name[i] >= 'A' && name[i] <= 'Z';
    if (capital && i != 0) out += '_';
    bool small = name[i] >= 'a' && name[i] <= 'z';
    out += small ? static_cast<char>(name[i] - 'a' + 'A') : name[i];
  }
}

}  // namespace

std::string ReasonOf(std::string_view error_class, std::string_view error_code) {
  std::string reason;
  reason.reserve(kMaxReasonBytes);
  if (error_code.empty()) {
    AppendUpperSnake(error_class, reason);
    return reason;
  }
  if (NeedsClassPrefix(error_code)) {
    AppendUpperSnake(error_class, reason);
    reason += '_';
  }
  AppendUpperSnake(error_code, reason);
  return reason;
}

}  // namespace scoregate::translation
