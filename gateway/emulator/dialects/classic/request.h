// Reads a classic scoring request and finds what is wrong with it.
#pragma once

#include <optional>
#include <vector>

#include "gateway/emulator/dialects/call.h"
#include "gateway/emulator/dialects/flowers.h"

namespace scoregate::emulator {

/// How tables are written: lists of cells under `Values`, or one object a row.
enum class TableForm { kValues, kSwagger };

struct ClassicRequest {
  TableForm form = TableForm::kValues;
  /// Whether the answer names the types of its columns (`details=true`).
  bool column_types = false;
  double temperature = kDefaultTemperature;
  std::chrono::milliseconds delay{0};
  std::vector<FlowerRow> rows;
};

/// An answer that stands in the model's place.
using Refusal = std::optional<Answer>;

/// Reads `call` into `out`. An error that the parameter `raise` orders comes before the checks of
/// the input, so that it can be raised with any rows.
Refusal ReadClassicRequest(const Call& call, ClassicRequest& out);

}  // namespace scoregate::emulator
