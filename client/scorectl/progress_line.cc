#include "client/scorectl/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace scoregate::scorectl {
namespace {

constexpr std::size_t kBarCharacters = 20;
constexpr std::size_t kPercentCharacters = 4;

}  // namespace

std::optional<double> ShareDone(std::size_t done, std::optional<std::size_t> size) {
  if (!size || *size == 0) return std::nullopt;
  // A file that grows meanwhile is never more than done.
  return std::min(1.0, static_cast<double>(done) / static_cast<double>(*size));
}

std::string ProgressLine(std::optional<double> share, std::size_t rows, std::size_t failed) {
  std::string scored = std::to_string(rows) + " rows scored";
  if (failed > 0) scored += ", " + std::to_string(failed) + " failed";
  if (!share) return scored;
  const auto full = static_cast<std::size_t>(*share * kBarCharacters);
  std::string percent = std::to_string(static_cast<int>(*share * 100));
  percent.insert(0, kPercentCharacters - std::min(kPercentCharacters, percent.size()), ' ');
  return "[" + std::string(full, '#') + std::string(kBarCharacters - full, '-') + "]" + percent +
         "%  " + scored;
}

std::string InSeconds(std::chrono::milliseconds time) {
  const auto tenths = (time.count() + 50) / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string RetryLine(const client::Retry& retry) {
  std::string line = client::CodeName(retry.error.code);
  if (!retry.error.reason.empty()) line += ' ' + retry.error.reason;
  line +=
      "; again in " + InSeconds(retry.delay) + ", attempt " + std::to_string(retry.next_attempt);
  if (retry.max_attempts) line += " of " + std::to_string(*retry.max_attempts);
  return line;
}

Terminal::Terminal() : attended_(isatty(STDERR_FILENO) == 1) {}

void Terminal::Say(const std::string& line) {
  Clear();
  if (attended_) std::cerr << line << '\n';
}

void Terminal::Show(const std::string& line) {
  if (attended_) std::cerr << "\r\x1b[K" << line << std::flush;
}

void Terminal::Clear() {
  Show("");
}

}  // namespace scoregate::scorectl
