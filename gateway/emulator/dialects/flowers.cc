// Checks cells and turns them into measurements.
#include "gateway/emulator/dialects/flowers.h"

#include <charconv>
#include <cmath>
#include <utility>

#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

// Keeps the model's arithmetic finite; no flower is a kilometer long.
constexpr double kMaxCentimeters = 100'000;

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool IsMissing(simdjson::dom::element cell) {
  if (cell.is_null()) return true;
  std::string_view text;
  return cell.get(text) == simdjson::SUCCESS && (Trim(text).empty() || Trim(text) == "NaN");
}

}  // namespace

std::optional<double> ParseDouble(std::string_view text) {
  text = Trim(text);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> ReadNumber(simdjson::dom::element cell) {
  double number = 0;
  if (cell.get(number) == simdjson::SUCCESS) return number;
  std::string_view text;
  if (cell.get(text) == simdjson::SUCCESS) return ParseDouble(text);
  return std::nullopt;
}

std::optional<std::string> FlowerReader::Take(std::size_t index, simdjson::dom::element cell) {
  if (IsMissing(cell)) {
    missing_ = true;
    return std::nullopt;
  }
  const auto number = ReadNumber(cell);
  if (number && std::isfinite(*number) && std::abs(*number) <= kMaxCentimeters) {
    flower_[index] = *number;
    return std::nullopt;
  }
  return "column '" + std::string(kMeasurementNames[index]) +
         "': " + Excerpt(simdjson::minify(cell)) + " is not a length in centimeters";
}

FlowerRow FlowerReader::Finish() {
  const bool missing = std::exchange(missing_, false);
  return missing ? FlowerRow() : FlowerRow(flower_);
}

}  // namespace scoregate::emulator
