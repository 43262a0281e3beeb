#include "gateway/dialect/table/document.h"

#include <utility>

#include "gateway/dialect/trimmed.h"
#include "gateway/http/message.h"

namespace scoregate::dialect::table {
namespace {

namespace ondemand = simdjson::ondemand;

// Bytes of a name that a fault's sentence shows.
constexpr std::size_t kMaxShownName = 64;

// Most answers are short, and to make a parser takes longer than to read one of them. So each
// thread keeps one, which holds some seven bytes for each byte of the longest answer that it has
// read.
constexpr std::size_t kMaxSharedBytes = std::size_t{16} * 1024;

ondemand::parser& SharedParser() {
  thread_local ondemand::parser parser;
  return parser;
}

http::Result<void> ReadTwiceAtMost(ondemand::document& document, std::string_view text,
                                   const ondemand::parser& parser,
                                   scoring::v1::ScoreResponse& response, const ReadTables& read) {
  StringColumns as_strings;
  while (true) {
    Reading reading = BeginReading(parser, as_strings, text);
    http::Result<void> done = read(document, reading, response);
    if (!done.ok() || reading.misfits.empty()) return done;
    as_strings.merge(reading.misfits);
    response.Clear();
    document.rewind();
  }
}

}  // namespace

std::string Shown(std::string_view name) {
  if (name.size() <= kMaxShownName) return std::string(name);
  std::size_t shown = kMaxShownName;
  while (shown > 0 && (static_cast<unsigned char>(name[shown]) & 0xC0) == 0x80) --shown;
  return std::string(name.substr(0, shown)) + "...";
}

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

bool IsAtEnd(ondemand::document& document) {
  // There is no place left to name once the whole document was read.
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

http::Result<void> ReadDocument(const std::string& body, scoring::v1::ScoreResponse& response,
                                const ReadTables& read) {
  std::size_t skipped = body.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const std::size_t length = body.size() - skipped;
  // The reader looks past the end.
  static_assert(http::kBodyPadding >= simdjson::SIMDJSON_PADDING);
  simdjson::padded_string copy;
  simdjson::padded_string_view view(body.data() + skipped, length, body.capacity() - skipped);
  if (view.capacity() < length + simdjson::SIMDJSON_PADDING) {
    copy = simdjson::padded_string(body.data() + skipped, length);
    view = copy;
  }
  ondemand::parser own;
  ondemand::parser& parser = length <= kMaxSharedBytes ? SharedParser() : own;
  ondemand::document document;
  if (simdjson::error_code error = parser.iterate(view).get(document)) return NotJson(error);
  http::Result<void> done = ReadTwiceAtMost(document, view, parser, response, read);
  if (!done.ok()) response.Clear();
  return done;
}

}  // namespace scoregate::dialect::table
