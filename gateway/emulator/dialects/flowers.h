// Reads the model's input out of JSON cells, whichever dialect carries them.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gateway/emulator/iris_model.h"

namespace scoregate::emulator {

/// Rows of one request; more are refused, since every row makes the answer longer than the request.
inline constexpr std::size_t kMaxRows = 100'000;

/// One row of a request. Nothing where a measurement is missing: the model then has no answer.
using FlowerRow = std::optional<Flower>;

/// Collects one row's measurements.
class FlowerReader {
 public:
  /// Takes the cell of measurement `index`: a number, a string that holds one, or a missing value
  /// (null, "" or "NaN"). Gives a sentence on what is wrong with the cell, or nothing.
  std::optional<std::string> Take(std::size_t index, simdjson::dom::element cell);

  /// The row, once every measurement was taken. Starts over.
  FlowerRow Finish();

 private:
  Flower flower_ = {};
  bool missing_ = false;
};

/// A number, or a string that holds one, surrounding blanks allowed. Nothing where it is neither.
std::optional<double> ReadNumber(simdjson::dom::element cell);

/// The text as a number: decimal or scientific, one leading plus sign allowed.
std::optional<double> ParseDouble(std::string_view text);

}  // namespace scoregate::emulator
