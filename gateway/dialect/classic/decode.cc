#include "gateway/dialect/classic/decode.h"

#include <simdjson.h>

#include <string_view>
#include <utility>

#include "gateway/dialect/classic/table_reader.h"

namespace scoregate::dialect::classic {
namespace {

namespace ondemand = simdjson::ondemand;

// Outputs that one answer may have.
constexpr std::size_t kMaxOutputs = 256;
// Bytes of an output's name that an error's text shows.
constexpr std::size_t kMaxShownName = 64;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

http::Fault NotUnderstood(std::string text) {
  return http::Fault(http::FaultKind::kResponseInvalid, std::move(text));
}

http::Fault NotJson(simdjson::error_code error) {
  if (error == simdjson::EMPTY) return NotUnderstood("The answer has no body.");
  if (error == simdjson::UTF8_ERROR) return NotUnderstood("The answer's JSON is not UTF-8.");
  if (error == simdjson::MEMALLOC || error == simdjson::CAPACITY) {
    return http::Fault(http::FaultKind::kInternal, "No memory was left to read the answer.");
  }
  return NotUnderstood("The answer is not JSON, or it ends too early.");
}

http::Fault OutputFault(std::string_view name, std::string_view text) {
  std::size_t shown = name.size();
  if (shown > kMaxShownName) {
    shown = kMaxShownName;
    while (shown > 0 && (static_cast<unsigned char>(name[shown]) & 0xC0) == 0x80) --shown;
  }
  std::string sentence = "The answer's output \"";
  sentence += name.substr(0, shown);
  sentence += shown < name.size() ? "..." : "";
  sentence += "\" is not understood: ";
  sentence += text;
  sentence += '.';
  return NotUnderstood(std::move(sentence));
}

http::Result<void> ReadResults(ondemand::value results, Reading& reading,
                               scoring::v1::ScoreResponse& response) {
  ondemand::object outputs;
  if (results.get_object().get(outputs) != simdjson::SUCCESS) {
    return NotUnderstood("The answer's Results is not an object.");
  }
  std::size_t count = 0;
  for (simdjson::simdjson_result<ondemand::field> element : outputs) {
    ondemand::field field;
    if (simdjson::error_code error = std::move(element).get(field)) return NotJson(error);
    std::string_view name;
    if (simdjson::error_code error = field.unescaped_key().get(name)) return NotJson(error);
    if (count == kMaxOutputs) {
      return NotUnderstood("The answer has more than " + std::to_string(kMaxOutputs) + " outputs.");
    }
    auto [place, added] = response.mutable_outputs()->insert({std::string(name), {}});
    if (!added) return OutputFault(name, "it is there twice");
    std::string wrong = ReadTable(field.value(), count, reading, place->second);
    if (!wrong.empty()) return OutputFault(name, wrong);
    ++count;
  }
  return {};
}

http::Result<void> ReadDocument(ondemand::document& document, Reading& reading,
                                scoring::v1::ScoreResponse& response) {
  ondemand::object root;
  if (simdjson::error_code error = document.get_object().get(root)) {
    if (error != simdjson::INCORRECT_TYPE) return NotJson(error);
    return NotUnderstood("The answer is not a JSON object.");
  }
  bool found = false;
  for (simdjson::simdjson_result<ondemand::field> element : root) {
    ondemand::field field;
    if (simdjson::error_code error = std::move(element).get(field)) return NotJson(error);
    if (!field.key().unsafe_is_equal("Results")) continue;
    if (found) return NotUnderstood("The answer has Results twice.");
    found = true;
    http::Result<void> read = ReadResults(field.value(), reading, response);
    if (!read.ok()) return read;
  }
  // There is no place left to name once the whole document was read.
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
    return NotUnderstood("The answer goes on after its JSON has ended.");
  if (!found) return NotUnderstood("The answer has no Results.");
  return {};
}

// Reads the document once, and a second time where columns turned out not to fit their type: they
// are strings then, and strings take every cell.
http::Result<void> ReadTwiceAtMost(ondemand::document& document, std::string_view text,
                                   const ondemand::parser& parser,
                                   scoring::v1::ScoreResponse& response) {
  StringColumns as_strings;
  while (true) {
    Reading reading;
    reading.parser = &parser;
    reading.as_strings = &as_strings;
    reading.reserved_cells_left = text.size();
    reading.end = text.data() + text.size();
    http::Result<void> read = ReadDocument(document, reading, response);
    if (!read.ok() || reading.misfits.empty()) return read;
    as_strings.merge(reading.misfits);
    response.Clear();
    document.rewind();
  }
}

}  // namespace

http::Result<void> DecodeTables(const std::string& body, scoring::v1::ScoreResponse& response) {
  std::size_t skipped = body.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const std::size_t length = body.size() - skipped;
  // The reader looks past the end; a body seldom has the room behind it that this takes.
  simdjson::padded_string copy;
  simdjson::padded_string_view view(body.data() + skipped, length, body.capacity() - skipped);
  if (view.capacity() < length + simdjson::SIMDJSON_PADDING) {
    copy = simdjson::padded_string(body.data() + skipped, length);
    view = copy;
  }
  ondemand::parser parser;
  ondemand::document document;
  if (simdjson::error_code error = parser.iterate(view).get(document)) return NotJson(error);
  http::Result<void> read = ReadTwiceAtMost(document, view, parser, response);
  if (!read.ok()) response.Clear();
  return read;
}

}  // namespace scoregate::dialect::classic
