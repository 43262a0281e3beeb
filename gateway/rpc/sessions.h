// The callers' connections on one lane: takes them over, answers their calls, drains them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "gateway/lane/lane.h"
#include "gateway/lane/listener.h"
#include "gateway/lane/task.h"
#include "gateway/rpc/compression.h"
#include "gateway/rpc/connection_policy.h"
#include "gateway/rpc/limits.h"
#include "gateway/rpc/outcome.h"
#include "gateway/rpc/peer.h"
#include "gateway/rpc/router.h"
#include "gateway/rpc/tls/server_tls.h"

namespace scoregate::rpc {

/// What the connections of a lane need.
struct SessionsOptions {
  Limits limits;
  ConnectionPolicy connection;
  AnswerCompression answer_compression = AnswerCompression::kAsRequest;
  /// Must be set.
  FailureWriter write_failure;
  /// May be empty.
  CallObserver on_end;
};

/// All sessions of one lane. Built, used and destroyed on that lane (or destroyed after Lane::Stop,
/// or built before Lane::Start). Destroying it closes every connection and cancels every call.
///
///   lane::Lanes lanes(2);
///   std::vector<std::unique_ptr<rpc::Sessions>> sessions;
///   for (std::size_t i = 0; i < lanes.size(); ++i) {
///     rpc::SessionsOptions options;
///     options.write_failure = [](const http::Fault& fault, const rpc::CallView& call) {
///       return translation::Trailers(translation::Translate(fault, FactsOf(call)));
///     };
///     rpc::Router router;
///     AddScoring(router, services[i]);
///     sessions.push_back(
///         std::make_unique<rpc::Sessions>(lanes[i], std::move(router), std::move(options)));
///   }
///   lanes.Start();
///   auto listener = std::make_shared<lane::Listener>(lanes);
///   if (auto error = listener->Open("127.0.0.1:50051")) return error.message();
///   listener->Start([&](std::size_t lane, lane::StreamSocket socket) {
///     sessions[lane]->Adopt(std::move(socket));
///   });
///   ...                                                // until SIGTERM
///   listener->Stop();
///   co_await sessions[i]->Drain(30s);                  // on lane i, for each
///   lanes.Stop();                                      // then sessions, then lanes are destroyed
class Sessions {
 public:
  Sessions(lane::Lane& lane, Router router, SessionsOptions options);
  ~Sessions();
  Sessions(const Sessions&) = delete;
  Sessions& operator=(const Sessions&) = delete;

  /// Begins to serve a connection whose socket is on this lane's loop: over TLS, or where `tls` is
  /// null in clear text (HTTP/2 with prior knowledge). `listener` becomes Peer::listener.
  void Adopt(lane::StreamSocket socket, std::shared_ptr<const ServerTls> tls = nullptr,
             Reach listener = Reach::kAnyMachine);

  /// Ends gracefully: tells every caller to go elsewhere (GOAWAY in two steps), lets the calls that
  /// run finish, closes each connection that has none left. After `timeout` the calls that remain
  /// end with kShuttingDown and all connections are closed. Gives true where nothing had to be cut.
  /// A connection adopted meanwhile is closed at once. The task must be awaited on the lane.
  lane::Task<bool> Drain(std::chrono::milliseconds timeout);

  /// Connections now. On the lane.
  std::size_t connections() const;
  /// Calls now. On the lane.
  std::size_t calls() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace scoregate::rpc
