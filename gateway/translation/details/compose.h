// A verdict and what was reported become the details of a Status, as rich as the facts allow and
// without a secret. Fitting them into the trailers is the budget's business.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/translation/details/draft.h"
#include "gateway/translation/judge/verdict.h"
#include "gateway/translation/rules/retry_advice.h"

namespace scoregate::translation {

/// What a Status is made of. Exactly one of `error` and `fault` stands, but for a success that
/// could not be understood: a fault with the status as received.
struct Source {
  const Verdict& verdict;
  const CallFacts& facts;
  const errorbody::ReportedError* error = nullptr;
  const http::Fault* fault = nullptr;
  int http_status = 0;  ///< As received; 0 where no answer arrived.
};

/// The words of one finding: the parameters of the upstream's message, and ours about it.
struct FindingWords {
  std::string said;   ///< The upstream's words, clean.
  bool fits = false;  ///< They are the documented ones, with parameters.
  std::array<std::string, 2> values;
  std::string english;  ///< Ours, with the parameters in it where they were found.
};

/// One for each finding of the verdict, in order.
std::vector<FindingWords> ReadWords(const Verdict& verdict);

/// Our sentence on a finding in that locale.
std::string Describe(const Finding& finding, const FindingWords& words, std::string_view locale);

/// Fills the draft but for code, message and pushback.
void AddErrorInfo(const Source& source, const std::vector<FindingWords>& words,
                  const RetryAdvice& advice, Draft& draft);
void AddBadRequest(const Source& source, const std::vector<FindingWords>& words, Draft& draft);
void AddPrecondition(const Source& source, const std::vector<FindingWords>& words, Draft& draft);
void AddQuota(const Source& source, const std::vector<FindingWords>& words, Draft& draft);
void AddResource(const Source& source, const std::vector<FindingWords>& words, Draft& draft);
void AddUpstreamError(const Source& source, const std::vector<FindingWords>& words, Draft& draft);

/// Passes on the details of a google.rpc.Status that arrived as JSON: redacted, checked, and only
/// of types that the draft does not have yet. Its ErrorInfo goes into metadata.
void PassRpcDetails(const Source& source, Draft& draft);

/// The delay of a RetryInfo among those details; nothing where there is none.
std::optional<std::chrono::milliseconds> RpcRetryDelay(const errorbody::ReportedError& error);

/// Makes the whole draft, unbounded.
void Compose(const Source& source, Draft& draft);

}  // namespace scoregate::translation
