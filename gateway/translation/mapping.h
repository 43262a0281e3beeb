// The whole mapping as data: for `catalogue`, `explain`, ListReasons, and the page that reviewers
// read.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/grpcwire/code.h"

namespace scoregate::translation {

/// One of the 128 documented rows with what it becomes. Views have static lifetime.
struct MappingRow {
  std::string_view error_class;
  std::string_view error_code;  ///< Empty for the class's own row.
  int http_status = 0;
  grpcwire::Code code = grpcwire::Code::kUnknown;
  std::string_view reason;  ///< ErrorInfo.reason.
  std::string_view domain;  ///< ErrorInfo.domain.
  /// Short type names of the details that the row adds to the common ones, in the order in which
  /// they are sent. BadRequest of a class's own row and of an unknown code is sent only where a
  /// field can be named; DebugInfo only where it is allowed.
  std::vector<std::string_view> details;
  bool retryable = false;
  std::chrono::milliseconds default_delay{0};  ///< Zero where no retry is advised.
  std::string_view fault_domain;               ///< CALLER, MODEL, UPSTREAM or GATEWAY.
  /// Keys of ErrorInfo.metadata for the parameters of the upstream's message.
  std::span<const std::string_view> metadata_keys;
};

/// All rows: classes ascending, each followed by its codes ascending. Overrides and gateway_faults
/// do not show here: it is the mapping as it ships (RELAY).
std::vector<MappingRow> EnumerateRules();

/// The row of a documented error; nothing where there is none.
std::optional<MappingRow> FindMapping(std::string_view error_class, std::string_view error_code);

/// The mapping as a page of Markdown, fallbacks included: docs/mapping.md.
std::string GoldenPage();

}  // namespace scoregate::translation
