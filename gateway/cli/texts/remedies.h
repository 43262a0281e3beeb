// What to do about errors without a documented row, in people's languages: one data file a locale.
// The documented ones have theirs in catalogue/locales.
#pragma once

#include <string_view>

#include "gateway/translation/undocumented.h"

namespace scoregate::cli {

/// One to three sentences, in that locale or the default's. Never empty.
std::string_view RemedyOf(const translation::UndocumentedRow& row, std::string_view locale);

}  // namespace scoregate::cli
