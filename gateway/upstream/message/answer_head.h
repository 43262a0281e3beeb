// The raw head of an answer: where it ends, and which shapes are refused that a lenient parser
// would take, because two parsers that read them differently disagree on where an answer ends.
#pragma once

#include <cstddef>
#include <string_view>

namespace scoregate::upstream {

/// Finds the end of a head in bytes that grow from call to call; looks at each byte once.
class HeadScanner {
 public:
  enum class Found {
    kMore,          ///< So far so good.
    kEnd,           ///< size() bytes are the head, with its empty line.
    kBareLineFeed,  ///< A line ends with LF alone.
    kNotHttp,       ///< The first bytes are not "HTTP/".
  };

  /// `bytes` begins where the head begins, and holds all that was shown before.
  Found Scan(std::string_view bytes);

  std::size_t size() const { return scanned_; }

 private:
  std::size_t scanned_ = 0;
  std::size_t line_start_ = 0;
};

/// Why the head of an answer is refused; empty where it is not. `head` is whole, its lines end with
/// CRLF. Refused are: folded lines (RFC 9112, 5.2), more than one Content-Length or one that is not
/// a plain number (8.6 of RFC 9110), Content-Length beside Transfer-Encoding (RFC 9112, 6.3), a
/// Transfer-Encoding that is not exactly "chunked", or that comes with HTTP/1.0, NUL bytes.
std::string_view WhyHeadIsRefused(std::string_view head);

}  // namespace scoregate::upstream
