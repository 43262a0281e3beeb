// One cell of an answer's table, read off the JSON in place.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

namespace scoregate::dialect::table {

enum class CellKind {
  kNull,
  kString,   ///< `text` is the string without its escapes.
  kInteger,  ///< A JSON number without fraction and exponent, or beyond: `text` as written.
  kDecimal,  ///< Any other JSON number, and bare NaN, Infinity and -Infinity.
  kTrue,
  kFalse,
  kNested,  ///< A list or object; `text` is its JSON.
};

struct Cell {
  CellKind kind = CellKind::kNull;
  std::string_view text;
};

/// Levels that a list or object in a cell may have.
inline constexpr std::size_t kMaxCellDepth = 64;

/// Reads the value into `cell` and says whether it is a JSON value, or one of the bare words that
/// Python's servers write for numbers JSON lacks. The text lives as long as the document, or until
/// the next cell is read with the same `scratch`. The value comes by reference for speed: a copy of
/// what simdjson has just written waits for it, a third of the time that a table takes.
bool ReadCell(simdjson::ondemand::value& value, const simdjson::ondemand::parser& parser,
              std::string& scratch, Cell& cell);

/// The text of the JSON string that begins with its quote at `token`'s first byte; false where an
/// escape in it is none.
bool ReadString(std::string_view token, const simdjson::ondemand::parser& parser,
                std::string& scratch, std::string_view& text);

}  // namespace scoregate::dialect::table
