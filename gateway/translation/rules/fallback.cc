#include "gateway/translation/rules/fallback.h"

#include <algorithm>
#include <array>

#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

using enum grpcwire::Code;
using D = Details;
using F = FaultDomain;
using R = Retry;

// Authority: contract 2.6, row "application". 424 and 431 are rows because 2.6 names them
// elsewhere, and every status that it names has a reason of its own (I7). 411, 414, 415 and 401 are
// about what the gateway wrote itself, so their fault is GATEWAY and REINTERPRET makes them
// INTERNAL (I6).
constexpr std::array kApplication = std::to_array<StatusRule>({
    {400, {kInvalidArgument, "UPSTREAM_HTTP_400", R::kNever, F::kCaller, D::kBadRequest}},
    {401, {kUnauthenticated, "UPSTREAM_HTTP_401", R::kNever, F::kGateway, D::kNone}},
    {403, {kPermissionDenied, "UPSTREAM_HTTP_403", R::kNever, F::kCaller, D::kNone}},
    {404, {kNotFound, "UPSTREAM_HTTP_404", R::kNever, F::kCaller, D::kResource}},
    {405, {kUnimplemented, "UPSTREAM_HTTP_405", R::kNever, F::kCaller, D::kNone}},
    {408, {kDeadlineExceeded, "UPSTREAM_HTTP_408", R::kNever, F::kCaller, D::kNone}},
    {409, {kAborted, "UPSTREAM_HTTP_409", R::kNever, F::kCaller, D::kNone}},
    {410, {kNotFound, "UPSTREAM_HTTP_410", R::kNever, F::kCaller, D::kResource}},
    {411, {kInvalidArgument, "UPSTREAM_HTTP_411", R::kNever, F::kGateway, D::kNone}},
    {412, {kFailedPrecondition, "UPSTREAM_HTTP_412", R::kNever, F::kCaller, D::kNone}},
    {413, {kResourceExhausted, "UPSTREAM_HTTP_413", R::kNever, F::kCaller, D::kNone}},
    {414, {kInvalidArgument, "UPSTREAM_HTTP_414", R::kNever, F::kGateway, D::kNone}},
    {415, {kInvalidArgument, "UPSTREAM_HTTP_415", R::kNever, F::kGateway, D::kNone}},
    {416, {kOutOfRange, "UPSTREAM_HTTP_416", R::kNever, F::kCaller, D::kNone}},
    {422, {kInvalidArgument, "UPSTREAM_HTTP_422", R::kNever, F::kCaller, D::kBadRequest}},
    {424, {kFailedPrecondition, "UPSTREAM_HTTP_424", R::kNever, F::kModel, D::kNone}},
    {429, {kResourceExhausted, "UPSTREAM_HTTP_429", R::kBrief, F::kCaller, D::kNone}},
    {431, {kFailedPrecondition, "UPSTREAM_HTTP_431", R::kNever, F::kCaller, D::kNone}},
    {499, {kCancelled, "UPSTREAM_HTTP_499", R::kNever, F::kCaller, D::kNone}},
    {500, {kInternal, "UPSTREAM_HTTP_500", R::kNever, F::kUpstream, D::kDebug}},
    {501, {kUnimplemented, "UPSTREAM_HTTP_501", R::kNever, F::kUpstream, D::kDebug}},
    {502, {kUnavailable, "UPSTREAM_HTTP_502", R::kBrief, F::kUpstream, D::kDebug}},
    {503, {kUnavailable, "UPSTREAM_HTTP_503", R::kBrief, F::kUpstream, D::kDebug}},
    {504, {kDeadlineExceeded, "UPSTREAM_HTTP_504", R::kNever, F::kUpstream, D::kDebug}},
});
constexpr Fallback kOtherClientError = {kFailedPrecondition, reason::kOther4xx, R::kNever,
                                        F::kCaller, D::kNone};
constexpr Fallback kOtherServerError = {kInternal, reason::kOther5xx, R::kNever, F::kUpstream,
                                        D::kDebug};

