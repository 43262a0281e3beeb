// Error answers as they were met, each with the whole ReportedError that it becomes, and with what
// a caller gets.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gateway/errorbody/reported_error.h"
#include "gateway/http/call_kind.h"
#include "gateway/http/message.h"

namespace scoregate::errorbody {

struct Case {
  /// What it is and, after a colon, why the expectation is what it is.
  std::string_view name;
  http::UpstreamKind kind;
  int status;
  /// Header lines "name: value", one a line.
  std::string_view headers;
  /// A body, or "@" and the name of a file in tests/corpus/errorbody.
  std::string_view body;
  /// Describe() of the result, line for line.
  std::string_view expected;
  /// Outcome() of its translation: what a caller of Score gets.
  std::string_view outcome;
};

/// All of them.
std::span<const Case> Cases();

/// The answer of a case.
http::HttpResponse ResponseOf(const Case& test);

/// The text of a file in tests/corpus/errorbody.
std::string CorpusFile(std::string_view name);

/// Every member that is not at its default, one a line, `\n` and `\` escaped; shape and voice
/// first.
std::string Describe(const ReportedError& error);

/// What a caller gets of it, in a line: code and reason, then class, code, fields, retry delay,
/// pushback, a hint that was not used, and who said the delay, each where there is any.
std::string Outcome(const ReportedError& error, http::UpstreamKind kind);

}  // namespace scoregate::errorbody
