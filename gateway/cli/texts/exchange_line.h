// Reads one line of `scoregate translate --jsonl`: one ended HTTP exchange as a JSON object.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/service/errors/translate_exchange.h"

namespace scoregate::cli {

/// A line that was understood, or why not.
struct ExchangeLine {
  /// The line's id as JSON text; "null" where it has none or could not be read.
  std::string id_json = "null";
  service::EndedExchange exchange;
  /// Empty where the line was understood.
  std::string input_error;
};

/// A line is at most this long.
inline constexpr std::size_t kMaxLineBytes = std::size_t{64} << 20;

/// Reads lines; keeps its buffers from line to line. Not thread-safe.
class ExchangeReader {
 public:
  ExchangeReader();
  ~ExchangeReader();

  /// Unknown members, wrong types, both bodies at once, and neither or both of http_status and
  /// transport_error are input errors. A lone surrogate escape reads as U+FFFD. The id is kept
  /// wherever the line is JSON at all.
  ExchangeLine Read(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace scoregate::cli
