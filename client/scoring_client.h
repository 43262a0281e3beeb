// Scoring calls for C++ programs: grpc++ with a channel that retries as the gateway advises.
//
//   scoregate::client::ScoringClient client({.address = "127.0.0.1:50051"});
//   auto outcome = client.Score(request);
//   if (!outcome.ok()) {
//     const scoregate::client::ScoreError& error = outcome.error();
//     if (error.reason == "REQUEST_THROTTLED") ...
//   }
#pragma once

#include <grpcpp/channel.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "client/retry.h"
#include "client/score_error.h"
#include "client/score_stream.h"
#include "scoring/v1/errors.grpc.pb.h"
#include "scoring/v1/scoring.grpc.pb.h"

namespace scoregate::client {

/// A value, or the error that stands in its place.
template <typename T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Outcome(ScoreError error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  const T& value() const { return std::get<0>(state_); }
  T& value() { return std::get<0>(state_); }
  const ScoreError& error() const { return std::get<1>(state_); }
  ScoreError& error() { return std::get<1>(state_); }

 private:
  std::variant<T, ScoreError> state_;
};

/// How to speak TLS to a gateway; all texts are PEM, the contents of files and not their paths.
struct TlsOptions {
  /// The authorities to trust. Empty: the system's.
  std::string ca_pem;
  /// The client's own certificate (with those that lead to its authority) and key, where the
  /// gateway asks for one.
  std::string certificate_pem;
  std::string key_pem;
  /// The name that the gateway's certificate must have, where it is not the address's.
  std::string server_name;
};

struct ClientOptions {
  /// HOST:PORT, or unix:PATH.
  std::string address = "127.0.0.1:50051";
  /// The longest that one call may take, retries included.
  std::chrono::milliseconds timeout{30'000};
  /// How often one call is tried at most, the first time included; 1 switches retries off. The
  /// library takes no more than 5.
  int max_attempts = 4;
  /// BCP 47, such as "ko-KR": asks for error texts in that language. Empty: none. gRPC ends the
  /// program for a header that is not printable ASCII.
  std::string accept_language;
  /// Sent with every call: names in lower case, values of printable ASCII, or any bytes where the
  /// name ends in "-bin". gRPC ends the program for others.
  std::vector<std::pair<std::string, std::string>> metadata;
  /// Nothing: clear text.
  std::optional<TlsOptions> tls;
  /// Told of every wait before another attempt. Where it is set, this library makes the attempts,
  /// by the same advice, in place of gRPC, which tells nobody; it has to be callable from every
  /// thread that makes calls.
  std::function<void(const Retry&)> on_retry;
};

/// The service config that MakeChannel installs: Score and the reading methods are tried again, as
/// often as the gateway's retry pushback allows, on UNAVAILABLE and RESOURCE_EXHAUSTED. ScoreRaw is
/// not listed, because the library cannot know whether its body may be sent twice.
/// `max_attempts` is at least 2.
std::string RetryServiceConfig(int max_attempts);

/// A channel with RetryServiceConfig, or without retries where max_attempts is 1 or on_retry is
/// set.
std::shared_ptr<grpc::Channel> MakeChannel(const ClientOptions& options);

/// Makes scoring calls. Thread-safe; one client serves a whole process.
class ScoringClient {
 public:
  explicit ScoringClient(const ClientOptions& options);
  /// On a channel of the caller's own making; the options' address and attempts are not used.
  ScoringClient(std::shared_ptr<grpc::Channel> channel, ClientOptions options);

  Outcome<scoring::v1::ScoreResponse> Score(const scoring::v1::ScoreRequest& request);
  /// Begins a call that scores many tables. The client must outlive it.
  std::unique_ptr<ScoreStream> StreamScore();
  Outcome<google::api::HttpBody> ScoreRaw(const scoring::v1::ScoreRawRequest& request);
  Outcome<scoring::v1::ListEndpointsResponse> ListEndpoints();
  Outcome<scoring::v1::Endpoint> GetEndpoint(const std::string& name);
  /// Every documented error and what it becomes, with texts in that locale (empty: en-US).
  Outcome<scoring::v1::ListReasonsResponse> ListReasons(const std::string& locale);
  /// What the gateway kept of a recent failed call, by ScoreError::request_id.
  Outcome<scoring::v1::ErrorReport> GetErrorReport(const std::string& request_id);

 private:
  ClientOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<scoring::v1::ScoringService::Stub> scoring_;
  std::unique_ptr<scoring::v1::ErrorCatalogService::Stub> errors_;
};

}  // namespace scoregate::client
