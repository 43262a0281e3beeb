// The words of the page about an error that are not the catalogue's: labels and short sentences,
// one row a locale.
#pragma once

#include <chrono>
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
  /// The same in a few words, and whose fault {} it is.
  std::string_view no_retry_briefly;
  std::string_view retry_briefly;
  std::string_view fault_briefly;
  /// That {} rules give one reason; what an override did, and what gateway_faults.
  std::string_view several_rules;
  std::string_view overridden;
  std::string_view reinterpreted;
};

/// The words of that locale; the default's where it has none.
const PageWords& WordsFor(std::string_view locale);

/// `sentence` with {} replaced by the value.
std::string With(std::string_view sentence, std::string_view value);

/// Whether a retry is advised, and after how long.
std::string RetryText(bool retryable, std::chrono::milliseconds delay, const PageWords& words);

/// Adds a line to a page: the label, and the text behind its column. Nothing where there is none.
void AddLine(std::string& page, std::string_view label, std::string_view text);

/// How many columns of a terminal the text takes: Korean letters are two wide.
std::size_t ColumnsOf(std::string_view text);

}  // namespace scoregate::cli
