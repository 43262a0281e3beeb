// A whole translation as a named case: what goes in, and every word that comes out.
#pragma once

#include <functional>
#include <vector>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/translation/translate.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {

struct WholeCase {
  const char* name;
  std::function<Translation()> translate;
  /// TextOf the translation, behind a line end.
  const char* expected;
};

void Check(const std::vector<WholeCase>& cases);

/// Calls to a classic endpoint: of no name, "churn", by a Korean, and of ScoreRaw, which must not
/// be made twice.
CallFacts Plain();
CallFacts Churn();
CallFacts Korean();
CallFacts Raw();
CallFacts Online();
CallFacts Opaque();

CallFacts With(CallFacts facts, const endpoint::EndpointSettings& settings);

/// Settings that declare what may be declared: an input, a parameter, a locale, a limit, a path.
const endpoint::EndpointSettings& Declaring();

}  // namespace scoregate::translation
