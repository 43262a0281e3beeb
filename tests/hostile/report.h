// What a run of all attacks found, for people.
#pragma once

#include <string>
#include <vector>

#include "tests/hostile/measure.h"

namespace scoregate::hostile {

/// By how much of it the p99 of others may rise.
inline constexpr double kMostRiseOfP99 = 0.10;

/// One row of the table.
struct Finding {
  Attack attack;
  Cost cost;
  /// No calls where it was not measured.
  Latency latency;
};

/// Whether it misses the bar of CPU: a row of calls that anybody may make has none.
bool CostsTooMuch(const Attack& attack, const Cost& cost);

/// The bars that a row misses, such as "CPU, p99"; "ok" where it misses none. A wrong ending is
/// said first.
std::string Verdict(const Finding& finding);
bool MeetsEveryBar(const Finding& finding);
/// How many of the rows do, in a sentence.
std::string Summary(const std::vector<Finding>& findings);

/// The heads of the columns, and one row, for a terminal.
std::string TextHead();
std::string TextRow(const Finding& finding);

/// The whole page in Markdown.
std::string Page(const std::vector<Finding>& findings, const std::string& configuration);

}  // namespace scoregate::hostile
