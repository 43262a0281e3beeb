// What the gateway's own faults become (contract 2.6, row "gateway"; 2.7; I6).
#pragma once

#include <span>
#include <string_view>

#include "gateway/http/fault.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/texts/sentences.h"

namespace scoregate::translation {

struct FaultRule {
  http::FaultKind kind;
  Fallback verdict;
  /// What is said where the fault brings no text of its own.
  Sentence sentence;
  /// The type of ResourceInfo of the not-found kinds; empty for the others.
  std::string_view resource_type;
};

/// One row a kind, in the order of the enum.
std::span<const FaultRule> FaultRules();

/// The row of a kind. kResetAfterSend is retryable there; whether the call may be made twice is
/// for the caller of this function to ask.
const FaultRule& FindFault(http::FaultKind kind);

}  // namespace scoregate::translation
