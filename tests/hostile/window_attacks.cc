// Answers that are asked for and not taken.
#include <algorithm>

#include "tests/hostile/attack.h"

namespace scoregate::hostile {
namespace {

constexpr char kCancelled[] = "RST_STREAM CANCEL";

constexpr std::uint32_t kStreams = 100;
// A table whose answer is more than the first window of a connection carries.
constexpr std::size_t kManyRows = 5000;

std::string CallsOn(std::uint32_t streams, std::size_t rows) {
  std::string frames;
  for (std::uint32_t i = 0; i < streams; ++i) frames += ScoreCall(2 * i + 1, rows);
  return frames;
}

/// The endings of all streams of several connections that take nothing.
std::string StreamEndings(Field& field, std::vector<std::unique_ptr<Peer>>& peers,
                          std::uint32_t streams) {
  field.Holding(peers.size());
  // All that comes unasked has come.
  peers.back()->ReadUntil([] { return false; }, Peer::Milliseconds(300));
  field.on_peak();
  std::vector<std::string> endings;
  auto until = Peer::Clock::now() + 2 * Peer::kPatience;
  for (auto& peer : peers) {
    for (std::uint32_t i = 0; i < streams; ++i) {
      Answer& answer = peer->answer(2 * i + 1);
      peer->ReadUntil([&] { return answer.ended || answer.reset; },
                      std::chrono::ceil<Peer::Milliseconds>(until - Peer::Clock::now()));
      bool reset = answer.reset.has_value();
      endings.push_back(reset ? std::string("RST_STREAM ") + nghttp2_http2_strerror(*answer.reset)
                              : (answer.ended ? "answered" : peer->Ending()));
    }
  }
  std::vector<std::string> after;
  for (auto& peer : peers) after.push_back(AfterThat(*peer, 2 * streams + 1));
  return Together(endings) + Together(after);
}

std::string Unserved(std::string text) {
  // A connection whose window is closed cannot be served, and stays.
  return text.substr(0, text.find(';'));
}

std::string ZeroWindow(Field& field) {
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < field.scale().connections; ++i) {
    peers.push_back(field.Open({{kInitialWindowSize, 0}}));
    peers.back()->Send(CallsOn(kStreams, 1));
  }
  return Unserved(StreamEndings(field, peers, kStreams));
}

std::string OneByteWindow(Field& field) {
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < field.scale().connections; ++i) {
    peers.push_back(field.Open({{kInitialWindowSize, 1}}));
    peers.back()->Send(CallsOn(kStreams, 1));
  }
  return Unserved(StreamEndings(field, peers, kStreams));
}

std::string DribbledWindow(Field& field) {
  auto peer = field.Open({{kInitialWindowSize, 1}});
  peer->Send(CallsOn(kStreams, 1));
  auto until = Peer::Clock::now() + Peer::Milliseconds(2000);
  // A byte a stream and round: 22 frames of one byte would carry the answer.
  while (Peer::Clock::now() < until && !peer->closed()) {
    std::string frames;
    for (std::uint32_t i = 0; i < kStreams; ++i) frames += WindowUpdate(2 * i + 1, 1);
    if (!peer->Send(frames)) break;
    if (peer->seen().goaway) break;
  }
  return EndingOf(*peer, Peer::Milliseconds(300));
}

/// Every answer has begun to leave when its window, used up, becomes negative (RFC 9113, 6.9.2).
std::string ShrunkWindow(Field& field) {
  constexpr std::uint32_t kCalls = 10;
  // Less than an answer, or an answer that is quicker than the SETTINGS leaves whole.
  constexpr std::uint32_t kWindow = 100;
  std::vector<std::unique_ptr<Peer>> peers;
  Peer& peer = *peers.emplace_back(field.Open({{kInitialWindowSize, kWindow}}));
  peer.Send(CallsOn(kCalls, 100));
  for (std::uint32_t i = 0; i < kCalls; ++i) {
    Answer& answer = peer.answer(2 * i + 1);
    if (!peer.ReadUntil([&] { return answer.data_bytes == kWindow || answer.reset; })) {
      return "no answer began";
    }
  }
  peer.Send(Settings(Setting(kInitialWindowSize, 0)));
  return Unserved(StreamEndings(field, peers, kCalls));
}

