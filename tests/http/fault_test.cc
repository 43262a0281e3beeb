// The names of the closed sets: scripts and rules hold on to them.
#include "gateway/http/fault.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>
#include <utility>

#include "gateway/http/call_kind.h"

namespace scoregate::http {
namespace {

TEST(FaultName, IsTheOneThatScriptsKnow) {
  using enum FaultKind;
  constexpr std::pair<FaultKind, std::string_view> kNames[] = {
      {kNameNotFound, "name_not_found"},
      {kNameLookupFailed, "dns"},
      {kConnectFailed, "connect"},
      {kTlsFailed, "tls"},
      {kTlsUntrusted, "tls_untrusted"},
      {kResetBeforeSend, "reset_before_send"},
      {kResetAfterSend, "reset_after_send"},
      {kTimeout, "timeout"},
      {kCancelled, "cancelled"},
      {kRequestInvalid, "request_invalid"},
      {kRequestMalformed, "request_malformed"},
      {kRequestTooLarge, "request_too_large"},
      {kListTooLong, "list_too_long"},
      {kResponseTooLarge, "response_too_large"},
      {kResponseInvalid, "response_invalid"},
      {kInFlightLimit, "in_flight_limit"},
      {kConnectionLimit, "connection_limit"},
      {kCredentialUnavailable, "credential_unavailable"},
      {kCredentialRefused, "credential_refused"},
      {kProxyRefused, "proxy_refused"},
      {kCircuitOpen, "circuit_open"},
      {kShuttingDown, "shutting_down"},
      {kEndpointNotFound, "endpoint_not_found"},
      {kOperationNotFound, "operation_not_found"},
      {kCatalogueNameNotFound, "catalogue_name_not_found"},
      {kMethodNotFound, "method_not_found"},
      {kAccessRefused, "access_refused"},
      {kInternal, "internal"},
  };
  std::set<std::string_view> names;
  for (const auto& [kind, name] : kNames) {
    EXPECT_EQ(FaultName(kind), name);
    names.insert(name);
  }
  // Every kind stands in the table, for kInternal is the last.
  EXPECT_EQ(std::size(kNames), static_cast<std::size_t>(kInternal) + 1);
  EXPECT_EQ(names.size(), std::size(kNames)) << "no name twice";
}

TEST(Fault, SaysFieldAndTextApart) {
  const Fault plain(FaultKind::kTimeout, "The answer took too long.");
  EXPECT_EQ(plain.field, "");
  EXPECT_EQ(plain.text, "The answer took too long.");
  EXPECT_EQ(plain.resource, "");
  const Fault with_field(FaultKind::kRequestInvalid, "inputs", "It is empty.");
  EXPECT_EQ(with_field.field, "inputs");
  EXPECT_EQ(with_field.text, "It is empty.");
}

TEST(CallKind, Names) {
  EXPECT_EQ(UpstreamKindName(UpstreamKind::kClassic), "classic");
  EXPECT_EQ(UpstreamKindName(UpstreamKind::kOnlineEndpoint), "online_endpoint");
  EXPECT_EQ(UpstreamKindName(UpstreamKind::kOpaque), "opaque");
  EXPECT_EQ(CallKindName(CallKind::kScore), "Score");
  EXPECT_EQ(CallKindName(CallKind::kScoreRaw), "ScoreRaw");
  EXPECT_EQ(CallKindName(CallKind::kCreateBatchJob), "CreateBatchJob");
  EXPECT_EQ(CallKindName(CallKind::kGetOperation), "GetOperation");
}

}  // namespace
}  // namespace scoregate::http
