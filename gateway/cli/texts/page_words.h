// The words of the page about an error that are not the catalogue's: labels and short sentences,
// one row a locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace scoregate::cli {

struct PageWords {
  std::string_view locale;
  std::string_view what_to_do;
  std::string_view retry;
  std::string_view fault_of;
  std::string_view grpc_code;
  std::string_view reason;
  std::string_view domain;
  std::string_view http_status;
  std::string_view details;
  std::string_view metadata;
  std::string_view read_more;
  std::string_view try_it;
  /// Sentences: that no retry is advised; that one is, after {} seconds; how to see the error {}.
  std::string_view no_retry;
  std::string_view retry_after;
  std::string_view how_to_try;
};

/// The words of that locale; the default's where it has none.
const PageWords& WordsFor(std::string_view locale);

/// `sentence` with {} replaced by the value.
std::string With(std::string_view sentence, std::string_view value);

/// How many columns of a terminal the text takes: Korean letters are two wide.
std::size_t ColumnsOf(std::string_view text);

}  // namespace scoregate::cli
