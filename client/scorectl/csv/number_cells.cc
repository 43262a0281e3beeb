#include "client/scorectl/csv/number_cells.h"

#include <cmath>
#include <string>

namespace scoregate::scorectl {
namespace {

// Only words can be such numbers; it saves reading most cells twice.
bool MayBeNotFinite(std::string_view cell) {
  if (cell.starts_with('-')) cell.remove_prefix(1);
  return !cell.empty() && std::string_view("nNiI").find(cell.front()) != std::string_view::npos;
}

bool IsNotFinite(const std::string& cell) {
  if (!MayBeNotFinite(cell)) return false;
  const std::optional<double> number = ParseNumber<double>(cell);
  return number && !std::isfinite(*number);
}

bool IsColumnOfNumbers(const std::vector<CsvRow>& rows, std::size_t column) {
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const std::string& cell = rows[row][column];
    if (!cell.empty() && !ParseNumber<double>(cell)) return false;
  }
  return true;
}

}  // namespace

std::optional<CellPlace> FindNotFinite(const std::vector<CsvRow>& rows) {
  for (std::size_t column = 0; column < rows[0].size(); ++column) {
    for (std::size_t row = 1; row < rows.size(); ++row) {
      if (!IsNotFinite(rows[row][column])) continue;
      if (IsColumnOfNumbers(rows, column)) return CellPlace{row, column};
      break;
    }
  }
  return std::nullopt;
}

}  // namespace scoregate::scorectl
