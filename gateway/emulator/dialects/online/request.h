// Reads the rows of a request to an online endpoint, in whichever shape its model would take them.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/emulator/dialects/call.h"
#include "gateway/emulator/dialects/flowers.h"

namespace scoregate::emulator {

struct OnlineRequest {
  /// Whether the body was Designer's, which is answered in the same shape.
  bool designer = false;
  /// The order to raise an error that stands among the parameters; empty for none.
  std::string raise;
  std::vector<FlowerRow> rows;
};

/// Takes `[{…}]`, and objects with one of `input_data` and `dataframe_split` (columns and data),
/// `data`, `instances` and `dataframe_records` (rows as lists or as objects), or `Inputs`
/// (Designer: rows as objects under any name). Gives a sentence on what is wrong instead. Rows that
/// are lists hold the measurements in the model's order.
std::variant<OnlineRequest, std::string> ReadOnlineRequest(const Call& call);

}  // namespace scoregate::emulator
