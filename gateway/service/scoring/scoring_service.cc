#include "gateway/service/scoring/scoring_service.h"

#include <optional>
#include <string>
#include <utility>

#include "gateway/errorbody/read.h"
#include "gateway/service/find_endpoint.h"
#include "gateway/service/scoring/score_stream.h"

namespace scoregate::service {
namespace {

using http::CallKind;
using http::Fault;
using http::FaultKind;

bool IsGoodStatus(int status) {
  return status >= 200 && status < 300;
}

scoring::v1::Endpoint::Dialect DialectName(http::UpstreamKind kind) {
  switch (kind) {
    case http::UpstreamKind::kClassic:
      return scoring::v1::Endpoint::CLASSIC;
    case http::UpstreamKind::kOnlineEndpoint:
      return scoring::v1::Endpoint::ONLINE_ENDPOINT;
    case http::UpstreamKind::kOpaque:
      return scoring::v1::Endpoint::OPAQUE;
  }
  return scoring::v1::Endpoint::DIALECT_UNSPECIFIED;
}

// An error in disguise is an object, or one in a string; in the classic contract reading it as a
// success fails for want of Results, or finds the error beside them.
bool MayBeAnError(const http::HttpResponse& answer, http::UpstreamKind kind) {
  const std::size_t first = answer.body.find_first_not_of(" \t\r\n");
  return kind != http::UpstreamKind::kClassic && first != answer.body.npos &&
         answer.body[first] != '[';
}

// What an answer turned out to be.
struct ReadScore {
  enum class Kind { kError, kTable, kInvalidSuccess };
  Kind kind = Kind::kError;
  // Of a table: its size as a message, and whether its columns' types are left open.
  std::size_t bytes = 0;
  bool types_open = false;
  // Of a success that cannot be read.
  std::optional<Fault> fault = {};
};

// Pure: on any thread. The response is filled where it is a table.
ReadScore Read(const http::HttpResponse& answer, const SharedEndpoint& endpoint,
               scoring::v1::ScoreResponse& response) {
  const http::UpstreamKind kind = endpoint.settings().kind;
  const auto is_success = [&] { return errorbody::IsSuccess(answer, kind, CallKind::kScore); };
  if (!IsGoodStatus(answer.status)) return {};
  if (MayBeAnError(answer, kind) && !is_success()) return {};
  http::Result<dialect::Certainty> decoded =
      endpoint.dialect().DecodeScore(answer, endpoint.settings(), response);
  if (!decoded.ok()) {
    // A 2xx that cannot be decoded is either an error in disguise or a broken success.
    if (!is_success()) return {};
    return {.kind = ReadScore::Kind::kInvalidSuccess, .fault = std::move(decoded).fault()};
  }
  if (decoded.value() == dialect::Certainty::kPerhapsAnError && !is_success()) {
    response.Clear();
    return {};
  }
  return {.kind = ReadScore::Kind::kTable,
          .bytes = response.ByteSizeLong(),
          .types_open = kind == http::UpstreamKind::kClassic &&
                        dialect::classic::LeavesTypesOpen(answer, response)};
}

bool IsLarge(std::size_t bytes) {
  return bytes >= lane::kAsideBytes;
}

void Describe(const SharedEndpoint& endpoint, scoring::v1::Endpoint& out) {
  out.set_name(endpoint.settings().name);
  out.set_dialect(DialectName(endpoint.settings().kind));
  out.set_host(endpoint.settings().address.host);
  out.set_health(endpoint.health().At(lane::Clock::now()));
  SchemaPtr schema = endpoint.schema().Get();
  if (schema == nullptr) return;
  out.mutable_inputs()->Assign(schema->inputs.begin(), schema->inputs.end());
  out.mutable_outputs()->Assign(schema->outputs.begin(), schema->outputs.end());
}

}  // namespace

ScoringService::ScoringService(LaneEndpoints& endpoints, FailureReporter& reporter,
                               std::size_t max_response_bytes)
    : endpoints_(endpoints), reporter_(reporter), max_response_bytes_(max_response_bytes) {}

rpc::Outcome ScoringService::Answer(const CallContext& context, std::size_t response_bytes) {
  if (response_bytes <= max_response_bytes_) return rpc::Outcome();
  Fault fault(FaultKind::kResponseTooLarge,
              "the answer has " + std::to_string(response_bytes) + " bytes, the limit is " +
                  std::to_string(max_response_bytes_) + " (server.max_response_bytes)");
  return reporter_.Fail(context, fault);
}

lane::Task<rpc::Outcome> ScoringService::Score(rpc::Call call,
                                               const scoring::v1::ScoreRequest& request,
                                               scoring::v1::ScoreResponse& response) {
  CallContext context = reporter_.Begin(call.view(), CallKind::kScore);
  context.request_bytes = call.message_read().bytes;
  return ScoreOne(std::move(call), std::move(context), request, response);
}

lane::Task<rpc::Outcome> ScoringService::ScoreOne(rpc::Call call, CallContext context,
                                                  const scoring::v1::ScoreRequest& request,
                                                  scoring::v1::ScoreResponse& response) {
  http::Result<LaneEndpoint*> found = FindEndpoint(endpoints_, request.endpoint(), "endpoint");
  if (!found.ok()) co_return reporter_.Fail(context, found.fault());
  LaneEndpoint& endpoint = *found.value();
  context.endpoint = &endpoint.shared();

  const auto encode = [&] { return endpoint.dialect().EncodeScore(request, endpoint.settings()); };
  const bool large_request = IsLarge(context.request_bytes);
  http::Result<http::HttpRequest> encoded = large_request ? http::HttpRequest() : encode();
  if (large_request) co_await call.RunAside([&] { encoded = encode(); });
  if (!encoded.ok()) co_return reporter_.Fail(context, encoded.fault());

  LaneEndpoint::Purpose purpose{context.call, context.request_id, context.caller};
  http::HttpOutcome outcome = co_await endpoint.Exchange(encoded.value(), purpose);
  if (!outcome.ok()) co_return reporter_.Fail(context, outcome.fault());
  const http::HttpResponse& answer = outcome.value();
  const bool large_answer = IsLarge(answer.body.size());
  if (!large_answer && !call.HasTurn()) co_await call.WaitForTurn();
  if (!call.alive()) co_return rpc::Outcome();

  const auto read = [&] { return Read(answer, endpoint.shared(), response); };
  ReadScore score = large_answer ? ReadScore() : read();
  if (large_answer) co_await call.RunAside([&] { score = read(); });
  if (!call.alive()) co_return rpc::Outcome();
  switch (score.kind) {
    case ReadScore::Kind::kError:
      co_return reporter_.Fail(context, encoded.value(), answer);
    case ReadScore::Kind::kInvalidSuccess:
      co_return reporter_.FailInvalidSuccess(context, *score.fault, encoded.value(), answer);
    case ReadScore::Kind::kTable:
      break;
  }
  if (!score.types_open) co_return Answer(context, score.bytes);
  SchemaPtr schema = co_await endpoint.Schema(context.caller, kTypesPatience);
  if (schema == nullptr) co_return Answer(context, score.bytes);
  const auto apply = [&] { dialect::classic::ApplyTypes(*schema, response); };
  if (large_answer) {
    co_await call.RunAside(apply);
  } else {
    apply();
  }
  co_return Answer(context, response.ByteSizeLong());
}

lane::Task<rpc::Outcome> ScoringService::ScoreRaw(rpc::Call call,
                                                  const scoring::v1::ScoreRawRequest& request,
                                                  google::api::HttpBody& response) {
  CallContext context = reporter_.Begin(call.view(), CallKind::kScoreRaw);
  http::Result<LaneEndpoint*> found = FindEndpoint(endpoints_, request.endpoint(), "endpoint");
  if (!found.ok()) co_return reporter_.Fail(context, found.fault());
  LaneEndpoint& endpoint = *found.value();
  context.endpoint = &endpoint.shared();

  const auto encode = [&] { return endpoint.dialect().EncodeRaw(request, endpoint.settings()); };
  const bool large_request = IsLarge(call.message_read().bytes);
  http::Result<http::HttpRequest> encoded = large_request ? http::HttpRequest() : encode();
  if (large_request) co_await call.RunAside([&] { encoded = encode(); });
  if (!encoded.ok()) co_return reporter_.Fail(context, encoded.fault());

  LaneEndpoint::Purpose purpose{context.call, context.request_id, context.caller};
  http::HttpOutcome outcome = co_await endpoint.Exchange(encoded.value(), purpose);
  if (!outcome.ok()) co_return reporter_.Fail(context, outcome.fault());
  http::HttpResponse& answer = outcome.value();

  const auto is_success = [&] {
    return errorbody::IsSuccess(answer, endpoint.settings().kind, context.call);
  };
  const bool large_answer = IsLarge(answer.body.size());
  bool success = !large_answer && is_success();
  if (large_answer) co_await call.RunAside([&] { success = is_success(); });
  if (!success) co_return reporter_.Fail(context, encoded.value(), answer);
  dialect::DecodeRaw(std::move(answer), response);
  co_return Answer(context, response.ByteSizeLong());
}

lane::Task<rpc::Outcome> ScoringService::ListEndpoints(
    rpc::Call call, const scoring::v1::ListEndpointsRequest&,
    scoring::v1::ListEndpointsResponse& response) {
  CallContext context = reporter_.Begin(call.view(), CallKind::kScore);
  for (const LaneEndpoint& endpoint : endpoints_.all()) {
    Describe(endpoint.shared(), *response.add_endpoints());
  }
  co_return Answer(context, response.ByteSizeLong());
}

lane::Task<rpc::Outcome> ScoringService::GetEndpoint(rpc::Call call,
                                                     const scoring::v1::GetEndpointRequest& request,
                                                     scoring::v1::Endpoint& response) {
  CallContext context = reporter_.Begin(call.view(), CallKind::kScore);
  http::Result<LaneEndpoint*> found = FindEndpoint(endpoints_, request.name(), "name");
  if (!found.ok()) co_return reporter_.Fail(context, found.fault());
  // Fetched for what Describe then finds.
  co_await found.value()->Schema(context.caller, kSchemaPatience);
  Describe(found.value()->shared(), response);
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> ScoringService::StreamScore(rpc::Call call, StreamScoreReader reader,
                                                     StreamScoreWriter writer) {
  ScoreStream stream(*this, reporter_, std::move(call), std::move(writer));
  co_return co_await stream.Run(std::move(reader));
}

void ScoringService::AddTo(rpc::Router& router) {
  auto add = [&]<typename Request, typename Response>(
                 const char* method, std::string_view largest_field,
                 lane::Task<rpc::Outcome> (ScoringService::*handler)(rpc::Call, const Request&,
                                                                     Response&)) {
    router.Unary<Request, Response>(
        {std::string("/scoring.v1.ScoringService/") + method, largest_field},
        [this, handler](rpc::Call call, const Request& request, Response& response) {
          return (this->*handler)(std::move(call), request, response);
        });
  };
  router.BidiStreaming<scoring::v1::StreamScoreRequest, scoring::v1::StreamScoreResponse>(
      {"/scoring.v1.ScoringService/StreamScore", "request.inputs"},
      [this](rpc::Call call, StreamScoreReader reader, StreamScoreWriter writer) {
        return StreamScore(std::move(call), std::move(reader), std::move(writer));
      });
  add("Score", "inputs", &ScoringService::Score);
  add("ScoreRaw", "body", &ScoringService::ScoreRaw);
  add("ListEndpoints", "", &ScoringService::ListEndpoints);
  add("GetEndpoint", "name", &ScoringService::GetEndpoint);
}

}  // namespace scoregate::service
