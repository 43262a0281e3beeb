// What was decided about a failed call, before a Status is made of it.
#pragma once

#include <absl/container/inlined_vector.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/errorbody/reported_error.h"
#include "gateway/http/fault.h"
#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/rule.h"
#include "gateway/translation/texts/sentences.h"
#include "gateway/translation/translate.h"

namespace scoregate::translation {

/// One of the upstream's details with the row that holds for it. Views into the ReportedError.
struct Finding {
  const Row* row = nullptr;  ///< The code's own row, else its class's. Never null.
  bool known = false;        ///< (class, code) is documented.
  std::string_view code;     ///< As received; empty for the class itself.
  std::string_view target;
  std::string_view message;
  // The row's judgement, or an override's.
  grpcwire::Code grpc_code = grpcwire::Code::kUnknown;
  Retry retry = Retry::kNever;
  std::chrono::milliseconds delay{0};
  FaultDomain fault = FaultDomain::kUpstream;
  Details details = Details::kNone;
  std::string_view reason;
  bool overridden = false;
};

/// Where the upstream's words go.
enum class UpstreamText {
  kMessage,   ///< Into Status.message: there is no row, and the words are an error's.
  kMetadata,  ///< Into upstreamMessage, beside our own text.
  kNowhere,   ///< Nowhere: a redirect's page may hold the whole location.
};

/// The upstream's codes; mostly one.
using Codes = absl::InlinedVector<std::string_view, 4>;

struct Verdict {
  grpcwire::Code code = grpcwire::Code::kUnknown;
  std::string_view reason;  ///< Static, a row's, or the settings'.
  std::string_view domain;
  Origin origin = Origin::kGateway;
  FaultDomain fault = FaultDomain::kGateway;
  bool retry_advised = false;
  std::chrono::milliseconds default_delay{0};
  Details details = Details::kNone;
  std::string rule;

  /// The catalogue's rows that hold, the winner first (I9); empty where the status decided.
  std::vector<Finding> findings;
  std::string_view error_class;
  /// The upstream's codes, the winner's first, none twice.
  Codes codes;
  bool status_mismatch = false;
  /// The status whose row decided; 0 for none.
  int decided_by_status = 0;
  /// A 424 of an online endpoint: its header fields go into metadata.
  bool model_answer = false;
  /// The details of a google.rpc.Status that arrived as JSON are passed on.
  bool pass_rpc_details = false;

  UpstreamText upstream_text = UpstreamText::kMessage;
  Sentence sentence = Sentence::kNone;
  std::string sentence_value;  ///< {0}
  std::string sentence_more;   ///< {1}
  std::string_view resource_type;
};

/// Takes over code, reason, retry, fault and details.
void Apply(const Fallback& rule, Verdict& verdict);

/// Where a part of the work is done, such as a job submitted, the same call again would do
/// that half twice, so no retry is advised whatever failed.
void ApplyWorkDone(const CallFacts& facts, Verdict& verdict);

/// Decides about an answer. Never gives kOk.
Verdict JudgeAnswer(const errorbody::ReportedError& error, const CallFacts& facts);

/// Decides about a failure without an answer.
Verdict JudgeFault(const http::Fault& fault, const CallFacts& facts);

/// The documented rows that hold for an answer under kind classic; empty where its class is not
/// documented, or under another status (then `status_mismatch` is set).
struct CatalogueFindings {
  std::vector<Finding> findings;
  bool status_mismatch = false;
};
CatalogueFindings JudgeCatalogue(const errorbody::ReportedError& error, const CallFacts& facts);

/// The class, or the outermost code: of the body, else of x-ms-error-code.
std::string_view OuterCode(const errorbody::ReportedError& error);

/// The codes of the upstream's details in the order of I9 where no row decides: documented ones of
/// that class first, then the others bytewise.
Codes OrderedCodes(const errorbody::ReportedError& error);

/// Whether the key is the caller's: the endpoint sends none of its own and passes the caller's on.
bool CallerHoldsKey(const CallFacts& facts);

/// The override for a documented row (or an undocumented code of a documented class), or for a
/// status; null where there is none.
const endpoint::RuleOverride* FindOverride(const CallFacts& facts, std::string_view error_class,
                                           std::string_view error_code);
const endpoint::RuleOverride* FindOverride(const CallFacts& facts, int http_status);

}  // namespace scoregate::translation
