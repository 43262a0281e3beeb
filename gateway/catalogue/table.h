// The table of documented errors at compile time, for this room's own files.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "gateway/catalogue/catalogue.h"

namespace scoregate::catalogue {

#include "gateway/catalogue/documented_errors.inc"

inline constexpr std::size_t kRowCount = kClassCount + kCodeCount;

/// A row of either kind, in the order of OrderOf: a class (its code is empty) before its codes.
struct RowKey {
  std::string_view error_class;
  std::string_view code;
  int parameters = 0;
};

constexpr std::array<RowKey, kRowCount> AllRowKeys() {
  std::array<RowKey, kRowCount> keys;
  std::size_t row = 0;
  std::size_t code = 0;
  for (const ErrorClass& error_class : kClassTable) {
    keys[row++] = {error_class.name, "", 0};
    for (; code < kCodeCount && kCodeTable[code].error_class == error_class.name; ++code) {
      keys[row++] = {error_class.name, kCodeTable[code].name, kCodeTable[code].parameters};
    }
  }
  return keys;
}

inline constexpr std::array<RowKey, kRowCount> kRowKeys = AllRowKeys();

}  // namespace scoregate::catalogue
