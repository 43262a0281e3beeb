// A table of strings, for what scorectl lists.
#pragma once

#include <string>
#include <vector>

#include "scoring/v1/scoring.pb.h"

namespace scoregate::scorectl {

/// A header, then rows of as many cells.
class TextTable {
 public:
  explicit TextTable(const std::vector<std::string>& names);
  void AddRow(const std::vector<std::string>& cells);
  /// Aligned columns, as PrintTable sets them.
  std::string Text() const;

 private:
  scoring::v1::Table table_;
};

}  // namespace scoregate::scorectl
