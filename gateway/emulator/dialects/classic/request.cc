// The checks of a classic request, in order: query, body, parameters, input names, table.
#include "gateway/emulator/dialects/classic/request.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "gateway/emulator/dialects/classic/score.h"
#include "gateway/emulator/errors/envelope.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view kBadArgument = "BadArgument";
constexpr std::string_view kBadUserArgument = "BadUserArgument";

// A list of names that a message repeats ends beyond this length.
constexpr std::size_t kListedNamesBytes = 256;

// What each column of the request is to the model.
using ColumnOrder = std::array<std::size_t, kMeasurements>;

Answer Refuse(std::string_view error_class, std::string_view code, std::string_view target,
              std::string message) {
  const ErrorDetail detail{code, target, std::move(message)};
  return EnvelopeAnswer(error_class, detail);
}

Answer RefuseComposed(std::string_view error_class, std::string_view code, std::string_view target,
                      const catalogue::Parameters& values) {
  return Refuse(error_class, code, target, MessageWith(error_class, code, values));
}

Answer RefuseBody(std::string why) {
  return Refuse(kBadArgument, "RequestBodyInvalid", "", std::move(why));
}

Answer RefuseSchema(std::string why) {
  return Refuse(kBadUserArgument, "InputMismatchError", kInputName, std::move(why));
}

Answer RefuseCell(std::size_t row, const std::string& why) {
  const std::string text = "row " + std::to_string(row + 1) + ", " + why;
  return RefuseComposed(kBadUserArgument, "InputParseError", kInputName, {text, ""});
}

Refusal ReadQuery(const Target& target, ClassicRequest& out) {
  const std::string version = Excerpt(target.Find("api-version").value_or("none"));
  if (version != kApiVersion) {
    return RefuseComposed(kBadArgument, "BadVersionCall", "", {version, ""});
  }
  if (const auto details = target.Find("details")) {
    out.column_types = SameIgnoringCase(*details, "true");
    if (!out.column_types && !SameIgnoringCase(*details, "false")) {
      return RefuseComposed(kBadArgument, "InvalidQueryParameter", "",
                            {"details", "Expected 'true' or 'false'."});
    }
  }
  if (const auto format = target.Find("format")) {
    if (!SameIgnoringCase(*format, "swagger")) {
      return RefuseComposed(kBadArgument, "InvalidQueryParameter", "",
                            {"format", "Expected 'swagger'."});
    }
    out.form = TableForm::kSwagger;
  }
  return std::nullopt;
}

Refusal ReadTemperature(element value, ClassicRequest& out) {
  const auto number = ReadNumber(value);
  if (number && *number >= kMinTemperature && *number <= kMaxTemperature) {
    out.temperature = *number;
    return std::nullopt;
  }
  return Refuse(kBadArgument, "BadParameterValue", kTemperatureParameter,
                "Temperature is a number from 0.01 to 100.");
}

Refusal ReadRaise(const Call& call, object parameters, ClassicRequest& out) {
  element value;
  if (parameters[kRaiseParameter].get(value) != simdjson::SUCCESS || value.is_null()) return {};
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) {
    return Refuse(kBadArgument, "BadParameterValue", kRaiseParameter, "raise is a string.");
  }
  RaiseVerdict verdict = call.raises.Decide(text, call.target.path);
  out.delay = verdict.delay;
  return std::move(verdict.answer);
}

Refusal ReadParameters(const Call& call, object root, ClassicRequest& out) {
  element value;
  const auto error = root["GlobalParameters"].get(value);
  if (error == simdjson::NO_SUCH_FIELD || value.is_null()) return std::nullopt;
  object parameters;
  if (value.get(parameters) != simdjson::SUCCESS) {
    return RefuseBody("GlobalParameters is not an object.");
  }
  if (auto refusal = ReadRaise(call, parameters, out)) return refusal;
  for (const auto& field : parameters) {
    if (field.key == kRaiseParameter) continue;
    if (field.key != kTemperatureParameter) {
      return Refuse(kBadArgument, "UnexpectedParameter", Excerpt(field.key),
                    "This service has the parameters Temperature and raise.");
    }
    if (auto refusal = ReadTemperature(field.value, out)) return refusal;
  }
  return std::nullopt;
}

Refusal FindInput(object root, element& input) {
  element value;
  object inputs;
  const bool absent = root["Inputs"].get(value) != simdjson::SUCCESS || value.is_null();
  if (!absent && value.get(inputs) != simdjson::SUCCESS) {
    return RefuseBody("Inputs is not an object.");
  }
  std::string unknown;
  if (!absent) {
    for (const auto& field : inputs) {
      if (field.key == kInputName) continue;
      if (!unknown.empty()) unknown += ", ";
      unknown += Excerpt(field.key);
      if (unknown.size() > kListedNamesBytes) break;
    }
  }
  if (!unknown.empty()) {
    return RefuseComposed(kBadArgument, "InvalidInputNames", "", {unknown, ""});
  }
  if (absent || inputs[kInputName].get(input) != simdjson::SUCCESS || input.is_null()) {
    return Refuse(kBadArgument, "MissingRequestInput", kInputName, "input1 holds no table.");
  }
  return std::nullopt;
}

