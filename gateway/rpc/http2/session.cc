#include "gateway/rpc/http2/session.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <utility>

#include "gateway/rpc/http2/callbacks.h"
#include "gateway/rpc/http2/headers.h"
#include "gateway/rpc/http2/session_turn.h"

namespace scoregate::rpc {
namespace {

using boost::system::error_code;

// Answers to PING and SETTINGS that may wait to be written: more than one read can ask for, after
// which the allowance of overhead has its say.
constexpr std::size_t kMaxOutboundAcks = 4000;
// The shortest time between two looks at the streams of a connection.
constexpr std::chrono::milliseconds kShortestSweep{2};
// Looks at many connections fall together, so that the lane wakes once for all of them.
using SweepGrid = std::chrono::duration<std::int64_t, std::centi>;
// How many late calls of a connection end in one step: a hundred that began together are late
// together, and ending one with all its details takes as long as a call.
constexpr int kLateAStep = 2;
// nghttp2's own limit on resets counts less than ours and answers INTERNAL_ERROR: out of the way.
constexpr std::uint64_t kNoResetLimit = std::uint64_t{1} << 60;
// No stream is late sooner than this after it was opened.
lane::Clock::duration SweepTime(const Limits& limits) {
  return std::min(limits.request_timeout, limits.answer_timeout);
}

nghttp2_session_callbacks* MakeCallbacks() {
  nghttp2_session_callbacks* callbacks = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) std::abort();
  SetCallbacks(callbacks);
  return callbacks;
}

nghttp2_option* MakeOption() {
  nghttp2_option* option = nullptr;
  if (nghttp2_option_new(&option) != 0) std::abort();
  nghttp2_option_set_no_auto_window_update(option, 1);
  nghttp2_option_set_max_outbound_ack(option, kMaxOutboundAcks);
  nghttp2_option_set_stream_reset_rate_limit(option, kNoResetLimit, kNoResetLimit);
  return option;
}

}  // namespace

SessionContext::SessionContext(lane::Lane& on, Router routes, SessionsOptions given)
    : executor(on.executor()),
      aside(on.aside()),
      router(std::move(routes)),
      options(std::move(given)),
      alarms(std::make_shared<Alarms>(executor)),
      held(options.limits.max_lane_held_bytes),
      backlog(options.limits.max_lane_answer_backlog_bytes),
      callbacks(MakeCallbacks(), nghttp2_session_callbacks_del),
      option(MakeOption(), nghttp2_option_del) {}

Session::Session(std::shared_ptr<SessionContext> context, std::unique_ptr<Transport> transport,
                 std::shared_ptr<const Peer> peer)
    : context_(std::move(context)),
      transport_(std::move(transport)),
      peer_(std::move(peer)),
      life_(context_->options.connection, lane::Clock::now(),
            std::uniform_real_distribution<double>(-1, 1)(context_->random)),
      alarm_(context_->alarms, *this),
      turns_(*this),
      held_(limits(), context_->held),
      backlog_(limits(), context_->backlog),
      conduct_(limits(), lane::Clock::now()) {
  if (nghttp2_session_server_new2(&h2_, context_->callbacks.get(), this, context_->option.get())) {
    std::abort();
  }
}

Session::~Session() {
  nghttp2_session_del(h2_);
}

// Our SETTINGS leave with the answer to the caller's, which are on their way: one write, not two.
void Session::Start(std::function<void()> closed) {
  on_closed_ = std::move(closed);
  const std::array<nghttp2_settings_entry, 3> settings = {{
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits().max_concurrent_calls},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, limits().call_window_bytes},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE,
       static_cast<std::uint32_t>(limits().max_header_list_bytes)},
  }};
  nghttp2_submit_settings(h2_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(
      h2_, NGHTTP2_FLAG_NONE, 0, static_cast<std::int32_t>(limits().connection_window_bytes));
  SetPhaseLimit(limits().handshake_timeout);
  held_.Announced();
  ReadMore();
}

void Session::ReadMore() {
  read_under_way_ = true;
  transport_->Read(intake_.buffer(), shared_from_this());
}

void Session::OnRead(error_code error, std::size_t size) {
  read_under_way_ = false;
  if (closed_) return;
  Turn turn(*this);
  if (error) return Close();
  life_.OnBytes(now_);
  if (phase_ == Phase::kLingering) return transport_->WaitForEnd(shared_from_this());
  if (deaf_) return;
  intake_.Begin(size);
  const bool allowed = conduct_.Read(intake_.left(), now_);
  // What is beyond the allowance is not even digested; but before its SETTINGS it may be no HTTP/2
  // at all, which only nghttp2 can tell.
  if (allowed || !greeted_) Digest();
  CalmUnless(allowed);
}

