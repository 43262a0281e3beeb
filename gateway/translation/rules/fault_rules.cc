#include "gateway/translation/rules/fault_rules.h"

#include <array>
#include <cstddef>

#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

using enum grpcwire::Code;
using D = Details;
using F = FaultDomain;
using K = http::FaultKind;
using R = Retry;
using S = Sentence;

// One row a kind, in the order of the enum. UPSTREAM is whom a fault on the way to the upstream
// blames, but for a name or a certificate that configuration got wrong.
constexpr std::array kRows = std::to_array<FaultRule>({
    {K::kNameNotFound,
     {kUnavailable, reason::kUpstreamNameNotFound, R::kNever, F::kGateway, D::kNone},
     S::kNameNotFound,
     ""},
    {K::kNameLookupFailed,
     {kUnavailable, reason::kUpstreamUnreachable, R::kBrief, F::kUpstream, D::kNone},
     S::kNameLookupFailed,
     ""},
    {K::kConnectFailed,
     {kUnavailable, reason::kUpstreamUnreachable, R::kBrief, F::kUpstream, D::kNone},
     S::kConnectFailed,
     ""},
    {K::kTlsFailed,
     {kUnavailable, reason::kUpstreamUnreachable, R::kBrief, F::kUpstream, D::kNone},
     S::kTlsFailed,
     ""},
    {K::kTlsUntrusted,
     {kUnavailable, reason::kUpstreamCertificateRefused, R::kNever, F::kGateway, D::kNone},
     S::kTlsUntrusted,
     ""},
    {K::kResetBeforeSend,
     {kUnavailable, reason::kUpstreamConnectionReset, R::kBrief, F::kUpstream, D::kNone},
     S::kResetBeforeSend,
     ""},
    {K::kResetAfterSend,
     {kUnavailable, reason::kUpstreamConnectionReset, R::kBrief, F::kUpstream, D::kNone},
     S::kResetAfterSend,
     ""},
    {K::kTimeout,
     {kDeadlineExceeded, reason::kDeadlineExceededAtGateway, R::kNever, F::kUpstream, D::kNone},
     S::kTimeout,
     ""},
    {K::kCancelled,
     {kCancelled, reason::kCallerCancelled, R::kNever, F::kCaller, D::kNone},
     S::kCancelled,
     ""},
    {K::kRequestInvalid,
     {kInvalidArgument, reason::kRequestInvalid, R::kNever, F::kCaller, D::kBadRequest},
     S::kRequestInvalid,
     ""},
    // INTERNAL is gRPC's own verdict on bytes that it cannot read (its page on status codes): the
    // caller's library is at fault, no field of the request is.
    {K::kRequestMalformed,
     {kInternal, reason::kRequestMalformed, R::kNever, F::kCaller, D::kNone},
     S::kRequestMalformed,
     ""},
    {K::kRequestTooLarge,
     {kResourceExhausted, reason::kRequestTooLarge, R::kNever, F::kCaller, D::kBadRequest},
     S::kRequestTooLarge,
     ""},
    // As with a request that is too large, only asking for less helps.
    {K::kListTooLong,
     {kResourceExhausted, reason::kRequestTooLarge, R::kNever, F::kCaller, D::kNone},
     S::kListTooLong,
     ""},
    {K::kResponseTooLarge,
     {kInternal, reason::kUpstreamResponseTooLarge, R::kNever, F::kUpstream, D::kNone},
     S::kResponseTooLarge,
     ""},
    {K::kResponseInvalid,
     {kInternal, reason::kUpstreamResponseInvalid, R::kNever, F::kUpstream, D::kNone},
     S::kResponseInvalid,
     ""},
    {K::kInFlightLimit,
     {kResourceExhausted, reason::kTooManyInFlight, R::kBrief, F::kGateway, D::kQuota},
     S::kInFlightLimit,
     ""},
    // Fewer calls on a connection at a time, or another connection: what one does about a limit of
    // calls in flight.
    {K::kConnectionLimit,
     {kResourceExhausted, reason::kTooManyInFlight, R::kBrief, F::kGateway, D::kQuota},
     S::kConnectionLimit,
     ""},
    // The upstream was not asked, so a later attempt is safe.
    {K::kCredentialUnavailable,
     {kUnavailable, reason::kCredentialUnavailable, R::kBrief, F::kGateway, D::kNone},
     S::kNoCredential,
     ""},
    {K::kCredentialRefused,
     {kUnavailable, reason::kCredentialUnavailable, R::kNever, F::kGateway, D::kNone},
     S::kNoCredential,
     ""},
    {K::kProxyRefused,
     {kUnavailable, reason::kUpstreamUnreachable, R::kNever, F::kGateway, D::kNone},
     S::kProxyRefused,
     ""},
    // The breaker repeats what the upstream did before.
    {K::kCircuitOpen,
     {kUnavailable, reason::kCircuitOpen, R::kBrief, F::kUpstream, D::kNone},
     S::kCircuitOpen,
     ""},
    {K::kShuttingDown,
     {kUnavailable, reason::kShuttingDown, R::kBrief, F::kGateway, D::kNone},
     S::kShuttingDown,
     ""},
    {K::kEndpointNotFound,
     {kNotFound, reason::kEndpointNotFound, R::kNever, F::kCaller, D::kResource | D::kBadRequest},
     S::kEndpointNotFound,
     resource::kEndpoint},
    {K::kOperationNotFound,
     {kNotFound, reason::kOperationNotFound, R::kNever, F::kCaller, D::kResource | D::kBadRequest},
     S::kOperationNotFound,
     resource::kOperation},
    // The closed set of reasons has none for a name in the catalogue, and nobody would react to one
    // otherwise than to a request that is wrong: REQUEST_INVALID, and ResourceInfo says the rest.
    {K::kCatalogueNameNotFound,
     {kNotFound, reason::kRequestInvalid, R::kNever, F::kCaller, D::kResource | D::kBadRequest},
     S::kCatalogueNameNotFound,
     resource::kCatalogueEntry},
    {K::kMethodNotFound,
     {kUnimplemented, reason::kMethodNotFound, R::kNever, F::kCaller, D::kNone},
     S::kMethodNotFound,
     ""},
    // PERMISSION_DENIED is not among the codes that the gateway may use for itself (I6). A listener
    // that gives no error reports has none, so NOT_FOUND; it also tells a stranger nothing.
    {K::kAccessRefused,
     {kNotFound, reason::kRequestInvalid, R::kNever, F::kCaller, D::kResource},
     S::kNoReportsHere,
     resource::kErrorReport},
    {K::kInternal,
     {kInternal, reason::kGatewayInternal, R::kNever, F::kGateway, D::kDebug},
     S::kInternal,
     ""},
});

