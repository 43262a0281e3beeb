#include "client/scoring_client.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include "client/unary_call.h"

namespace scoregate::client {
namespace {

using scoring::v1::ErrorCatalogService;
using scoring::v1::ScoringService;

// Largest answer that is taken; the gateway's own default limit is 4 MiB.
constexpr int kMaxResponseBytes = 64 << 20;
// A gateway that was restarted is found again within this; gRPC's own limit is two minutes.
constexpr int kMaxReconnectBackoffMilliseconds = 5'000;

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const std::optional<TlsOptions>& tls) {
  if (!tls) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = tls->ca_pem;
  options.pem_cert_chain = tls->certificate_pem;
  options.pem_private_key = tls->key_pem;
  return grpc::SslCredentials(options);
}

}  // namespace

std::string RetryServiceConfig(int max_attempts) {
  return R"({"methodConfig":[{
    "name":[
      {"service":"scoring.v1.ScoringService","method":"Score"},
      {"service":"scoring.v1.ScoringService","method":"ListEndpoints"},
      {"service":"scoring.v1.ScoringService","method":"GetEndpoint"},
      {"service":"scoring.v1.ErrorCatalogService"},
      {"service":"google.longrunning.Operations"}],
    "retryPolicy":{
      "maxAttempts":)" +
         std::to_string(max_attempts) + R"(,
      "initialBackoff":"0.2s",
      "maxBackoff":"10s",
      "backoffMultiplier":2,
      "retryableStatusCodes":["UNAVAILABLE","RESOURCE_EXHAUSTED"]}}]})";
}

std::shared_ptr<grpc::Channel> MakeChannel(const ClientOptions& options) {
  grpc::ChannelArguments arguments;
  if (options.max_attempts > 1 && !options.on_retry) {
    arguments.SetServiceConfigJSON(RetryServiceConfig(options.max_attempts));
  } else {
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  }
  arguments.SetMaxReceiveMessageSize(kMaxResponseBytes);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectBackoffMilliseconds);
  if (options.tls && !options.tls->server_name.empty()) {
    arguments.SetSslTargetNameOverride(options.tls->server_name);
  }
  return grpc::CreateCustomChannel(options.address, CredentialsOf(options.tls), arguments);
}

ScoringClient::ScoringClient(const ClientOptions& options)
    : ScoringClient(MakeChannel(options), options) {}

ScoringClient::ScoringClient(std::shared_ptr<grpc::Channel> channel, ClientOptions options)
    : options_(std::move(options)),
      channel_(std::move(channel)),
      scoring_(scoring::v1::ScoringService::NewStub(channel_)),
      errors_(scoring::v1::ErrorCatalogService::NewStub(channel_)) {}

Outcome<scoring::v1::ScoreResponse> ScoringClient::Score(const scoring::v1::ScoreRequest& request) {
  return RepeatableCall(*scoring_, &ScoringService::Stub::Score, request,
                        Caller{options_, *channel_});
}

std::unique_ptr<ScoreStream> ScoringClient::StreamScore() {
  return std::make_unique<ScoreStream>(*scoring_, options_);
}

Outcome<google::api::HttpBody> ScoringClient::ScoreRaw(
    const scoring::v1::ScoreRawRequest& request) {
  return UnaryCall(*scoring_, &ScoringService::Stub::ScoreRaw, request, options_);
}

Outcome<scoring::v1::ListEndpointsResponse> ScoringClient::ListEndpoints() {
  const scoring::v1::ListEndpointsRequest request;
  return RepeatableCall(*scoring_, &ScoringService::Stub::ListEndpoints, request,
                        Caller{options_, *channel_});
}

Outcome<scoring::v1::Endpoint> ScoringClient::GetEndpoint(const std::string& name) {
  scoring::v1::GetEndpointRequest request;
  request.set_name(name);
  return RepeatableCall(*scoring_, &ScoringService::Stub::GetEndpoint, request,
                        Caller{options_, *channel_});
}

Outcome<scoring::v1::ListReasonsResponse> ScoringClient::ListReasons(const std::string& locale) {
  scoring::v1::ListReasonsRequest request;
  request.set_locale(locale);
  return RepeatableCall(*errors_, &ErrorCatalogService::Stub::ListReasons, request,
                        Caller{options_, *channel_});
}

Outcome<scoring::v1::ErrorReport> ScoringClient::GetErrorReport(const std::string& request_id) {
  scoring::v1::GetErrorReportRequest request;
  request.set_request_id(request_id);
  return RepeatableCall(*errors_, &ErrorCatalogService::Stub::GetErrorReport, request,
                        Caller{options_, *channel_});
}

}  // namespace scoregate::client