/// Connections whose callers open all windows, ask for much again and again, and take nothing off.
std::string SlowReader(Field& field) {
  constexpr std::size_t kConnections = 5;
  // Many more than what the buffers of both systems take off the gateway.
  constexpr std::uint32_t kCalls = 60;
  // A call is answered before the next one: what is measured are answers, not calls under way.
  constexpr Peer::Milliseconds kPause{60};
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < kConnections; ++i) {
    auto& peer = peers.emplace_back(field.Connect());
    peer->ShrinkReceiveBuffer();
    peer->Send(rpc::Preface({{kInitialWindowSize, kLargestWindow}}) +
               WindowUpdate(0, kLargestWindow - 65'535));
    peer->StopReading();
  }
  field.Holding(kConnections);
  auto open = [](const auto& peer) { return !peer->closed(); };
  for (std::uint32_t i = 0; i < kCalls && std::ranges::any_of(peers, open); ++i) {
    std::string call = ScoreCall(2 * i + 1, kManyRows);
    for (auto& peer : peers) peer->Send(call);
    field.on_peak();
    Peer::Pause(kPause);
  }
  auto until = Peer::Clock::now() + 2 * Peer::kPatience;
  std::vector<std::string> endings;
  for (auto& peer : peers) {
    // Probes, until the gateway has let go of the connection.
    while (Peer::Clock::now() < until && peer->Send(WindowUpdate(1, 1))) {
      field.on_peak();
      Peer::Pause(Peer::Milliseconds(20));
    }
    endings.push_back(peer->closed() ? "closed" : "open");
  }
  return Together(endings);
}

std::string ConnectionWindowShut(Field& field) {
  auto peer = field.Open();
  peer->Send(CallsOn(4, kManyRows));
  std::vector<std::unique_ptr<Peer>> peers;
  peers.push_back(std::move(peer));
  return Unserved(StreamEndings(field, peers, 4));
}

// One in so many of the connections of other rows: several, or what the process keeps of the first
// would be taken for theirs.
constexpr std::size_t kCloggedOneIn = 5;

/// A connection for whose answers its window has no room, and which calls once more.
class Clogged {
 public:
  // The connection's first window takes 64 KiB of this, and more than the backlog stays.
  static constexpr std::uint32_t kWaiting = 4;

  explicit Clogged(Field& field) : peer_(field.Open({{kInitialWindowSize, kLargestWindow}})) {}

  /// One of the calls whose answers will wait.
  void Call(std::uint32_t which) { peer_->Send(ScoreCall(2 * which + 1, kManyRows)); }
  /// Reads until its answer begins.
  void ReadHead(std::uint32_t which) {
    peer_->ReadUntil([&] { return !peer_->answer(2 * which + 1).fields.empty(); });
  }
  /// Neither begins: the one has its deadline, the other is served when the answers were taken.
  void CallOnceMore() {
    peer_->Send(CallOf(kLate, rpc::RequestFields(kScorePath, {{"grpc-timeout", "50m"}})) +
                ScoreCall(kLate + 2));
  }
  std::string Ending() {
    std::string verdict = VerdictOn(*peer_, kLate);
    if (peer_->answer(kLate + 2).ended) return "the call began";
    peer_->Send(WindowUpdate(0, kLargestWindow - 65'535));
    return verdict + ", then " + VerdictOn(*peer_, kLate + 2) + AfterThat(*peer_, kLate + 4);
  }

 private:
  static constexpr std::uint32_t kLate = 2 * kWaiting + 1;

  std::unique_ptr<Peer> peer_;
};

/// One waiting call after another: the row is about answers that wait, and a call of 160 KiB takes
/// what it takes. `hurried`: they run at the same time, which takes less time and more memory.
std::string CallBehindWaitingAnswers(Field& field, bool hurried) {
  std::vector<Clogged> connections;
  const std::size_t clogged = std::max<std::size_t>(1, field.scale().connections / kCloggedOneIn);
  for (std::size_t i = 0; i < clogged; ++i) connections.emplace_back(field);
  field.Holding(clogged);
  for (std::uint32_t i = 0; i < Clogged::kWaiting; ++i) {
    for (Clogged& connection : connections) connection.Call(i);
    if (hurried) continue;
    for (Clogged& connection : connections) connection.ReadHead(i);
  }
  for (std::uint32_t i = 0; i < Clogged::kWaiting; ++i) {
    for (Clogged& connection : connections) connection.ReadHead(i);
  }
  Peer::Pause(Peer::Milliseconds(20));
  for (Clogged& connection : connections) connection.CallOnceMore();
  std::vector<std::string> endings;
  for (Clogged& connection : connections) endings.push_back(connection.Ending());
  return Together(endings);
}

// On a busy machine the answers may not be there yet when the late call comes, or the first are
// given up on before the last is there; then it begins, and its own answer waits with the others.
// That shows nothing, and is tried again.
std::string CallsWhileAnswersWait(Field& field) {
  constexpr int kChances = 5;
  std::string ending;
  for (int i = 0; i < kChances; ++i) {
    ending = CallBehindWaitingAnswers(field, i > 0);
    if (ending.find(kCancelled) == std::string::npos) break;
  }
  return ending;
}

}  // namespace

std::vector<Attack> WindowAttacks() {
  return {
      {"windows of zero, 100 answers waiting", "CVE-2019-9517", Kind::kCalls, kCancelled,
       ZeroWindow},
      {"windows of one byte, never opened", "CVE-2019-9517", Kind::kCalls, kCancelled,
       OneByteWindow},
      {"windows opened by one byte at a time", "CVE-2019-9511", Kind::kCalls,
       "GOAWAY ENHANCE_YOUR_CALM", DribbledWindow},
      {"windows shut while answers leave", "CVE-2019-9517", Kind::kCalls, kCancelled, ShrunkWindow},
      {"calls while answers wait", "CVE-2019-9517", Kind::kRequest,
       "grpc-status 4, then grpc-status 0; connection serves", CallsWhileAnswersWait},
      {"the connection's window never opened", "CVE-2019-9517", Kind::kCalls, kCancelled,
       ConnectionWindowShut},
  };
}

std::vector<Attack> HeavyAttacks() {
  return {{"slow read: answers never taken off TCP", "CVE-2020-12604", Kind::kCalls, "closed",
           SlowReader}};
}

}  // namespace scoregate::hostile