// What nghttp2 gives up on after the SETTINGS is a flood, too, such as one of CONTINUATION.
void Session::Digest() {
  // Much may have happened since the last piece.
  if (closed_ || deaf_ || phase_ == Phase::kLingering) return;
  intake_.BeginPiece(conduct_.HasResets() || conduct_.IsStrained());
  const ssize_t digested =
      nghttp2_session_mem_recv(h2_, intake_.left().data(), intake_.left().size());
  if (digested < 0 && !greeted_) return Refuse();
  if (digested < 0) CalmDown();
  if (deaf_ || closed_) return;
  const bool all = intake_.Digested(static_cast<std::size_t>(digested));
  if (conduct_.NeedsPause()) return Pause();
  if (all) return ReadMore();
  boost::asio::post(context_->executor, [self = shared_from_this()] {
    Turn turn(*self);
    self->Digest();
  });
}

void Session::Pause() {
  read_on_at_ = now_ + limits().reset_pause;
  ArmTimer();
}

void Session::OnWritten(error_code error) {
  write_under_way_ = false;
  write_end_.reset();
  if (closed_) return;
  {
    Turn turn(*this);
    if (error) return Close();
    if (phase_ == Phase::kRefused) return Linger();
    std::vector<StreamReference> held_up = batch_.TakeHeldUp();
    for (const StreamReference& stream : held_up) {
      if (stream->session_ != nullptr) stream->ResumeData();
    }
  }
  if (!write_under_way_) batch_.Shrink();
}

void Session::EndTurn() {
  bool all = true;
  do {
    if (backlog_.HasCleared()) Unclog();
    // What is left waits for the turn that was posted, whatever comes on the connection meanwhile.
    all = (closed_ || !turn_posted_) && turns_.Run();
    TellWindows();
    Flush();
  } while (all && (!turns_.empty() || backlog_.HasCleared() || (!closed_ && held_.has_news())));
  if (!all) PostTurn();
}

void Session::TellWindows() {
  if (closed_) return;
  if (const std::optional<std::uint32_t> window = held_.NewCallWindow()) {
    const nghttp2_settings_entry entry{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, *window};
    nghttp2_submit_settings(h2_, NGHTTP2_FLAG_NONE, &entry, 1);
    held_.Announced();
  }
  if (const std::size_t kept = held_.TakeKeptBack(); kept > 0) GiveBack(kept);
  if (Stream* first = held_.TakeNewFirst(now_)) first->Consume();
  if (!held_.AllMayAsk()) return;
  for (Stream* stream : streams_) stream->Consume();
}

void Session::Unclog() {
  HeldBack held = backlog_.LetGo();
  if (closed_) return;
  GiveBack(held.window_bytes);
  for (Stream* stream : streams_) stream->Consume();
  for (Stream* stream : held.streams) turns_.Add(*stream);
}

bool Session::Gather() {
  std::vector<std::uint8_t>& output = batch_.gathered();
  while (!batch_.IsFull()) {
    const std::uint8_t* bytes = nullptr;
    ssize_t size = nghttp2_session_mem_send(h2_, &bytes);
    if (size < 0) return false;
    if (size == 0) return true;
    const std::size_t begin = output.size();
    output.insert(output.end(), bytes, bytes + size);
    std::vector<std::uint8_t>& late_fields = batch_.late_fields();
    if (!late_fields.empty()) LengthenFrame(begin, late_fields, output);
    late_fields.clear();
  }
  return true;
}

void Session::Flush() {
  if (closed_ || write_under_way_ || phase_ == Phase::kLingering) return;
  if (!Gather()) return Close();
  const bool last = !nghttp2_session_want_read(h2_) && !nghttp2_session_want_write(h2_);
  if (!Write(last ? Follows::kEnd : Follows::kMore)) return;
  if (last) Linger();
}

// Writes what was gathered; false where that takes a while and OnWritten will tell. A full batch
// goes that way in any case: what follows it must not keep the other connections waiting.
bool Session::Write(Follows follows) {
  if (batch_.gathered().empty()) return true;
  std::size_t left = batch_.IsFull() ? 0 : transport_->WriteNow(batch_.gathered(), follows);
  if (left == batch_.gathered().size()) {
    batch_.Clear();
    batch_.Shrink();
    return true;
  }
  write_under_way_ = true;
  transport_->Write(batch_.Seal(left), shared_from_this());
  write_end_ = lane::Clock::now() + limits().answer_timeout;
  ArmTimer();
  return false;
}

void Session::FlushLater() {
  if (turn_depth_ == 0 && !closed_) PostTurn();
}

void Session::PostTurn() {
  if (std::exchange(turn_posted_, true)) return;
  boost::asio::post(context_->executor, [self = shared_from_this()] {
    self->turn_posted_ = false;
    self->turns_.BeginNext();
    Turn turn(*self);
  });
}

void Session::Decide(Stream& stream) {
  turns_.Add(stream);
  FlushLater();
}

void Session::Admit(Stream& stream) {
  if (!backlog_.HoldBack(stream)) Decide(stream);
}

