// Azure workload identity: the pod's own token, exchanged for one of the endpoint's.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/credential/token_request.h"
#include "gateway/credential/token_source.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/upstream/upstream_client.h"

namespace scoregate::credential {

/// How long one exchange with the authority may take.
inline constexpr std::chrono::seconds kExchangeTimeout{10};
/// A token is renewed so long before it ends, or a fifth of its lifetime where that is less.
inline constexpr std::chrono::seconds kRenewBefore{300};
/// After a failure: the first wait, doubled each time up to the second.
inline constexpr std::chrono::seconds kFirstWait{1};
inline constexpr std::chrono::seconds kLongestWait{30};
/// A token that is younger was refused for another reason than its age: it is not renewed.
inline constexpr std::chrono::seconds kYoung{30};

/// How to talk to the authority, as settings of a client of its own.
std::shared_ptr<const endpoint::EndpointSettings> AuthoritySettings(
    const endpoint::EndpointSettings& endpoint);

/// The token is kept until it ends, also while renewing it fails.
class WorkloadIdentity final : public TokenSource {
 public:
  WorkloadIdentity(const endpoint::WorkloadIdentity& identity,
                   std::unique_ptr<upstream::UpstreamClient> authority);

  lane::Task<Attempt> Try(Occasion occasion) override;

 private:
  lane::Task<http::Result<GrantedToken>> Exchange();
  Attempt Keep(GrantedToken granted);
  Attempt Fail(http::Fault fault);

  const endpoint::WorkloadIdentity identity_;
  const std::unique_ptr<upstream::UpstreamClient> authority_;
  TokenPtr token_;
  lane::Clock::time_point granted_at_;
  lane::Clock::time_point renew_at_;
  lane::Clock::time_point ends_at_;
  std::chrono::seconds wait_ = kFirstWait;
};

}  // namespace scoregate::credential
