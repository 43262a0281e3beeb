#include "gateway/credential/workload_identity.h"

#include <algorithm>
#include <utility>

#include "gateway/config/check/secret.h"

namespace scoregate::credential {
namespace {

constexpr std::uint64_t kMaxAnswerBytes = std::uint64_t{128} * 1024;

}  // namespace

std::shared_ptr<const endpoint::EndpointSettings> AuthoritySettings(
    const endpoint::EndpointSettings& endpoint) {
  auto settings = std::make_shared<endpoint::EndpointSettings>();
  settings->name = endpoint.name;
  settings->kind = http::UpstreamKind::kOpaque;
  settings->address = endpoint.workload_identity->authority;
  settings->tls.ca_file = endpoint.workload_identity->ca_file;
  settings->proxy = endpoint.workload_identity->proxy;
  settings->proxy_authorization = endpoint.workload_identity->proxy_authorization;
  settings->limits.max_response_bytes = kMaxAnswerBytes;
  settings->connect_timeout = endpoint.connect_timeout;
  settings->limits.max_idle_connections = 1;
  return settings;
}

WorkloadIdentity::WorkloadIdentity(const endpoint::WorkloadIdentity& identity,
                                   std::unique_ptr<upstream::UpstreamClient> authority)
    : identity_(identity), authority_(std::move(authority)) {}

lane::Task<http::Result<GrantedToken>> WorkloadIdentity::Exchange() {
  // The platform renews this one; it is read anew for each exchange.
  config::FileSecret assertion = config::ReadSecretFile(identity_.token_file);
  if (!assertion.why.empty()) {
    co_return http::Fault(http::FaultKind::kCredentialRefused,
                          "the workload's own token is missing: " + assertion.why);
  }
  http::HttpRequest request = TokenRequest(identity_, assertion.secret);
  upstream::ExchangeOptions options;
  options.deadline = lane::Clock::now() + kExchangeTimeout;
  options.idempotent = true;
  http::HttpOutcome outcome = co_await authority_->Exchange(request, options);
  if (outcome.ok()) {
    co_return ReadTokenAnswer(outcome.value(), identity_.authority.host, assertion.secret);
  }
  const bool untrusted = outcome.fault().kind == http::FaultKind::kTlsUntrusted ||
                         outcome.fault().kind == http::FaultKind::kNameNotFound;
  co_return http::Fault(
      untrusted ? http::FaultKind::kCredentialRefused : http::FaultKind::kCredentialUnavailable,
      "the authority gave no token: " + outcome.fault().text);
}

Attempt WorkloadIdentity::Keep(GrantedToken granted) {
  granted_at_ = lane::Clock::now();
  ends_at_ = granted_at_ + granted.lifetime;
  renew_at_ = ends_at_ - std::min<std::chrono::milliseconds>(
                             kRenewBefore, std::chrono::milliseconds(granted.lifetime) / 5);
  wait_ = kFirstWait;
  token_ = std::make_shared<const std::string>(std::move(granted.token));
  return {token_, renew_at_};
}

Attempt WorkloadIdentity::Fail(http::Fault fault) {
  const auto now = lane::Clock::now();
  auto next = now + std::exchange(wait_, std::min(wait_ * 2, kLongestWait));
  if (token_ && now < ends_at_) return {token_, std::min(next, ends_at_)};
  token_ = nullptr;
  return {std::move(fault), next};
}

lane::Task<Attempt> WorkloadIdentity::Try(Occasion occasion) {
  const bool young = token_ && lane::Clock::now() < granted_at_ + kYoung;
  if (occasion == Occasion::kRefusal && young) co_return Attempt{token_, renew_at_};
  http::Result<GrantedToken> granted = co_await Exchange();
  if (granted.ok()) co_return Keep(std::move(granted).value());
  co_return Fail(std::move(granted).fault());
}

}  // namespace scoregate::credential
