// What a person at a terminal sees of long work.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "client/retry.h"

namespace scoregate::scorectl {

/// How far `done` bytes are of a file of `size` bytes, 0 to 1; nothing where the size is not known.
std::optional<double> ShareDone(std::size_t done, std::optional<std::size_t> size);

/// "[#####---------------]  25%  1200 rows scored", without a line's end; without a share the rows
/// alone. Rows that failed are added where there are any.
std::string ProgressLine(std::optional<double> share, std::size_t rows, std::size_t failed = 0);

/// "2.1 s".
std::string InSeconds(std::chrono::milliseconds time);

/// "UNAVAILABLE UPSTREAM_UNREACHABLE; again in 2.1 s, attempt 2 of 4", without a line's end.
std::string RetryLine(const client::Retry& retry);

/// Standard error where it is a terminal; else nothing is seen of it.
class Terminal {
 public:
  Terminal();

  bool attended() const { return attended_; }
  /// A line that stays.
  void Say(const std::string& line);
  /// A line that the next one overwrites.
  void Show(const std::string& line);
  /// Takes away what Show left.
  void Clear();

 private:
  const bool attended_;
};

}  // namespace scoregate::scorectl
