// Frames that ask for work and carry none.
#include "tests/hostile/attack.h"

namespace scoregate::hostile {
namespace {

constexpr std::size_t kFramesAChunk = 1000;
constexpr std::size_t kLargestFrame = rpc::kMaxFrameBytes;

std::string Pings(Field& field) {
  return Flood(*field.Open(), Repeat(Ping(), kFramesAChunk));
}

std::string PingsUnread(Field& field) {
  auto peer = field.Open();
  peer->StopReading();
  for (int i = 0; i < 1000 && peer->Send(Repeat(Ping(), kFramesAChunk)); ++i) {
  }
  return EndingOf(*peer);
}

std::string EmptySettings(Field& field) {
  return Flood(*field.Open(), Repeat(Settings(""), kFramesAChunk));
}

std::string LargeSettings(Field& field) {
  std::string one = Settings(Repeat(Setting(kInitialWindowSize, 65'535), kLargestFrame / 6));
  return Flood(*field.Open(), Repeat(one, 4));
}

std::string WindowSwings(Field& field) {
  auto peer = field.Open();
  std::string frames;
  for (std::uint32_t stream = 1; stream < 200; stream += 2) {
    frames += Headers(stream, stream == 1 ? FirstBlock() : LaterBlock(), rpc::kEndHeaders);
  }
  peer->Send(frames);
  return Flood(*peer, Repeat(Settings(Setting(kInitialWindowSize, 0)) +
                                 Settings(Setting(kInitialWindowSize, kLargestWindow)),
                             kFramesAChunk / 2));
}

std::string TableSwings(Field& field) {
  return Flood(*field.Open(), Repeat(Settings(Setting(kHeaderTableSize, 0)) +
                                         Settings(Setting(kHeaderTableSize, 0xffffffff)),
                                     kFramesAChunk / 2));
}

/// Opens one call and floods its stream.
std::string FloodACall(Field& field, const std::string& frame) {
  auto peer = field.Open();
  peer->Send(Headers(1, FirstBlock(), rpc::kEndHeaders));
  return Flood(*peer, Repeat(frame, kFramesAChunk));
}

std::string EmptyData(Field& field) {
  return FloodACall(field, rpc::Data(1, ""));
}

std::string OneByteData(Field& field) {
  auto peer = field.Open();
  // A message of one MiB, a byte at a time.
  peer->Send(Headers(1, FirstBlock(), rpc::kEndHeaders) +
             rpc::Data(1, std::string("\0\0\x10\0\0", 5)));
  return Flood(*peer, Repeat(rpc::Data(1, "x"), kFramesAChunk), std::size_t{8} << 20);
}

std::string PaddingOnly(Field& field) {
  std::string payload = std::string(1, '\xff') + std::string(255, '\0');
  return FloodACall(field, rpc::Data(1, payload, rpc::kPadded));
}

std::string Priorities(Field& field) {
  std::string frames;
  for (std::uint32_t i = 0; i < kFramesAChunk; ++i) {
    frames += rpc::Frame(kPriority, rpc::kNoFlags, 2 * i + 1, rpc::Number32(2 * i + 3) + '\x0f');
  }
  return Flood(*field.Open(), frames);
}

std::string ConnectionWindow(Field& field) {
  return Flood(*field.Open(), Repeat(WindowUpdate(0, 1), kFramesAChunk));
}

std::string StreamWindow(Field& field) {
  return FloodACall(field, WindowUpdate(1, 1));
}

std::string UnknownFrames(Field& field) {
  return Flood(*field.Open(), Repeat(rpc::Frame(kUnknownType, 0xff, 1, ""), kFramesAChunk));
}

std::string LargeUnknownFrames(Field& field) {
  return Flood(*field.Open(),
               Repeat(rpc::Frame(kUnknownType, 0, 0, std::string(kLargestFrame, 'x')), 4));
}

std::string Goaways(Field& field) {
  std::string goaway =
      rpc::Frame(rpc::FrameType::kGoaway, 0, 0, rpc::Number32(0) + rpc::Number32(NGHTTP2_NO_ERROR));
  auto peer = field.Open();
  peer->Send(Headers(1, FirstBlock(), rpc::kEndHeaders));
  return Flood(*peer, Repeat(goaway, kFramesAChunk));
}

std::string Push(Field& field) {
  return Flood(*field.Open(), rpc::Frame(kPushPromise, rpc::kEndHeaders, 1, rpc::Number32(2)));
}

std::string OversizeFrame(Field& field) {
  return Flood(*field.Open(), rpc::Frame(rpc::FrameType::kData, 0, 1, std::string(20'000, 'x')));
}

constexpr char kCalm[] = "GOAWAY ENHANCE_YOUR_CALM";

}  // namespace

std::vector<Attack> FrameFloods() {
  return {
      {"PING flood", "CVE-2019-9512", Kind::kFlood, kCalm, Pings},
      {"PING flood, answers unread", "CVE-2019-9512", Kind::kFlood, kCalm, PingsUnread},
      {"SETTINGS flood, empty", "CVE-2019-9515", Kind::kFlood, kCalm, EmptySettings},
      {"SETTINGS flood, 2,730 entries each", "CVE-2020-11080", Kind::kFlood, kCalm, LargeSettings},
      {"SETTINGS flood, windows of 100 streams", "CVE-2019-9517", Kind::kFlood, kCalm,
       WindowSwings},
      {"SETTINGS flood, header table sizes", "CVE-2019-9515", Kind::kFlood, kCalm, TableSwings},
      {"empty DATA flood", "CVE-2019-9518", Kind::kFlood, kCalm, EmptyData},
      {"DATA of one byte flood", "CVE-2020-12603", Kind::kFlood, kCalm, OneByteData},
      {"DATA of padding flood", "RFC 9113, 10.7", Kind::kFlood, kCalm, PaddingOnly},
      {"PRIORITY flood", "CVE-2019-9513", Kind::kFlood, kCalm, Priorities},
      {"WINDOW_UPDATE flood, connection", "CVE-2019-9511", Kind::kFlood, kCalm, ConnectionWindow},
      {"WINDOW_UPDATE flood, stream", "CVE-2019-9511", Kind::kFlood, kCalm, StreamWindow},
      {"unknown frame flood, empty", "RFC 9113, 5.5", Kind::kFlood, kCalm, UnknownFrames},
      {"unknown frame flood, 16 KiB each", "RFC 9113, 5.5", Kind::kFlood, kCalm,
       LargeUnknownFrames},
      {"GOAWAY flood", "CVE-2022-27664", Kind::kFlood, kCalm, Goaways},
      {"PUSH_PROMISE from a caller", "RFC 9113, 8.4", Kind::kFlood, "GOAWAY PROTOCOL_ERROR", Push},
      {"frame over 16 KiB", "RFC 9113, 4.2", Kind::kFlood, "GOAWAY FRAME_SIZE_ERROR",
       OversizeFrame},
  };
}

}  // namespace scoregate::hostile
