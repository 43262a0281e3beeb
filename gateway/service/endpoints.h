// An endpoint at run time: what all lanes share of it, and one lane's way to it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "gateway/credential/lane_token.h"
#include "gateway/dialect/dialect.h"
#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/lane/lane.h"
#include "gateway/rpc/call_view.h"
#include "gateway/service/authorized_client.h"
#include "gateway/service/endpoint_schema.h"
#include "gateway/service/errors/endpoint_secrets.h"
#include "gateway/service/health/endpoint_health.h"
#include "gateway/upstream/upstream_client.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::service {

using SettingsPtr = std::shared_ptr<const endpoint::EndpointSettings>;

/// What all lanes share of an endpoint. The counters are atomics; everything else never changes.
class SharedEndpoint {
 public:
  /// The settings' kind must be one that DialectOf knows. Changes of health are announced at
  /// `board`; null where nobody watches.
  explicit SharedEndpoint(SettingsPtr settings, std::shared_ptr<HealthBoard> board = nullptr);

  const endpoint::EndpointSettings& settings() const { return *settings_; }
  const SettingsPtr& settings_ptr() const { return settings_; }
  const dialect::Dialect& dialect() const { return dialect_; }

  /// What no failure of the endpoint may tell.
  const EndpointSecrets& secrets() const { return secrets_; }

  /// Takes a place among the calls in flight; false where all are taken.
  bool Enter();
  void Leave() { in_flight_.fetch_sub(1, std::memory_order_relaxed); }

  KeyOrder& key_order() { return key_order_; }

  /// What the endpoint publishes of its inputs and outputs.
  SharedSchema& schema() { return schema_; }
  const SharedSchema& schema() const { return schema_; }

  /// What the calls so far told of the endpoint.
  EndpointHealth& health() { return health_; }
  const EndpointHealth& health() const { return health_; }

 private:
  SettingsPtr settings_;
  const dialect::Dialect& dialect_;
  const EndpointSecrets secrets_;
  SharedSchema schema_;
  std::atomic<std::uint32_t> in_flight_ = 0;
  KeyOrder key_order_;
  EndpointHealth health_;
};

/// One lane's way to an endpoint. Lives and is used on its lane.
class LaneEndpoint {
 public:
  /// `token` is null where the endpoint has keys or nothing.
  LaneEndpoint(std::shared_ptr<SharedEndpoint> shared,
               std::unique_ptr<upstream::UpstreamClient> client,
               std::shared_ptr<credential::LaneToken> token, const lane::Executor& executor);

  SharedEndpoint& shared() const { return *shared_; }
  const endpoint::EndpointSettings& settings() const { return shared_->settings(); }
  const dialect::Dialect& dialect() const { return shared_->dialect(); }

  /// See LaneSchema::Get.
  lane::Task<SchemaPtr> Schema(const rpc::CallView& caller, std::chrono::milliseconds patience) {
    return schema_->Get(patience, caller.deadline());
  }

  /// What an exchange is made for.
  struct Purpose {
    http::CallKind call;
    std::string_view request_id;  ///< See CallContext.
    const rpc::CallView& caller;
    /// When it has to be over, besides the endpoint's timeout and the caller's deadline.
    lane::Clock::time_point latest = lane::Clock::time_point::max();
  };

  /// Sends an encoded request: within the endpoint's limit of calls in flight, with its credential
  /// (see AuthorizedClient), the metadata to forward, and the time that is left. The request and
  /// the purpose must outlive the task.
  lane::Task<http::HttpOutcome> Exchange(http::HttpRequest& request, const Purpose& purpose);

 private:
  std::shared_ptr<SharedEndpoint> shared_;
  std::unique_ptr<AuthorizedClient> client_;
  std::unique_ptr<LaneSchema> schema_;
};

/// Makes a lane's client of an endpoint.
using ClientFactory =
    std::function<std::unique_ptr<upstream::UpstreamClient>(lane::Lane&, const SettingsPtr&)>;

/// Makes a lane's view of an endpoint's token; null where it has none.
using TokenFactory =
    std::function<std::shared_ptr<credential::LaneToken>(lane::Lane&, const SettingsPtr&)>;

/// How a lane gets to an endpoint.
struct EndpointParts {
  ClientFactory make_client;
  TokenFactory make_token;
};

/// The endpoints of one lane, in the order of the configuration.
class LaneEndpoints {
 public:
  LaneEndpoints(lane::Lane& lane, const std::vector<std::shared_ptr<SharedEndpoint>>& shared,
                const EndpointParts& parts);

  /// Null where no endpoint has that name.
  LaneEndpoint* Find(std::string_view name);
  const std::vector<LaneEndpoint>& all() const { return endpoints_; }

 private:
  std::vector<LaneEndpoint> endpoints_;
};

}  // namespace scoregate::service
