// Many tables on one call: sent as fast as they are taken, answered as they finish.
//
//   auto stream = client.StreamScore();
//   std::thread sender([&] { for (...) stream->Send(id, request); stream->DoneSending(); });
//   while (auto item = stream->Receive()) ...
//   sender.join();
//   if (auto error = stream->Finish()) ...       // the call itself failed
#pragma once

#include <grpcpp/client_context.h>

#include <memory>
#include <optional>
#include <string>

#include "client/score_error.h"
#include "scoring/v1/scoring.grpc.pb.h"

namespace scoregate::client {

struct ClientOptions;

/// The answer to one table.
struct StreamedScore {
  std::string id;
  scoring::v1::ScoreResponse response;
  /// Why this table failed; the others go on.
  std::optional<ScoreError> error;
};

/// One StreamScore call. One thread may send while another receives. It has no deadline of its own:
/// every table has its endpoint's. Destroying it before its end cancels it.
class ScoreStream {
 public:
  /// Of the options, language and metadata count.
  ScoreStream(scoring::v1::ScoringService::Stub& stub, const ClientOptions& options);
  ~ScoreStream();
  ScoreStream(const ScoreStream&) = delete;
  ScoreStream& operator=(const ScoreStream&) = delete;

  /// Blocks while the gateway takes no more. False where the call is over: Finish tells why.
  bool Send(const std::string& id, const scoring::v1::ScoreRequest& request);
  /// Ends the call at once, from any thread: whoever sends or receives goes on, and Finish tells of
  /// CANCELLED.
  void Cancel() { context_.TryCancel(); }
  /// Nothing more will be sent.
  void DoneSending();
  /// The next answer; nothing where all have come or the call is over.
  std::optional<StreamedScore> Receive();
  /// How the call ended; nothing for a good end. After Receive gave nothing, once.
  std::optional<ScoreError> Finish();

 private:
  grpc::ClientContext context_;
  std::unique_ptr<
      grpc::ClientReaderWriter<scoring::v1::StreamScoreRequest, scoring::v1::StreamScoreResponse>>
      stream_;
  bool finished_ = false;
};

}  // namespace scoregate::client
