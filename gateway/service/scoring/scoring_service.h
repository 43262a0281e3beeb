// scoring.v1.ScoringService: scoring calls go through here, top to bottom.
#pragma once

#include <cstddef>

#include "gateway/rpc/call.h"
#include "gateway/rpc/router.h"
#include "gateway/service/endpoints.h"
#include "gateway/service/errors/failure_reporter.h"
#include "scoring/v1/scoring.pb.h"

namespace scoregate::service {

using StreamScoreReader = rpc::Reader<scoring::v1::StreamScoreRequest>;
using StreamScoreWriter = rpc::Writer<scoring::v1::StreamScoreResponse>;

/// One lane's ScoringService. Lives and is used on its lane; what it is given outlives it.
class ScoringService {
 public:
  /// An answer message over `max_response_bytes` is refused: callers take no larger ones.
  ScoringService(LaneEndpoints& endpoints, FailureReporter& reporter,
                 std::size_t max_response_bytes);

  lane::Task<rpc::Outcome> Score(rpc::Call call, const scoring::v1::ScoreRequest& request,
                                 scoring::v1::ScoreResponse& response);
  lane::Task<rpc::Outcome> StreamScore(rpc::Call call, StreamScoreReader reader,
                                       StreamScoreWriter writer);
  /// The steps of Score, for a request that came in whatever way. `context` was begun for it.
  lane::Task<rpc::Outcome> ScoreOne(rpc::Call call, CallContext context,
                                    const scoring::v1::ScoreRequest& request,
                                    scoring::v1::ScoreResponse& response);
  lane::Task<rpc::Outcome> ScoreRaw(rpc::Call call, const scoring::v1::ScoreRawRequest& request,
                                    google::api::HttpBody& response);
  lane::Task<rpc::Outcome> ListEndpoints(rpc::Call call,
                                         const scoring::v1::ListEndpointsRequest& request,
                                         scoring::v1::ListEndpointsResponse& response);
  lane::Task<rpc::Outcome> GetEndpoint(rpc::Call call,
                                       const scoring::v1::GetEndpointRequest& request,
                                       scoring::v1::Endpoint& response);

  /// Adds the methods; the router must not outlive the service.
  void AddTo(rpc::Router& router);

 private:
  rpc::Outcome Answer(const CallContext& context, std::size_t response_bytes);

  LaneEndpoints& endpoints_;
  FailureReporter& reporter_;
  std::size_t max_response_bytes_;
};

}  // namespace scoregate::service
