// Streams that are opened to be thrown away, by either end.
#include "tests/hostile/attack.h"

namespace scoregate::hostile {
namespace {

constexpr std::uint32_t kStreamsAChunk = 50;
constexpr std::uint32_t kMostStreams = 20'000;
constexpr std::uint8_t kWhole = rpc::kEndHeaders | rpc::kEndStream;

/// Streams that are opened again and again.
struct StreamFlood {
  std::string first_block = FirstBlock();
  std::string block = LaterBlock();
  std::uint8_t flags = rpc::kEndHeaders;
  /// What follows the head.
  std::string (*what)(std::uint32_t stream) = [](std::uint32_t) { return std::string(); };
  /// Whether the gateway resets the streams: then no more are open than it allows.
  bool waits = false;
};

std::string Run(Field& field, const StreamFlood& flood) {
  auto peer = field.Open();
  peer->Send(Headers(1, flood.first_block, rpc::kEndHeaders) + rpc::Reset(1));
  for (std::uint32_t stream = 3; stream < 2 * kMostStreams && !peer->seen().goaway;) {
    std::string chunk;
    for (std::uint32_t i = 0; i < kStreamsAChunk; ++i, stream += 2) {
      chunk += Headers(stream, flood.block, flood.flags) + flood.what(stream);
    }
    if (!peer->Send(chunk)) break;
    if (!flood.waits) continue;
    Answer& last = peer->answer(stream - 2);
    peer->ReadUntil([&] { return last.reset || peer->seen().goaway; });
  }
  return EndingOf(*peer, Peer::Milliseconds(2000));
}

std::string RapidReset(Field& field) {
  return Run(field, {.what = [](std::uint32_t stream) { return rpc::Reset(stream); }});
}

std::string RapidResetWithoutError(Field& field) {
  return Run(field, {.what = [](std::uint32_t s) { return rpc::Reset(s, NGHTTP2_NO_ERROR); }});
}

std::string RapidResetOfWholeCalls(Field& field) {
  return Run(field, {.what = [](std::uint32_t stream) {
               static const std::string message = ScoreMessage();
               return rpc::Data(stream, message, rpc::kEndStream) + rpc::Reset(stream);
             }});
}

std::string WindowOverflow(Field& field) {
  return Run(field, {.what = [](std::uint32_t s) { return WindowUpdate(s, kLargestWindow); },
                     .waits = true});
}

std::string DataAfterTheEnd(Field& field) {
  return Run(field, {.flags = kWhole,
                     .what = [](std::uint32_t s) { return rpc::Data(s, "late"); },
                     .waits = true});
}

std::string HeadersAfterTheEnd(Field& field) {
  return Run(field, {.flags = kWhole,
                     .what = [](std::uint32_t s) { return Headers(s, Indexed(3), kWhole); },
                     .waits = true});
}

std::string SelfDependency(Field& field) {
  return Run(field, {.what =
                         [](std::uint32_t s) {
                           return rpc::Frame(kPriority, rpc::kNoFlags, s, rpc::Number32(s) + 'x');
                         },
                     .waits = true});
}

std::string ZeroIncrement(Field& field) {
  return Run(field, {.what = [](std::uint32_t s) { return WindowUpdate(s, 0); }, .waits = true});
}

std::string WrongLength(Field& field) {
  std::string block =
      Indexed(3) + Indexed(6) + Indexed(66) + Indexed(65) + Indexed(64) + Indexed(63) + Indexed(62);
  return Run(field, {.first_block = FirstBlock() + Indexing("content-length", "3"),
                     .block = block,
                     .what = [](std::uint32_t s) { return rpc::Data(s, "four"); },
                     .waits = true});
}

std::string MalformedRequests(Field& field) {
  return Run(field, {.block = LaterBlock() + rpc::HeaderBlock({{"X-Upper", "1"}}), .waits = true});
}

std::string MoreThanAllowed(Field& field) {
  auto peer = field.Open();
  std::string chunk;
  std::string block = FirstBlock();
  for (std::uint32_t stream = 1; stream < 600; stream += 2) {
    chunk += Headers(stream, block, rpc::kEndHeaders);
    block = LaterBlock();
  }
  peer->Send(chunk);
  return EndingOf(*peer);
}

std::string ResetsOfClosedStreams(Field& field) {
  auto peer = field.Open();
  peer->Send(ScoreCall(1));
  VerdictOn(*peer, 1);
  return Flood(*peer, Repeat(rpc::Reset(1), 1000));
}

std::string ResetOfAnIdleStream(Field& field) {
  auto peer = field.Open();
  peer->Send(rpc::Reset(7));
  return EndingOf(*peer);
}

constexpr char kCalm[] = "GOAWAY ENHANCE_YOUR_CALM";
constexpr char kProtocol[] = "GOAWAY PROTOCOL_ERROR";

}  // namespace

std::vector<Attack> StreamFloods() {
  return {
      {"rapid reset: HEADERS, RST_STREAM", "CVE-2023-44487", Kind::kFlood, kCalm, RapidReset},
      {"rapid reset with the code of no error", "CVE-2023-44487", Kind::kFlood, kCalm,
       RapidResetWithoutError},
      {"rapid reset of whole calls", "CVE-2023-44487", Kind::kFlood, kCalm, RapidResetOfWholeCalls},
      {"made you reset: window over 2^31-1", "CVE-2025-8671", Kind::kFlood, kCalm, WindowOverflow},
      {"made you reset: DATA after END_STREAM", "CVE-2025-8671", Kind::kFlood,
       "GOAWAY STREAM_CLOSED", DataAfterTheEnd},
      {"made you reset: HEADERS after END_STREAM", "CVE-2025-8671", Kind::kFlood,
       "GOAWAY STREAM_CLOSED", HeadersAfterTheEnd},
      {"made you reset: PRIORITY on itself", "CVE-2025-8671", Kind::kFlood, kProtocol,
       SelfDependency},
      {"made you reset: WINDOW_UPDATE of 0", "CVE-2025-8671", Kind::kFlood, kProtocol,
       ZeroIncrement},
      {"made you reset: more than content-length", "CVE-2025-8671", Kind::kFlood, kCalm,
       WrongLength},
      {"malformed requests without end", "CVE-2019-9514", Kind::kFlood, kCalm, MalformedRequests},
      {"more streams than allowed", "RFC 9113, 5.1.2", Kind::kCalls, kProtocol, MoreThanAllowed},
      {"RST_STREAM on a closed stream, repeated", "RFC 9113, 10.5", Kind::kFlood, kCalm,
       ResetsOfClosedStreams},
      {"RST_STREAM on an idle stream", "RFC 9113, 6.4", Kind::kFlood, kProtocol,
       ResetOfAnIdleStream},
  };
}

}  // namespace scoregate::hostile
