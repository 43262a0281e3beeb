// Which cells of a CSV file are numbers.
#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "client/scorectl/csv/csv_reader.h"

namespace scoregate::scorectl {

/// The number that the whole cell is; nothing where it is none.
template <typename Number>
std::optional<Number> ParseNumber(std::string_view cell) {
  Number number{};
  auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return number;
}

struct CellPlace {
  std::size_t row = 0;
  std::size_t column = 0;
};

/// The first cell of a column of numbers that JSON cannot carry: NaN or an infinity. Among texts
/// these are words as any. `rows` begin with the header, and each has as many cells as it.
std::optional<CellPlace> FindNotFinite(const std::vector<CsvRow>& rows);

}  // namespace scoregate::scorectl