// Authority: contract 2.6, row "intermediary", which is gRPC's own table for HTTP answers
// (http-grpc-status-mapping) but for 429.
constexpr Fallback Proxy(grpcwire::Code code, Retry retry) {
  return {code, reason::kIntermediaryResponse, retry, F::kUpstream, D::kDebug};
}
constexpr std::array kIntermediary = std::to_array<StatusRule>({
    {400, Proxy(kInternal, R::kNever)},
    {401, Proxy(kUnauthenticated, R::kNever)},
    {403, Proxy(kPermissionDenied, R::kNever)},
    {404, Proxy(kUnimplemented, R::kNever)},
    {429, Proxy(kResourceExhausted, R::kBrief)},
    {431, Proxy(kInternal, R::kNever)},
    {502, Proxy(kUnavailable, R::kBrief)},
    {503, Proxy(kUnavailable, R::kBrief)},
    {504, Proxy(kUnavailable, R::kNever)},
});
constexpr Fallback kOtherProxyPage = Proxy(kUnknown, R::kNever);

constexpr bool KeepInvariants() {
  for (const StatusRule& row : kApplication) {
    if (!KeepsFamily(row.http_status, row.verdict.code, row.verdict.fault)) return false;
    if (row.verdict.retry != R::kNever && !MayRetry(row.http_status, row.verdict.code))
      return false;
  }
  return KeepsFamily(402, kOtherClientError.code, F::kCaller) &&
         KeepsFamily(599, kOtherServerError.code, F::kUpstream);
}
template <typename Table>
constexpr bool Ascending(const Table& table) {
  return std::ranges::adjacent_find(table, std::ranges::greater_equal(),
                                    &StatusRule::http_status) == table.end();
}
static_assert(KeepInvariants(), "an application row leaves its family (I3) or retries (I4)");
static_assert(Ascending(kApplication) && Ascending(kIntermediary));

template <typename Table>
const Fallback* Find(const Table& table, int http_status) {
  auto found = std::ranges::lower_bound(table, http_status, {}, &StatusRule::http_status);
  return found != table.end() && found->http_status == http_status ? &found->verdict : nullptr;
}

// Authority: contract 2.6, row "424". The container's status is told apart in metadata only.
constexpr Fallback Model(grpcwire::Code code) {
  return {code, reason::kModelError, R::kNever, F::kModel, D::kNone};
}
constexpr Fallback kModelNotReady = {kUnavailable, reason::kModelNotReady, R::kWarmUp, F::kModel,
                                     D::kNone};
constexpr Fallback kModelOverloaded = {kResourceExhausted, reason::kModelOverloaded, R::kBrief,
                                       F::kModel, D::kQuota};

}  // namespace

std::span<const StatusRule> ApplicationRules() {
  return kApplication;
}

std::span<const StatusRule> IntermediaryRules() {
  return kIntermediary;
}

Fallback ApplicationRule(int http_status) {
  if (const Fallback* rule = Find(kApplication, http_status)) return *rule;
  return http_status < 500 ? kOtherClientError : kOtherServerError;
}

Fallback IntermediaryRule(int http_status) {
  const Fallback* rule = Find(kIntermediary, http_status);
  return rule != nullptr ? *rule : kOtherProxyPage;
}

Fallback InvalidSuccessRule() {
  return {kInternal, reason::kUpstreamResponseInvalid, R::kNever, F::kUpstream, D::kDebug};
}

Fallback ModelRule(std::string_view model_error_reason, int model_http_status) {
  if (model_error_reason == "model_not_ready") return kModelNotReady;
  if (model_error_reason == "too_many_pending_request") return kModelOverloaded;
  if (model_http_status == 0) return Model(kFailedPrecondition);
  // An inner hop refused the endpoint's own credentials; the caller has none to mend.
  if (model_http_status == 401 || model_http_status == 403) return Model(kFailedPrecondition);
  if (model_http_status >= 400 && model_http_status <= 599) {
    const Fallback application = ApplicationRule(model_http_status);
    Fallback rule = Model(application.code);
    if (Has(application.details, D::kBadRequest)) rule.details = D::kBadRequest;
    return rule;
  }
  // 100 to 399 by the contract. It says nothing of 600 and above, which is no more of an answer.
  Fallback invalid = InvalidSuccessRule();
  invalid.fault = F::kModel;
  return invalid;
}

}  // namespace scoregate::translation
