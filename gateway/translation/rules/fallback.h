// What decides where an answer has no documented row: tables by HTTP status (contract 2.6).
#pragma once

#include <span>
#include <string_view>

#include "gateway/translation/rules/rule.h"

namespace scoregate::translation {

/// A verdict of a fallback table.
struct Fallback {
  grpcwire::Code code;
  std::string_view reason;  ///< Static lifetime.
  Retry retry;
  FaultDomain fault;
  Details details;
};

struct StatusRule {
  int http_status;
  Fallback verdict;
};

/// The rows of the two tables, ascending by status. For the page that prints the mapping.
std::span<const StatusRule> ApplicationRules();
std::span<const StatusRule> IntermediaryRules();

/// An application's answer of a status from 400 to 599 without a documented row.
Fallback ApplicationRule(int http_status);

/// A proxy's page, of any status.
Fallback IntermediaryRule(int http_status);

/// 424 from an online endpoint, by its header fields. `model_http_status` is 0 where absent.
Fallback ModelRule(std::string_view model_error_reason, int model_http_status);

/// A 2xx that is no success and holds no status of its own.
Fallback InvalidSuccessRule();

}  // namespace scoregate::translation
