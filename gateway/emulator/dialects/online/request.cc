#include "gateway/emulator/dialects/online/request.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// What is wrong; nothing where all is well.
using Wrong = std::optional<std::string>;

// People count rows from 1.
std::string RowName(std::size_t index) {
  return "row " + std::to_string(index + 1);
}

Wrong ReadCells(array cells, const std::vector<std::size_t>& order, FlowerReader& reader) {
  std::size_t count = 0;
  for (const element cell : cells) {
    if (count < order.size()) {
      if (auto why = reader.Take(order[count], cell)) return why;
    }
    ++count;
  }
  if (count == order.size()) return std::nullopt;
  return "it has " + std::to_string(count) + " cells, not " + std::to_string(order.size());
}

Wrong ReadMembers(object row, FlowerReader& reader) {
  for (std::size_t i = 0; i < kMeasurements; ++i) {
    element cell;
    if (row[kMeasurementNames[i]].get(cell) != simdjson::SUCCESS) {
      return "the column '" + std::string(kMeasurementNames[i]) + "' is missing";
    }
    if (auto why = reader.Take(i, cell)) return why;
  }
  return std::nullopt;
}

std::vector<std::size_t> ModelOrder() {
  return {0, 1, 2, 3};
}

Wrong ReadRows(element list, const std::vector<std::size_t>& order, OnlineRequest& out) {
  array rows;
  if (list.get(rows) != simdjson::SUCCESS) return "the rows are no list";
  for (const element row : rows) {
    if (out.rows.size() == kMaxRows) return "there are more than 100000 rows";
    FlowerReader reader;
    array cells;
    object members;
    Wrong why = "it is neither a list nor an object";
    if (row.get(cells) == simdjson::SUCCESS) why = ReadCells(cells, order, reader);
    if (row.get(members) == simdjson::SUCCESS) why = ReadMembers(members, reader);
    if (why) return RowName(out.rows.size()) + ": " + *why;
    out.rows.push_back(reader.Finish());
  }
  return std::nullopt;
}

// {"columns":[…],"data":[[…]]}: columns in any order.
Wrong ReadSplit(element split, OnlineRequest& out) {
  array columns;
  element data;
  if (split["columns"].get(columns) != simdjson::SUCCESS ||
      split["data"].get(data) != simdjson::SUCCESS) {
    return "columns or data is missing";
  }
  std::vector<std::size_t> order;
  for (const element column : columns) {
    std::string_view name;
    if (column.get(name) != simdjson::SUCCESS) return "a column's name is no string";
    const auto* known = std::ranges::find(kMeasurementNames, name);
    if (known == kMeasurementNames.end()) return "the model knows no column " + Excerpt(name);
    order.push_back(static_cast<std::size_t>(known - kMeasurementNames.begin()));
  }
  std::vector<std::size_t> sorted = order;
  std::ranges::sort(sorted);
  if (sorted != ModelOrder()) return "the columns are not the four measurements, each once";
  return ReadRows(data, order, out);
}

Wrong ReadList(element rows, OnlineRequest& out) {
  return ReadRows(rows, ModelOrder(), out);
}

Wrong ReadDesigner(element inputs, OnlineRequest& out) {
  out.designer = true;
  object tables;
  if (inputs.get(tables) != simdjson::SUCCESS) return "Inputs is no object";
  for (const auto& table : tables) {
    if (auto why = ReadList(table.value, out)) return why;
  }
  return std::nullopt;
}

struct ShapeRow {
  std::string_view member;
  Wrong (*read)(element rows, OnlineRequest& out);
};

// The first member that is there holds the rows.
constexpr auto kShapes = std::to_array<ShapeRow>({{"input_data", ReadSplit},
                                                  {"dataframe_split", ReadSplit},
                                                  {"Inputs", ReadDesigner},
                                                  {"data", ReadList},
                                                  {"instances", ReadList},
                                                  {"dataframe_records", ReadList}});

// The parameter `raise`, wherever a shape has its parameters.
std::string FindRaise(element root) {
  std::string_view order;
  if (root["raise"].get(order) == simdjson::SUCCESS) return std::string(order);
  for (const char* member : {"params", "parameters", "GlobalParameters"}) {
    if (root[member]["raise"].get(order) == simdjson::SUCCESS) return std::string(order);
  }
  return "";
}

Wrong ReadRoot(element root, OnlineRequest& out) {
  if (root.is_array()) return ReadList(root, out);
  if (!root.is_object()) return "the body is neither a list nor an object";
  out.raise = FindRaise(root);
  for (const ShapeRow& shape : kShapes) {
    element rows;
    if (root[shape.member].get(rows) == simdjson::SUCCESS) return shape.read(rows, out);
  }
  return "there are no rows under input_data, dataframe_split, Inputs, data, instances or "
         "dataframe_records";
}

}  // namespace

std::variant<OnlineRequest, std::string> ReadOnlineRequest(const Call& call) {
  element root;
  if (const auto error = call.parser.parse(call.request.body).get(root)) {
    return std::string("the body is not JSON: ") + simdjson::error_message(error);
  }
  OnlineRequest request;
  if (auto why = ReadRoot(root, request); why && request.raise.empty()) return *std::move(why);
  return request;
}

}  // namespace scoregate::emulator
