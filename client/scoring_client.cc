#include "client/scoring_client.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

namespace scoregate::client {
namespace {

// Largest answer that is taken; the gateway's own default limit is 4 MiB.
constexpr int kMaxResponseBytes = 64 << 20;

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
      {"service":"scoring.v1.ErrorCatalogService"}],
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
  if (options.max_attempts > 1) {
    arguments.SetServiceConfigJSON(RetryServiceConfig(options.max_attempts));
  } else {
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  }
  arguments.SetMaxReceiveMessageSize(kMaxResponseBytes);
  if (options.tls && !options.tls->server_name.empty()) {
    arguments.SetSslTargetNameOverride(options.tls->server_name);
  }
  return grpc::CreateCustomChannel(options.address, CredentialsOf(options.tls), arguments);
}

ScoringClient::ScoringClient(ClientOptions options)
    : ScoringClient(MakeChannel(options), options) {}

ScoringClient::ScoringClient(std::shared_ptr<grpc::Channel> channel, ClientOptions options)
    : options_(std::move(options)),
      channel_(std::move(channel)),
      scoring_(scoring::v1::ScoringService::NewStub(channel_)),
      errors_(scoring::v1::ErrorCatalogService::NewStub(channel_)) {}

void ScoringClient::Prepare(grpc::ClientContext& context) const {
  context.set_deadline(std::chrono::system_clock::now() + options_.timeout);
  if (!options_.accept_language.empty()) {
    context.AddMetadata("accept-language", options_.accept_language);
  }
}

Outcome<scoring::v1::ScoreResponse> ScoringClient::Score(const scoring::v1::ScoreRequest& request) {
  grpc::ClientContext context;
  Prepare(context);
  scoring::v1::ScoreResponse response;
  grpc::Status status = scoring_->Score(&context, request, &response);
  if (!status.ok()) return ReadError(status);
  return response;
}

Outcome<google::api::HttpBody> ScoringClient::ScoreRaw(
    const scoring::v1::ScoreRawRequest& request) {
  grpc::ClientContext context;
  Prepare(context);
  google::api::HttpBody response;
  grpc::Status status = scoring_->ScoreRaw(&context, request, &response);
  if (!status.ok()) return ReadError(status);
  return response;
}

Outcome<scoring::v1::ListEndpointsResponse> ScoringClient::ListEndpoints() {
  grpc::ClientContext context;
  Prepare(context);
  scoring::v1::ListEndpointsResponse response;
  grpc::Status status = scoring_->ListEndpoints(&context, {}, &response);
  if (!status.ok()) return ReadError(status);
  return response;
}

Outcome<scoring::v1::Endpoint> ScoringClient::GetEndpoint(const std::string& name) {
  grpc::ClientContext context;
  Prepare(context);
  scoring::v1::GetEndpointRequest request;
  request.set_name(name);
  scoring::v1::Endpoint response;
  grpc::Status status = scoring_->GetEndpoint(&context, request, &response);
  if (!status.ok()) return ReadError(status);
  return response;
}

Outcome<scoring::v1::ListReasonsResponse> ScoringClient::ListReasons(const std::string& locale) {
  grpc::ClientContext context;
  Prepare(context);
  scoring::v1::ListReasonsRequest request;
  request.set_locale(locale);
  scoring::v1::ListReasonsResponse response;
  grpc::Status status = errors_->ListReasons(&context, request, &response);
  if (!status.ok()) return ReadError(status);
  return response;
}

}  // namespace scoregate::client
