#include "client/score_stream.h"

#include <utility>

#include "client/call_metadata.h"

namespace scoregate::client {

ScoreStream::ScoreStream(scoring::v1::ScoringService::Stub& stub, const ClientOptions& options) {
  AddMetadata(options, context_);
  stream_ = stub.StreamScore(&context_);
}

ScoreStream::~ScoreStream() {
  if (finished_) return;
  context_.TryCancel();
  stream_->Finish();
}

bool ScoreStream::Send(const std::string& id, const scoring::v1::ScoreRequest& request) {
  scoring::v1::StreamScoreRequest item;
  item.set_id(id);
  *item.mutable_request() = request;
  return stream_->Write(item);
}

void ScoreStream::DoneSending() {
  stream_->WritesDone();
}

std::optional<StreamedScore> ScoreStream::Receive() {
  scoring::v1::StreamScoreResponse item;
  if (!stream_->Read(&item)) return std::nullopt;
  StreamedScore score;
  score.id = item.id();
  if (item.has_error()) {
    score.error = ReadError(item.error());
  } else {
    score.response = std::move(*item.mutable_response());
  }
  return score;
}

std::optional<ScoreError> ScoreStream::Finish() {
  finished_ = true;
  const grpc::Status status = stream_->Finish();
  if (status.ok()) return std::nullopt;
  return ReadError(status);
}

}  // namespace scoregate::client
