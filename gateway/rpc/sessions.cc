#include "gateway/rpc/sessions.h"

#include <unordered_set>
#include <utility>

#include "gateway/lane/kept_memory.h"
#include "gateway/lane/signal.h"
#include "gateway/rpc/http2/session.h"
#include "gateway/rpc/http2/transport.h"
#include "gateway/rpc/tls/tls_transport.h"

namespace scoregate::rpc {
namespace {

// What a connection takes in blocks until it has calls, most of it for nghttp2, which does not
// touch all.
constexpr std::size_t kConnectionBytes = std::size_t{30} * 1024;

}  // namespace

struct Sessions::State : std::enable_shared_from_this<Sessions::State> {
  State(lane::Lane& on, Router router, SessionsOptions options)
      : lane(on),
        context(std::make_shared<SessionContext>(on, std::move(router), std::move(options))),
        closed(on.executor()) {}

  void Remove(const std::shared_ptr<Session>& session) {
    if (sessions.erase(session) == 0) return;
    lane.RemoveLoad();
    closed.Notify();
  }

  lane::Lane& lane;
  std::shared_ptr<SessionContext> context;
  std::unordered_set<std::shared_ptr<Session>> sessions;
  lane::Signal closed;
  bool draining = false;
  bool cut = false;
};

Sessions::Sessions(lane::Lane& lane, Router router, SessionsOptions options)
    : state_(std::make_shared<State>(lane, std::move(router), std::move(options))) {}

Sessions::~Sessions() {
  auto open = state_->sessions;
  for (const auto& session : open) session->Close();
}

void Sessions::Adopt(lane::StreamSocket socket, std::shared_ptr<const ServerTls> tls,
                     Reach listener) {
  if (state_->draining) return;
  if (state_->sessions.size() >= state_->context->options.limits.max_connections) return;
  lane::ReadyHeapFor(kConnectionBytes);
  auto peer = std::make_shared<Peer>(PeerOf(socket));
  peer->listener = listener;
  std::unique_ptr<Transport> transport =
      tls ? MakeTlsTransport(std::move(socket), std::move(tls), peer)
          : MakeSocketTransport(std::move(socket));
  auto session = std::make_shared<Session>(state_->context, std::move(transport), std::move(peer));
  state_->sessions.insert(session);
  state_->lane.AddLoad();
  session->Start([state = state_->weak_from_this(), session = std::weak_ptr(session)] {
    auto owner = state.lock();
    auto closed = session.lock();
    if (owner && closed) owner->Remove(closed);
  });
}

lane::Task<bool> Sessions::Drain(std::chrono::milliseconds timeout) {
  auto state = state_;
  state->draining = true;
  auto open = state->sessions;
  for (const auto& session : open) session->BeginDrain();

  lane::Timer timer(state->lane.executor());
  timer.expires_after(timeout);
  timer.async_wait([state](boost::system::error_code error) {
    if (error) return;
    state->cut = true;
    auto late = state->sessions;
    for (const auto& session : late) session->CutCalls("The server is shutting down.");
  });
  while (!state->sessions.empty()) {
    bool woken = co_await state->closed.Wait();
    if (!woken) break;
  }
  co_return !state->cut;
}

std::size_t Sessions::connections() const {
  return state_->sessions.size();
}

std::size_t Sessions::calls() const {
  std::size_t calls = 0;
  for (const auto& session : state_->sessions) calls += session->calls();
  return calls;
}

}  // namespace scoregate::rpc
