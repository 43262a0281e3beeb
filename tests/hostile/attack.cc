#include "tests/hostile/attack.h"

#include <algorithm>
#include <map>

namespace scoregate::hostile {
namespace {

std::string_view ValueOf(const rpc::Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

bool IsDecided(const Answer& answer) {
  return answer.ended || answer.reset;
}

std::string Describe(const Answer& answer) {
  std::string_view status = ValueOf(answer.fields, ":status");
  std::string_view code = ValueOf(answer.fields, "grpc-status");
  if (!code.empty()) return "grpc-status " + std::string(code);
  if (answer.ended) return "HTTP " + std::string(status);
  if (answer.reset) return std::string("RST_STREAM ") + nghttp2_http2_strerror(*answer.reset);
  return "no answer";
}

}  // namespace

std::unique_ptr<Peer> Field::Connect() {
  return std::make_unique<Peer>(address_);
}

std::unique_ptr<Peer> Field::Open(
    const std::vector<std::pair<std::uint16_t, std::uint32_t>>& settings) {
  auto peer = std::make_unique<Peer>(address_);
  peer->Send(rpc::Preface(settings));
  peer->ReadUntil([&] { return peer->seen().settings_acks > 0; });
  return peer;
}

void WarmUp(Field& field) {
  constexpr std::size_t kConnections = 8;
  constexpr std::uint32_t kCalls = 4;
  constexpr std::size_t kRows = 5000;
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < kConnections; ++i) {
    peers.push_back(field.Open({{kInitialWindowSize, kLargestWindow}}));
    peers.back()->Send(WindowUpdate(0, kLargestWindow - 65'535));
  }
  for (std::uint32_t call = 0; call < kCalls; ++call) {
    for (auto& peer : peers) peer->Send(ScoreCall(2 * call + 1, kRows));
    for (auto& peer : peers) VerdictOn(*peer, 2 * call + 1);
  }
}

std::string Flood(Peer& peer, const std::string& chunk, std::size_t most_bytes) {
  for (std::size_t sent = 0; sent < most_bytes && !peer.closed(); sent += chunk.size()) {
    if (!peer.Send(chunk)) break;
    if (peer.seen().goaway) break;
  }
  return EndingOf(peer, Peer::Milliseconds(peer.seen().goaway ? 2000 : 300));
}

std::string EndingOf(Peer& peer, Peer::Milliseconds patience) {
  peer.ReadToEnd(patience);
  return peer.Ending();
}

std::string VerdictOn(Peer& peer, std::uint32_t stream) {
  bool decided =
      peer.ReadUntil([&] { return IsDecided(peer.answer(stream)) || peer.seen().goaway; });
  if (decided && IsDecided(peer.answer(stream))) return Describe(peer.answer(stream));
  if (peer.seen().goaway || peer.closed()) return EndingOf(peer);
  return "no answer";
}

std::string AfterThat(Peer& peer, std::uint32_t stream) {
  if (peer.closed() || peer.seen().goaway) return "; then " + EndingOf(peer);
  peer.Send(ScoreCall(stream));
  std::string verdict = VerdictOn(peer, stream);
  return verdict == "grpc-status 0" ? kServes : "; then " + verdict;
}

std::string Ask(Peer& peer, const std::string& frames, std::uint32_t stream) {
  peer.Send(frames);
  std::string verdict = VerdictOn(peer, stream);
  if (verdict == peer.Ending()) return verdict;
  return verdict + AfterThat(peer, stream + 2);
}

std::string Together(std::span<const std::string> endings) {
  std::map<std::string, std::size_t> counts;
  for (const std::string& ending : endings) ++counts[ending];
  if (counts.size() == 1) return counts.begin()->first;
  std::string text;
  for (const auto& [ending, count] : counts) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " x " + ending;
  }
  return text;
}

std::vector<Attack> AllAttacks() {
  std::vector<Attack> all;
  for (auto part : {StreamFloods, FrameFloods, HeaderAttacks, WindowAttacks, SlowAttacks,
                    RequestAttacks, ConnectionAttacks}) {
    for (const Attack& attack : part()) all.push_back(attack);
  }
  return all;
}

}  // namespace scoregate::hostile
