// Connections in numbers, and connections that are no HTTP/2.
#include "tests/hostile/attack.h"

namespace scoregate::hostile {
namespace {

std::string SayAndClose(Field& field, const std::string& bytes) {
  auto peer = field.Connect();
  peer->Send(bytes);
  return EndingOf(*peer);
}

std::string Garbage(Field& field) {
  std::string bytes;
  std::uint32_t state = 12'345;
  for (int i = 0; i < 100'000; ++i) {
    state = state * 1'103'515'245 + 12'345;
    bytes.push_back(static_cast<char>(state >> 16));
  }
  return SayAndClose(field, bytes);
}

std::string GarbageAfterPreface(Field& field) {
  auto peer = field.Open();
  peer->Send(std::string(1000, '\xa5'));
  return EndingOf(*peer);
}

std::string Http1(Field& field) {
  return SayAndClose(field, "POST /scoring.v1.ScoringService/Score HTTP/1.1\r\nHost: x\r\n\r\n");
}

std::string Upgrade(Field& field) {
  return SayAndClose(field,
                     "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                     "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
}

std::string ClientHello(Field& field) {
  return SayAndClose(field,
                     std::string("\x16\x03\x01\x02\0\1\0\1\xfc\3\3", 11) + std::string(500, 'r'));
}

std::string ConnectAndClose(Field& field) {
  for (std::size_t i = 0; i < field.scale().connections; ++i) field.Connect();
  auto peer = field.Open();
  return "left alone" + AfterThat(*peer, 1);
}

/// That many connections with preface and SETTINGS, all open at a time. One in a hundred is asked
/// whether it serves: what a call costs is not what a connection costs.
std::string HoldIdle(Field& field, std::size_t count) {
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::size_t i = 0; i < count; ++i) {
    peers.push_back(field.Open());
    if (!peers.back()->connected()) return "not connected";
  }
  field.Holding(count);
  field.on_peak();
  std::vector<std::string> endings;
  constexpr std::size_t kAskedOneIn = 100;
  bool serves = true;
  for (std::size_t i = 0; i < peers.size(); ++i) {
    peers[i]->ReadUntil([] { return false; }, Peer::Milliseconds(0));
    endings.push_back(peers[i]->Ending());
    if (i % kAskedOneIn == 0) serves = serves && AfterThat(*peers[i], 1) == kServes;
  }
  return Together(endings) + (serves ? kServes : "; some do not serve");
}

std::string Idle(Field& field) {
  return HoldIdle(field, std::min<std::size_t>(field.scale().many_connections, 1000));
}

std::string ManyOpen(Field& field) {
  return HoldIdle(field, field.scale().many_connections);
}

}  // namespace

std::vector<Attack> ConnectionAttacks() {
  return {
      {"garbage", "RFC 9113, 3.4", Kind::kFlood, "closed", Garbage},
      {"garbage after the preface", "RFC 9113, 4.2", Kind::kFlood, "GOAWAY FRAME_SIZE_ERROR",
       GarbageAfterPreface},
      {"HTTP/1.1", "RFC 9113, 3.4", Kind::kFlood, "closed", Http1},
      {"HTTP/1.1 with Upgrade: h2c", "RFC 9113, 3.1", Kind::kFlood, "closed", Upgrade},
      {"TLS to a plain port", "RFC 9113, 3.2", Kind::kFlood, "closed", ClientHello},
      {"connect and close", "CVE-2023-4785", Kind::kFlood, "left alone; connection serves",
       ConnectAndClose},
      {"1,000 idle connections", "CVE-2020-8663", Kind::kHold, "open; connection serves", Idle},
      {"10,000 open connections", "CVE-2020-8663", Kind::kHold, "open; connection serves",
       ManyOpen},
  };
}

}  // namespace scoregate::hostile
