// What the details of a row hold, in the words of docs/mapping.md.
#pragma once

#include <string>

#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/fault_rules.h"

namespace scoregate::translation {

/// Says what the words below mean. Markdown.
std::string DetailsLegend();

/// The details that a documented row adds, each with what it names, such as
/// "QuotaFailure `MaxModelMemory` of the endpoint". Empty where it adds none. RetryInfo, which the
/// row shows apart, is left out.
std::string DetailsOf(const Row& row);

/// The same of a verdict on an answer without a documented row.
std::string DetailsOf(const Fallback& verdict);

/// The same of a fault.
std::string DetailsOf(const FaultRule& rule);

}  // namespace scoregate::translation
