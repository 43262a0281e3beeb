#include "gateway/rpc/schedule/turns.h"

#include <utility>

#include "gateway/rpc/http2/session.h"

namespace scoregate::rpc {
namespace {

// What the handlers of one connection may take before the other connections of the lane get their
// turn: a few common calls. What is larger than those goes beside the lane.
constexpr std::chrono::microseconds kTurn{200};
// The same of a connection that strains its allowances: a call or two. More turns cost more, a
// tenth of each call, which is why this is not everybody's.
constexpr std::chrono::microseconds kStrainedTurn{25};

std::chrono::microseconds TurnOf(Session& session) {
  return session.conduct().IsStrained() ? kStrainedTurn : kTurn;
}

}  // namespace

// Whoever goes on without having waited answers soon: the turn is over when that is flushed.
bool Turns::Has() {
  const lane::Clock::time_point now = lane::Clock::now();
  if (end_) return now < *end_;
  if (!begun_.empty()) return false;
  end_ = now + TurnOf(session_);
  session_.PostTurn();
  return true;
}

void Turns::Wait(lane::GoOn go_on) {
  begun_.push_back(std::move(go_on));
  session_.FlushLater();
}

bool Turns::Run() {
  if (empty()) return true;
  // What the step did before, it did for this connection, too.
  end_ = session_.now() + TurnOf(session_);
  do {
    RunOne();
  } while (!empty() && lane::Clock::now() < *end_);
  end_.reset();
  return empty();
}

void Turns::RunOne() {
  if (!begun_.empty()) {
    lane::GoOn go_on = std::move(begun_.front());
    begun_.erase(begun_.begin());
    return std::move(go_on)();
  }
  const StreamReference stream = decided_.front();
  decided_.pop_front();
  stream->RunDecided();
}

}  // namespace scoregate::rpc