// Clients that take column names from a language's own names cannot write blanks.
Refusal FindColumn(std::string_view name, std::size_t& index) {
  std::string blanks(name);
  std::ranges::replace(blanks, '_', ' ');
  const auto found = std::ranges::find(kMeasurementNames, std::string_view(blanks));
  if (found == kMeasurementNames.end()) {
    return RefuseSchema("The input has no column '" + Excerpt(name) + "'.");
  }
  index = static_cast<std::size_t>(found - kMeasurementNames.begin());
  return std::nullopt;
}

Refusal ReadColumnNames(array names, ColumnOrder& order) {
  std::array<bool, kMeasurements> seen = {};
  std::size_t column = 0;
  for (const element name : names) {
    std::string_view text;
    if (name.get(text) != simdjson::SUCCESS) return RefuseBody("A column name is not a string.");
    std::size_t index = 0;
    if (auto refusal = FindColumn(text, index)) return refusal;
    if (std::exchange(seen[index], true)) {
      return RefuseSchema("The column '" + Excerpt(text) + "' stands twice.");
    }
    order[column++] = index;
  }
  const auto missing = std::find(seen.begin(), seen.end(), false);
  if (missing == seen.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(missing - seen.begin());
  return RefuseSchema("The column '" + std::string(kMeasurementNames[index]) + "' is missing.");
}

Refusal ReadValues(array values, const ColumnOrder& order, ClassicRequest& out) {
  FlowerReader reader;
  for (const element row : values) {
    array cells;
    if (row.get(cells) != simdjson::SUCCESS) return RefuseBody("A row is not a list.");
    std::size_t count = 0;
    for (const element cell : cells) {
      if (count < kMeasurements) {
        if (auto why = reader.Take(order[count], cell)) return RefuseCell(out.rows.size(), *why);
      }
      ++count;
    }
    if (count != kMeasurements) {
      return RefuseCell(out.rows.size(), std::to_string(count) + " values for 4 columns");
    }
    if (out.rows.size() == kMaxRows) return RefuseBody("More than 100000 rows.");
    out.rows.push_back(reader.Finish());
  }
  return std::nullopt;
}

Refusal ReadTable(element input, ClassicRequest& out) {
  object table;
  array names;
  array values;
  if (input.get(table) != simdjson::SUCCESS ||
      table["ColumnNames"].get(names) != simdjson::SUCCESS ||
      table["Values"].get(values) != simdjson::SUCCESS) {
    return RefuseBody("A table has the lists ColumnNames and Values.");
  }
  ColumnOrder order = {};
  if (auto refusal = ReadColumnNames(names, order)) return refusal;
  return ReadValues(values, order, out);
}

Refusal ReadRecords(element input, ClassicRequest& out) {
  array records;
  if (input.get(records) != simdjson::SUCCESS) {
    return RefuseBody("With format=swagger, an input is a list of objects.");
  }
  FlowerReader reader;
  for (const element record : records) {
    object cells;
    if (record.get(cells) != simdjson::SUCCESS) return RefuseBody("A row is not an object.");
    std::array<bool, kMeasurements> seen = {};
    for (const auto& cell : cells) {
      std::size_t index = 0;
      if (auto refusal = FindColumn(cell.key, index)) return refusal;
      seen[index] = true;
      if (auto why = reader.Take(index, cell.value)) return RefuseCell(out.rows.size(), *why);
    }
    if (std::find(seen.begin(), seen.end(), false) != seen.end()) {
      return RefuseSchema("Row " + std::to_string(out.rows.size() + 1) + " lacks a column.");
    }
    if (out.rows.size() == kMaxRows) return RefuseBody("More than 100000 rows.");
    out.rows.push_back(reader.Finish());
  }
  return std::nullopt;
}

}  // namespace

Refusal ReadClassicRequest(const Call& call, ClassicRequest& out) {
  if (auto refusal = ReadQuery(call.target, out)) return refusal;
  if (call.request.body.empty()) return RefuseBody("There is no body.");
  element document;
  if (const auto error = call.parser.parse(call.request.body).get(document)) {
    return RefuseBody(std::string("The body is not JSON: ") + simdjson::error_message(error));
  }
  if (document.is_null()) return Refuse(kBadArgument, "RequestIsEmpty", "", "The body is null.");
  object root;
  if (document.get(root) != simdjson::SUCCESS) return RefuseBody("The body is not an object.");
  if (auto refusal = ReadParameters(call, root, out)) return refusal;
  element input;
  if (auto refusal = FindInput(root, input)) return refusal;
  return out.form == TableForm::kSwagger ? ReadRecords(input, out) : ReadTable(input, out);
}

}  // namespace scoregate::emulator
