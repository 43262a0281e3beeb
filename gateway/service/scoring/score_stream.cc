#include "gateway/service/scoring/score_stream.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <cstdint>
#include <exception>
#include <string>
#include <unordered_map>
#include <utility>

#include "gateway/lane/signal.h"
#include "gateway/translation/trailers.h"

namespace scoregate::service {

using scoring::v1::StreamScoreRequest;
using scoring::v1::StreamScoreResponse;

struct ScoreStreamState {
  ScoreStreamState(ScoringService& s, FailureReporter& r, rpc::Call c, StreamScoreWriter w)
      : service(s),
        reporter(r),
        call(std::move(c)),
        writer(std::move(w)),
        answered(call.executor()) {}

  ScoringService& service;
  FailureReporter& reporter;
  rpc::Call call;
  StreamScoreWriter writer;
  lane::Signal answered;
  std::string first_endpoint;
  std::uint64_t begun = 0;
  std::unordered_map<std::uint64_t, std::unique_ptr<boost::asio::cancellation_signal>> in_flight;
};

namespace {

// Each table is a call with an id of its own.
CallContext BeginItem(ScoreStreamState& state, std::uint64_t number) {
  CallContext context = state.reporter.Begin(state.call.view(), http::CallKind::kScore);
  context.request_id += "." + std::to_string(number);
  return context;
}

// Scores one table and writes its answer; failures of one item stay with it.
lane::Task<void> ScoreItem(std::shared_ptr<ScoreStreamState> state, StreamScoreRequest item,
                           std::uint64_t number, std::size_t bytes) {
  CallContext context = BeginItem(*state, number);
  context.request_bytes = bytes;
  StreamScoreResponse answer;
  rpc::Outcome outcome = co_await state->service.ScoreOne(
      state->call, std::move(context), item.request(), *answer.mutable_response());
  if (!outcome.ok()) *answer.mutable_error() = translation::StatusOf(outcome.trailers());
  answer.set_id(item.id());
  // Until there is room for the next answer this one keeps its place among those in flight.
  co_await state->writer.Write(answer);
}

// What a table gets whose scoring threw, though nobody cancelled it.
void AnswerBroken(ScoreStreamState& state, const std::string& id, std::uint64_t number) {
  if (!state.call.alive()) return;
  CallContext context = BeginItem(state, number);
  StreamScoreResponse answer;
  answer.set_id(id);
  *answer.mutable_error() = state.reporter.Describe(
      context, http::Fault(http::FaultKind::kInternal, "The scoring of this table broke off."));
  state.writer.Send(answer);
}

}  // namespace

ScoreStream::ScoreStream(ScoringService& service, FailureReporter& reporter, rpc::Call call,
                         StreamScoreWriter writer)
    : state_(std::make_shared<ScoreStreamState>(service, reporter, std::move(call),
                                                std::move(writer))) {}

ScoreStream::~ScoreStream() {
  // A table that ends takes itself off the list, so the list is emptied first.
  auto in_flight = std::move(state_->in_flight);
  for (auto& [number, signal] : in_flight) {
    signal->emit(boost::asio::cancellation_type::terminal);
  }
  // The signals outlive what they cancel: each table's end lets go of its own.
  for (auto& [number, signal] : in_flight) state_->in_flight[number] = std::move(signal);
}

lane::Task<rpc::Outcome> ScoreStream::Run(StreamScoreReader reader) {
  std::shared_ptr<ScoreStreamState> state = state_;
  while (state->call.alive()) {
    if (state->in_flight.size() >= kStreamWindow) {
      co_await state->answered.Wait();
      continue;
    }
    StreamScoreRequest item;
    bool read = co_await reader.Read(item);
    if (!read) break;
    Begin(std::move(item));
  }
  while (state->call.alive() && !state->in_flight.empty()) co_await state->answered.Wait();
  co_return rpc::Outcome();
}

void ScoreStream::Begin(StreamScoreRequest item) {
  const std::uint64_t number = ++state_->begun;
  if (number == 1) state_->first_endpoint = item.request().endpoint();
  if (item.request().endpoint().empty()) {
    item.mutable_request()->set_endpoint(state_->first_endpoint);
  }
  auto signal = std::make_unique<boost::asio::cancellation_signal>();
  auto slot = signal->slot();
  state_->in_flight.emplace(number, std::move(signal));
  auto ended = [state = state_, number, id = item.id()](const std::exception_ptr& thrown) {
    if (thrown) AnswerBroken(*state, id, number);
    state->in_flight.erase(number);
    state->answered.Notify();
  };
  const std::size_t bytes = state_->call.message_read().bytes;
  boost::asio::co_spawn(state_->call.executor(), ScoreItem(state_, std::move(item), number, bytes),
                        boost::asio::bind_cancellation_slot(slot, std::move(ended)));
}

}  // namespace scoregate::service
