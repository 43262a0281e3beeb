#include "client/scorectl/progress_line.h"

#include <algorithm>

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

std::string ProgressLine(std::optional<double> share, std::size_t rows) {
  std::string scored = std::to_string(rows) + " rows scored";
  if (!share) return scored;
  const auto full = static_cast<std::size_t>(*share * kBarCharacters);
  std::string percent = std::to_string(static_cast<int>(*share * 100));
  percent.insert(0, kPercentCharacters - std::min(kPercentCharacters, percent.size()), ' ');
  return "[" + std::string(full, '#') + std::string(kBarCharacters - full, '-') + "]" + percent +
         "%  " + scored;
}

}  // namespace scoregate::scorectl