constexpr bool InOrder() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].kind) != i) return false;
  }
  return kRows.back().kind == K::kInternal;
}
static_assert(InOrder(), "one row a kind, in the order of the enum");

// The codes that I6 leaves to the gateway, and RetryInfo only where I4 allows it.
constexpr bool KeepsInvariants(const FaultRule& row) {
  switch (row.verdict.code) {
    case kUnavailable:
    case kResourceExhausted:
      return true;
    case kDeadlineExceeded:
    case kCancelled:
    case kInternal:
      return row.verdict.retry == R::kNever;
    case kUnimplemented:
      return row.kind == K::kMethodNotFound && row.verdict.retry == R::kNever;
    case kNotFound:
      return !row.resource_type.empty() && row.verdict.retry == R::kNever;
    case kInvalidArgument:
      return row.kind == K::kRequestInvalid && row.verdict.retry == R::kNever;
    case kOk:
    case kUnknown:
    case kAlreadyExists:
    case kPermissionDenied:
    case kFailedPrecondition:
    case kAborted:
    case kOutOfRange:
    case kDataLoss:
    case kUnauthenticated:
      return false;
  }
  return false;
}
constexpr bool AllKeepInvariants() {
  for (const FaultRule& row : kRows) {
    if (!KeepsInvariants(row)) return false;
  }
  return true;
}
static_assert(AllKeepInvariants(), "a fault leaves the codes of I6 or retries without right (I4)");

}  // namespace

std::span<const FaultRule> FaultRules() {
  return kRows;
}

const FaultRule& FindFault(http::FaultKind kind) {
  std::size_t index = static_cast<std::size_t>(kind);
  return index < kRows.size() ? kRows[index] : kRows.back();
}

}  // namespace scoregate::translation