void Session::GiveBack(std::size_t bytes) {
  if (held_.KeepBack(bytes) || backlog_.KeepBack(bytes)) return;
  nghttp2_session_consume_connection(h2_, bytes);
}

void Session::Close() {
  if (closed_) return;
  auto self = shared_from_this();
  Turn turn(*this);
  closed_ = true;
  transport_->Close();
  alarm_.Silence();
  while (!streams_.empty()) {
    Stream& stream = **streams_.begin();
    nghttp2_session_set_stream_user_data(h2_, stream.id_, nullptr);
    CloseStream(stream, NGHTTP2_NO_ERROR);
  }
  if (on_closed_) std::exchange(on_closed_, nullptr)();
}

Stream* Session::OpenStream(std::int32_t id) {
  auto* stream = new Stream(*this, id);
  stream->AddReference();
  streams_.insert(stream);
  if (streams_.size() == 1) life_.OnCalls(1, now_);
  if (!sweep_at_) ArmSweep(SweepTime(limits()));
  return stream;
}

void Session::CloseStream(Stream& stream, std::uint32_t error) {
  // Not by the error alone: a caller may reset its calls with any code, and 0 is one.
  bool whole = nghttp2_session_get_stream_local_close(h2_, stream.id_) == 1;
  if (error == NGHTTP2_NO_ERROR && whole) {
    conduct_.Answered();
  } else {
    CalmUnless(conduct_.Reset(now_));
  }
  stream.OnClosed();
  streams_.erase(&stream);
  backlog_.Forget(stream);
  stream.ReleaseReference();
  if (!streams_.empty() || closed_) return;
  life_.OnCalls(0, now_);
  ArmTimer();
}

void Session::OnSettings() {
  const std::uint32_t window =
      nghttp2_session_get_remote_settings(h2_, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE);
  CalmUnless(conduct_.Settings(streams_.size(), window, now_));
  if (std::exchange(greeted_, true)) return;
  life_.OnGreeted(now_);
  if (phase_ == Phase::kHandshake) {
    phase_ = Phase::kServing;
    phase_end_.reset();
    // Or every connection would be woken once to find that its handshake is long over.
    alarm_.Silence();
  }
  ArmTimer();
}

void Session::AddDeadline(lane::Clock::time_point time, Stream& stream) {
  deadlines_.Add(time, &stream);
  ArmTimer();
}

void Session::RemoveDeadline(lane::Clock::time_point time, Stream& stream) {
  // The timer stays as it is and finds nothing to do: cheaper than setting it for every call.
  deadlines_.Remove(time, &stream);
}

void Session::SetPhaseLimit(std::chrono::milliseconds limit) {
  phase_end_ = lane::Clock::now() + limit;
  ArmTimer();
}

void Session::ArmTimer() {
  lane::Clock::time_point next = deadlines_.Next().value_or(lane::Clock::time_point::max());
  if (phase_end_) next = std::min(next, *phase_end_);
  if (write_end_) next = std::min(next, *write_end_);
  if (greeted_ && phase_ != Phase::kLingering) next = std::min(next, life_.Next());
  if (sweep_at_) next = std::min(next, *sweep_at_);
  if (read_on_at_) next = std::min(next, *read_on_at_);
  if (!closed_) alarm_.SetBy(next);
}

// One look at all streams now and then: cheaper than two more deadlines for every call.
void Session::ArmSweep(lane::Clock::duration after) {
  sweep_at_ = lane::Clock::now() + std::max<lane::Clock::duration>(after, kShortestSweep);
  if (after > kShortestSweep) sweep_at_ = std::chrono::ceil<SweepGrid>(*sweep_at_);
  ArmTimer();
}

void Session::Sweep() {
  sweep_at_.reset();
  std::vector<StreamReference> streams;
  for (Stream* stream : streams_) streams.emplace_back(stream);
  int ended = 0;
  for (const StreamReference& stream : streams) {
    if (ended == kLateAStep) return ArmSweep(kShortestSweep);
    if (stream->OnSweep(now_)) ++ended;
  }
  if (!streams_.empty()) ArmSweep(SweepTime(limits()) / 4);
}

void Session::OnAlarm() {
  Turn turn(*this);
  alarm_.Forget();
  if (write_end_ && *write_end_ <= now_) return Close();
  for (int ended = 0; ended < kLateAStep; ++ended) {
    Stream* stream = deadlines_.FindDue(now_);
    if (stream == nullptr) break;
    stream->OnDeadline();
  }
  if (sweep_at_ && *sweep_at_ <= now_) Sweep();
  if (read_on_at_ && *read_on_at_ <= now_) {
    read_on_at_.reset();
    Digest();
  }
  if (phase_end_ && *phase_end_ <= now_) {
    phase_end_.reset();
    if (phase_ != Phase::kDrainNotice) return Close();
    FinishDrainNotice();
  }
  LiveOn();
  ArmTimer();
}

}  // namespace scoregate::rpc
