// One HTTP/2 connection of a caller, on nghttp2.
#pragma once

#include <absl/container/flat_hash_set.h>
#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/rpc/http2/answer_backlog.h"
#include "gateway/rpc/http2/conduct.h"
#include "gateway/rpc/http2/connection_life.h"
#include "gateway/rpc/http2/cut_streams.h"
#include "gateway/rpc/http2/held_requests.h"
#include "gateway/rpc/http2/intake.h"
#include "gateway/rpc/http2/session_context.h"
#include "gateway/rpc/http2/stream.h"
#include "gateway/rpc/http2/stream_reference.h"
#include "gateway/rpc/http2/transport.h"
#include "gateway/rpc/http2/write_batch.h"
#include "gateway/rpc/schedule/deadlines.h"
#include "gateway/rpc/schedule/turns.h"
#include "gateway/rpc/sessions.h"

namespace scoregate::rpc {

/// Serves one connection: one read and one write are under way at a time, and all frames that are
/// due when a turn ends leave in one write. Its owner keeps it until it has closed.
class Session final : public Transport::Sink, public std::enable_shared_from_this<Session> {
 public:
  class Turn;

  Session(std::shared_ptr<SessionContext> context, std::unique_ptr<Transport> transport,
          std::shared_ptr<const Peer> peer);
  ~Session();

  /// Begins; `closed` is called once, when the connection is closed.
  void Start(std::function<void()> closed);
  /// Tells the caller to go elsewhere: a notice, and after a round trip the last call's number.
  void BeginDrain();
  /// Ends all calls with kShuttingDown in those words and closes when that has been written.
  void CutCalls(const char* why);
  /// Closes now and cancels every call.
  void Close();

  void OnRead(boost::system::error_code error, std::size_t size) override;
  void OnWritten(boost::system::error_code error) override;
  void OnAlarm();

  // For the callbacks of nghttp2.
  Stream* OpenStream(std::int32_t id);
  void CloseStream(Stream& stream, std::uint32_t error);
  void OnSettings();
  void OnPing();
  void OnPingAck(std::span<const std::uint8_t> payload);
  Conduct& conduct() { return conduct_; }
  /// When the step that is running began; spares a look at the clock for each thing in it.
  lane::Clock::time_point now() const { return now_; }
  Intake& intake() { return intake_; }
  /// What the caller's conduct comes to.
  void CalmUnless(bool allowed) {
    if (!allowed) CalmDown();
  }
  /// A frame of an answer leaves: HEADERS or DATA.
  void OnAnswer() { life_.OnAnswer(); }
  /// Ends the connection of a caller that asks for too much work.
  void CalmDown();
  CutStreams& cut_streams() { return cut_streams_; }
  /// Gives back the connection's window for so many bytes, but not while too much is held or waits.
  void GiveBack(std::size_t bytes);

  // For streams.
  nghttp2_session* h2() { return h2_; }
  const std::shared_ptr<SessionContext>& context() const { return context_; }
  const Limits& limits() const { return context_->options.limits; }
  const std::shared_ptr<const Peer>& peer() const { return peer_; }
  void Decide(Stream& stream);
  /// Decides that the stream's handler starts, or has it wait while answers do.
  void Admit(Stream& stream);
  AnswerBacklog& backlog() { return backlog_; }
  WriteBatch& batch() { return batch_; }
  void FlushLater();
  void PostTurn();
  Turns& turns() { return turns_; }
  void AddDeadline(lane::Clock::time_point time, Stream& stream);
  void RemoveDeadline(lane::Clock::time_point time, Stream& stream);
  HeldRequests& held() { return held_; }
  std::size_t calls() const { return streams_.size(); }

 private:
  void EndTurn();
  void Unclog();
  void TellWindows();
  void Flush();
  bool Write(Follows follows);
  bool Gather();
  void ReadMore();
  void Digest();
  void Pause();
  void FinishDrainNotice();
  void Linger();
  void Refuse();
  void SetPhaseLimit(std::chrono::milliseconds limit);
  void ArmTimer();
  void LiveOn();
  void ArmSweep(lane::Clock::duration after);
  void Sweep();

  std::shared_ptr<SessionContext> context_;
  std::unique_ptr<Transport> transport_;
  std::shared_ptr<const Peer> peer_;
  std::function<void()> on_closed_;
  nghttp2_session* h2_ = nullptr;
  Intake intake_;
  lane::Clock::time_point now_;
  WriteBatch batch_;
  bool read_under_way_ = false;
  bool write_under_way_ = false;
  bool turn_posted_ = false;
  int turn_depth_ = 0;
  bool closed_ = false;

  enum class Phase { kHandshake, kServing, kDrainNotice, kDraining, kRefused, kLingering };
  Phase phase_ = Phase::kHandshake;
  // Whether nothing more is taken off the connection: what floods us costs nothing from then on.
  bool deaf_ = false;
  // Whether the caller's SETTINGS have come.
  bool greeted_ = false;
  std::optional<lane::Clock::time_point> phase_end_;
  std::optional<lane::Clock::time_point> write_end_;
  std::optional<lane::Clock::time_point> sweep_at_;
  std::optional<lane::Clock::time_point> read_on_at_;
  Deadlines deadlines_;
  ConnectionLife life_;
  Alarm alarm_;
  absl::flat_hash_set<Stream*> streams_;
  Turns turns_;
  CutStreams cut_streams_;
  HeldRequests held_;
  AnswerBacklog backlog_;
  Conduct conduct_;
};

}  // namespace scoregate::rpc
