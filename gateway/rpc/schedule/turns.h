// What the handlers of one connection do in a row, and when the others of the lane come in between.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "gateway/lane/aside.h"
#include "gateway/lane/suspend.h"
#include "gateway/lane/task.h"
#include "gateway/rpc/http2/stream_reference.h"

namespace scoregate::rpc {

class Session;

/// First come, first served, a turn at a time: a connection with a hundred calls that are ready
/// keeps the calls of other connections waiting for one turn and not for a hundred calls. On one
/// lane.
class Turns {
 public:
  explicit Turns(Session& session) : session_(session) {}
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;

  /// The stream's handler is to be started or cancelled.
  void Add(Stream& stream) { decided_.emplace_back(&stream); }
  /// Whether a handler can go on at once with what may take long.
  bool Has();
  /// Else it is called when its turn comes.
  void Wait(lane::GoOn go_on);

  /// The connection's pieces of work beside the lane.
  const lane::Aside::LinePtr& line() {
    if (line_ == nullptr) line_ = lane::Aside::MakeLine();
    return line_;
  }

  bool empty() const { return decided_.empty() && begun_.empty(); }
  /// Runs what waits until the turn is over; false where some is left for the next.
  bool Run();
  /// The others have had their turn.
  void BeginNext() { end_.reset(); }

 private:
  void RunOne();

  Session& session_;
  std::deque<StreamReference> decided_;
  // What has begun holds memory, so it goes on before anything else begins.
  std::vector<lane::GoOn> begun_;
  // Of the turn that somebody has.
  std::optional<lane::Clock::time_point> end_;
  lane::Aside::LinePtr line_;
};

}  // namespace scoregate::rpc
