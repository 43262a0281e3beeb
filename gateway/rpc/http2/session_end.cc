// The half of a Session that ends it: drained, too old, idle, silent, or told to calm down.
#include <algorithm>
#include <array>
#include <string_view>

#include "gateway/rpc/http2/session_turn.h"

namespace scoregate::rpc {
namespace {

// How long a caller may take to answer the PING between the two steps of a drain.
constexpr std::chrono::milliseconds kDrainNoticeLimit{1000};
// How long we wait for the caller to close after our last byte, so that it sees that before the
// reset which answers what we have not read.
constexpr std::chrono::milliseconds kLingerLimit{1000};
constexpr std::array<std::uint8_t, 8> kDrainPing = {'d', 'r', 'a', 'i', 'n', 0, 0, 0};
constexpr std::array<std::uint8_t, 8> kKeepalivePing = {'a', 'l', 'i', 'v', 'e', 0, 0, 0};
// What gRPC's callers know, and then ping less often.
constexpr std::string_view kTooManyPings = "too_many_pings";
// To a person with a browser or curl, or a probe that was set up for another port.
constexpr std::string_view kNoHttp1 =
    "HTTP/1.1 505 HTTP Version Not Supported\r\nContent-Type: text/plain\r\n"
    "Content-Length: 51\r\nConnection: close\r\n\r\n"
    "This port speaks gRPC over HTTP/2 without Upgrade.\n";
constexpr std::string_view kHttp1Mark = " HTTP/1.";

// Whether that begins with the first line of a request of HTTP/1.
bool BeginsHttp1(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
  return line.size() < bytes.size() && line.find(kHttp1Mark) != line.npos;
}

}  // namespace

void Session::Linger() {
  phase_ = Phase::kLingering;
  transport_->EndWriting();
  if (!read_under_way_) transport_->WaitForEnd(shared_from_this());
  SetPhaseLimit(kLingerLimit);
}

// To what is no HTTP at all nothing can be said.
void Session::Refuse() {
  if (!BeginsHttp1(intake_.text())) return Close();
  phase_ = Phase::kRefused;
  deaf_ = true;
  SetPhaseLimit(kLingerLimit);
  batch_.gathered().assign(kNoHttp1.begin(), kNoHttp1.end());
  if (Write(Follows::kEnd)) Linger();
}

void Session::BeginDrain() {
  if (closed_ || (phase_ != Phase::kHandshake && phase_ != Phase::kServing)) return;
  Turn turn(*this);
  phase_ = Phase::kDrainNotice;
  nghttp2_submit_shutdown_notice(h2_);
  nghttp2_submit_ping(h2_, NGHTTP2_FLAG_NONE, kDrainPing.data());
  SetPhaseLimit(kDrainNoticeLimit);
}

void Session::OnPingAck(std::span<const std::uint8_t> payload) {
  if (phase_ == Phase::kDrainNotice && std::ranges::equal(payload, kDrainPing)) FinishDrainNotice();
}

void Session::FinishDrainNotice() {
  // Nobody waits for the rest of a handshake, which has no calls.
  if (!greeted_) return Close();
  phase_ = Phase::kDraining;
  phase_end_.reset();
  nghttp2_submit_goaway(h2_, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(h2_),
                        NGHTTP2_NO_ERROR, nullptr, 0);
}

void Session::CutCalls(const char* why) {
  if (closed_ || phase_ == Phase::kLingering) return;
  Turn turn(*this);
  std::vector<StreamReference> streams;
  for (Stream* stream : streams_) streams.emplace_back(stream);
  for (const StreamReference& stream : streams) {
    stream->Fail({http::FaultKind::kShuttingDown, why});
  }
  if (phase_ != Phase::kDraining) FinishDrainNotice();
  // A caller that does not read its answers must not keep us here.
  SetPhaseLimit(kLingerLimit);
}

void Session::CalmDown() {
  if (closed_ || deaf_ || phase_ == Phase::kLingering) return;
  nghttp2_session_terminate_session(h2_, NGHTTP2_ENHANCE_YOUR_CALM);
  phase_ = Phase::kDraining;
  deaf_ = true;
  // One that does not read what we say must not keep us here.
  SetPhaseLimit(kLingerLimit);
}

void Session::OnPing() {
  if (life_.OnPing(now_) || phase_ == Phase::kLingering) return;
  nghttp2_submit_goaway(h2_, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(h2_),
                        NGHTTP2_ENHANCE_YOUR_CALM,
                        reinterpret_cast<const std::uint8_t*>(kTooManyPings.data()),
                        kTooManyPings.size());
  phase_ = Phase::kDraining;
  SetPhaseLimit(kLingerLimit);
}

// Does what the connection's age, idleness or silence asks for.
void Session::LiveOn() {
  while (greeted_ && !closed_ && phase_ != Phase::kLingering) {
    switch (life_.Take(now_)) {
      case ConnectionLife::Due::kNothing:
        return;
      case ConnectionLife::Due::kPing:
        nghttp2_submit_ping(h2_, NGHTTP2_FLAG_NONE, kKeepalivePing.data());
        break;
      case ConnectionLife::Due::kGone:
        return Close();
      case ConnectionLife::Due::kDrain:
        BeginDrain();
        break;
      case ConnectionLife::Due::kCut:
        CutCalls("The connection has reached its greatest age.");
        break;
    }
  }
}

}  // namespace scoregate::rpc
