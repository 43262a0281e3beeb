// What becomes of errors without a documented row, rule by rule, as data: for `explain`.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/grpcwire/code.h"
#include "gateway/translation/texts/sentences.h"

namespace scoregate::translation {

/// A rule and its verdict, as it ships. Views have static lifetime.
struct UndocumentedRow {
  /// As UpstreamError.rule has it: "gateway:timeout", "application:503", "intermediary:502",
  /// "model:424/model_not_ready", "success:200", "rpc_status:429/RESOURCE_EXHAUSTED". A row for
  /// several statuses has "4xx", "5xx" or "other" in the place of one.
  std::string rule;
  grpcwire::Code code = grpcwire::Code::kUnknown;
  std::string_view reason;
  /// Of ErrorInfo; more than one where the kind of the endpoint decides.
  std::vector<std::string_view> domains;
  /// Short type names of the details that are added to the common ones.
  std::vector<std::string_view> details;
  bool retryable = false;
  std::chrono::milliseconds default_delay{0};  ///< Zero where no retry is advised.
  std::string_view fault_domain;
  /// What has happened, with its values.
  Sentence sentence = Sentence::kNone;
  std::array<std::string, 2> values;
};

/// A row for each fault, for each status that a table names, and for the rest of each table.
std::vector<UndocumentedRow> UndocumentedRows();

/// The row of any rule that an error without a documented row may have, statuses that no table
/// names included; nothing where no error has such a rule.
std::optional<UndocumentedRow> FindUndocumented(std::string_view rule);

/// What has happened, in a sentence.
std::string MeaningOf(const UndocumentedRow& row, std::string_view locale);

}  // namespace scoregate::translation
