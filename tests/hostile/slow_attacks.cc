// Peers that begin and do not go on.
#include <algorithm>
#include <array>

#include "tests/hostile/attack.h"

namespace scoregate::hostile {
namespace {

constexpr Peer::Milliseconds kDrip{20};
constexpr std::uint32_t kStreams = 100;

/// On connections that have begun `drip` goes out, a byte at a time, until the gateway has had
/// enough. What cuts a frame leaves a connection that cannot be asked afterwards.
std::string DripOn(std::vector<std::unique_ptr<Peer>>& peers, Field& field, const std::string& drip,
                   bool cuts_a_frame = false) {
  field.Holding(peers.size());
  auto until = Peer::Clock::now() + Peer::kPatience;
  std::size_t sent = 0;
  for (; Peer::Clock::now() < until && !peers[0]->closed(); ++sent) {
    for (auto& peer : peers) {
      if (!peer->closed() && sent < drip.size()) peer->Send(drip.substr(sent, 1));
    }
    peers[0]->ReadUntil([] { return false; }, kDrip);
    if (sent == 5) field.on_peak();
    if (peers[0]->seen().answers.contains(1)) break;
  }
  std::vector<std::string> endings;
  for (auto& peer : peers) {
    peer->ReadUntil([&] { return peer->seen().goaway || peer->answer(1).ended; },
                    Peer::Milliseconds(3000));
    endings.push_back(peer->closed() || peer->seen().goaway
                          ? EndingOf(*peer)
                          : VerdictOn(*peer, 1) +
                                (cuts_a_frame ? "" : AfterThat(*peer, 2 * kStreams + 1)));
  }
  return Together(endings);
}

std::vector<std::unique_ptr<Peer>> ConnectAll(std::size_t connections, Field& field,
                                              const std::string& start) {
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < connections; ++i) {
    peers.push_back(field.Connect());
    peers.back()->Send(start);
  }
  return peers;
}

/// Connections that all begin with the same bytes.
std::string Drip(Field& field, const std::string& start, const std::string& drip,
                 bool cuts_a_frame = false) {
  auto peers = ConnectAll(field.scale().connections, field, start);
  return DripOn(peers, field, drip, cuts_a_frame);
}

std::string Silence(Field& field) {
  return Drip(field, "", "");
}

std::string SlowPreface(Field& field) {
  return Drip(field, "",
              std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").substr(0, 20) + std::string(0, 'x'));
}

std::string NoSettings(Field& field) {
  return Drip(field, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "");
}

std::string SlowHead(Field& field) {
  std::string head = Headers(1,
                             FirstBlock() + std::string(1, '\0') + HpackString("x-slow") +
                                 HpackString(std::string(4000, 'x')),
                             rpc::kEndHeaders);
  return Drip(field, rpc::Preface(), head, true);
}

std::string SlowContinuation(Field& field) {
  return Drip(field, rpc::Preface() + Headers(1, FirstBlock(), rpc::kNoFlags), "");
}

std::string SlowBody(Field& field) {
  return Drip(field, rpc::Preface() + rpc::RequestHeaders(1, kScorePath),
              rpc::Data(1, std::string("\0\0\x10\0\0", 5) + std::string(4000, 'x')), true);
}

std::string SlowFrames(Field& field) {
  std::string frames = rpc::Data(1, std::string("\0\0\x10\0\0", 5));
  for (int i = 0; i < 1000; ++i) frames += rpc::Data(1, "x");
  return Drip(field, rpc::Preface() + rpc::RequestHeaders(1, kScorePath), frames, true);
}

std::string NeverEnding(Field& field) {
  return Drip(field,
              rpc::Preface() + rpc::RequestHeaders(1, kScorePath) + rpc::Data(1, ScoreMessage()),
              "");
}

/// A connection's first bytes, with the heads of a hundred calls.
std::string ManyHeads() {
  std::string heads = rpc::Preface();
  for (std::uint32_t i = 0; i < kStreams; ++i) {
    heads += Headers(2 * i + 1, i == 0 ? FirstBlock() : LaterBlock(), rpc::kEndHeaders);
  }
  return heads;
}

std::string ManyHeadsOnly(Field& field) {
  return Drip(field, ManyHeads(), "");
}

// What is sent of each message of 4 MiB: as much as the first window of a call takes.
constexpr std::size_t kHalfBytes = 60'000;

std::string Half() {
  return std::string("\0\0\x3f\0\0", 5) + std::string(kHalfBytes, 'x');
}

/// Sends on all calls of one connection what its windows allow, as a library of HTTP/2 does.
class Halves {
 public:
  explicit Halves(Peer& peer) : peer_(peer) {}

  /// Whether anything could be sent.
  bool Send() {
    for (; acknowledged_ < peer_.seen().settings_frames; ++acknowledged_) {
      peer_.Send(rpc::Frame(rpc::FrameType::kSettings, rpc::kAck, 0, ""));
    }
    bool any = false;
    for (std::uint32_t i = 0; i < kStreams; ++i) any = SendOn(i) || any;
    return any;
  }

 private:
  static std::int64_t Added(const Skimmer& seen, std::uint32_t stream) {
    auto found = seen.windows.find(stream);
    return found == seen.windows.end() ? 0 : found->second;
  }

  bool SendOn(std::uint32_t call) {
    static const std::string half = Half();
    const Skimmer& seen = peer_.seen();
    const std::uint32_t id = 2 * call + 1;
    const std::int64_t size = std::min({static_cast<std::int64_t>(half.size()) - sent_[call],
                                        static_cast<std::int64_t>(rpc::kMaxFrameBytes),
                                        seen.first_window + Added(seen, id) - sent_[call],
                                        kFirstWindow + Added(seen, 0) - total_});
    if (size <= 0) return false;
    peer_.Send(rpc::Data(
        id, half.substr(static_cast<std::size_t>(sent_[call]), static_cast<std::size_t>(size))));
    sent_[call] += size;
    total_ += size;
    return true;
  }

  Peer& peer_;
  std::array<std::int64_t, kStreams> sent_{};
  std::int64_t total_ = 0;
  // The first by the preface.
  std::size_t acknowledged_ = 1;
};

std::string HalfMessagesOn(std::size_t connections, Field& field) {
  // For so long there may be more windows.
  constexpr Peer::Milliseconds kNoMore{50};
  auto peers = ConnectAll(connections, field, ManyHeads());
  std::vector<Halves> halves;
  for (auto& peer : peers) halves.emplace_back(*peer);
  for (auto last = Peer::Clock::now(); Peer::Clock::now() - last < kNoMore;) {
    for (std::size_t i = 0; i < peers.size(); ++i) {
      peers[i]->Take();
      if (halves[i].Send()) last = Peer::Clock::now();
    }
    peers[0]->ReadUntil([] { return false; }, Peer::Milliseconds(1));
  }
  return DripOn(peers, field, "");
}

std::string HalfMessages(Field& field) {
  return HalfMessagesOn(field.scale().connections, field);
}

std::string HalfMessagesOnMany(Field& field) {
  constexpr std::size_t kOneIn = 20;
  return HalfMessagesOn(field.scale().many_connections / kOneIn, field);
}

std::string HalfMessagesPastWindows(Field& field) {
  auto peer = field.Connect();
  std::string halves = ManyHeads();
  for (std::uint32_t i = 0; i < kStreams; ++i) {
    halves += InFrames(2 * i + 1, Half(), rpc::kNoFlags);
  }
  peer->Send(halves);
  return EndingOf(*peer);
}

std::string HalfClosed(Field& field) {
  // The caller half-closes every call and takes no answer: they end all the same.
  auto peer = field.Open();
  std::string frames;
  for (std::uint32_t i = 0; i < kStreams; ++i) frames += ScoreCall(2 * i + 1);
  return Ask(*peer, frames, 2 * kStreams - 1);
}

constexpr char kCalm[] = "GOAWAY ENHANCE_YOUR_CALM";
constexpr char kLate[] = "grpc-status 4; connection serves";

}  // namespace

std::vector<Attack> SlowAttacks() {
  return {
      {"slow loris: not a byte", "CVE-2007-6750", Kind::kHold, "closed", Silence},
      {"slow loris: preface by bytes", "CVE-2007-6750", Kind::kHold, "closed", SlowPreface},
      {"slow loris: preface, no SETTINGS", "CVE-2007-6750", Kind::kHold, "closed", NoSettings},
      {"slow loris: HEADERS by bytes", "CVE-2007-6750", Kind::kHold, kCalm, SlowHead},
      {"slow loris: CONTINUATION never comes", "CVE-2007-6750", Kind::kHold, kCalm,
       SlowContinuation},
      {"slow body: message by bytes", "CVE-2007-6750", Kind::kHold, "grpc-status 4", SlowBody},
      {"slow body: frames of one byte", "CVE-2020-12603", Kind::kHold, "grpc-status 4", SlowFrames},
      {"never-ending request", "CVE-2007-6750", Kind::kCalls, kLate, NeverEnding},
      {"100 calls that are only heads", "CVE-2007-6750", Kind::kCalls, kLate, ManyHeadsOnly},
      {"100 half messages of 4 MiB", "CVE-2019-9517", Kind::kCalls, kLate, HalfMessages},
      {"100 half messages, windows ignored", "RFC 9113, 5.2", Kind::kFlood,
       "GOAWAY FLOW_CONTROL_ERROR", HalfMessagesPastWindows},
      {"half messages on many connections", "CVE-2019-9517", Kind::kCalls, kLate,
       HalfMessagesOnMany},
      {"100 half-closed calls at once", "RFC 9113, 5.1", Kind::kRequest,
       "grpc-status 0; connection serves", HalfClosed},
  };
}

}  // namespace scoregate::hostile
