// Header blocks that are long, endless, or small on the wire and large once decoded.
#include "tests/hostile/attack.h"

namespace scoregate::hostile {
namespace {

constexpr std::uint8_t kWhole = rpc::kEndHeaders | rpc::kEndStream;

/// HEADERS without END_HEADERS, then this block again and again.
std::string Endless(Field& field, const std::string& block) {
  auto peer = field.Open();
  peer->Send(Headers(1, FirstBlock(), rpc::kNoFlags));
  return Flood(*peer, Repeat(Continuation(1, block, rpc::kNoFlags), 10));
}

std::string EndlessFields(Field& field) {
  return Endless(field, Repeat(rpc::HeaderBlock({{"x-a", "b"}}), 1000));
}

std::string EndlessEmpty(Field& field) {
  return Endless(field, "");
}

std::string EndlessAfterReset(Field& field) {
  auto peer = field.Open();
  peer->Send(rpc::RequestHeaders(1, kScorePath) + rpc::Reset(1) +
             Headers(3, FirstBlock(), rpc::kNoFlags));
  return Flood(*peer, Repeat(Continuation(3, Repeat(Indexed(62), 1000), rpc::kNoFlags), 10));
}

std::string ManyContinuations(Field& field) {
  auto peer = field.Open();
  std::string frames = Headers(1, FirstBlock(), rpc::kNoFlags);
  std::string part = rpc::HeaderBlock({{"x-a", std::string(1000, 'b')}});
  for (int i = 0; i < 100; ++i) {
    frames += Continuation(1, part, i == 99 ? rpc::kEndHeaders : rpc::kNoFlags);
  }
  peer->Send(frames);
  return EndingOf(*peer);
}

std::string SomeContinuations(Field& field) {
  auto peer = field.Open();
  std::string frames = Headers(1, FirstBlock(), rpc::kNoFlags);
  std::string part = rpc::HeaderBlock({{"x-a", std::string(4000, 'b')}});
  for (int i = 0; i < 5; ++i) {
    frames += Continuation(1, part, i == 4 ? rpc::kEndHeaders : rpc::kNoFlags);
  }
  return Ask(*peer, frames + InFrames(1, ScoreMessage()));
}

std::string FrameInside(Field& field) {
  auto peer = field.Open();
  peer->Send(Headers(1, FirstBlock(), rpc::kNoFlags) + Ping());
  return EndingOf(*peer);
}

std::string GiantString(Field& field) {
  auto peer = field.Open();
  constexpr std::size_t kBytes = std::size_t{16} << 20;
  std::string start =
      FirstBlock() + std::string(1, '\0') + HpackString("x-giant") + HpackInteger(0, 7, kBytes);
  peer->Send(Headers(1, start, rpc::kNoFlags));
  return Flood(*peer, Continuation(1, std::string(rpc::kMaxFrameBytes, 'x'), rpc::kNoFlags));
}

std::string LongInteger(Field& field) {
  auto peer = field.Open();
  peer->Send(Headers(1, "\xff" + std::string(10'000, '\x80'), kWhole));
  return EndingOf(*peer);
}

std::string IndexOutOfRange(Field& field) {
  auto peer = field.Open();
  peer->Send(Headers(1, Indexed(3000), kWhole));
  return EndingOf(*peer);
}

std::string BadHuffman(Field& field) {
  auto peer = field.Open();
  std::string block = std::string(1, '\0') + HpackString("x-h") + '\x88' + std::string(8, '\xff');
  peer->Send(Headers(1, FirstBlock() + block, kWhole));
  return EndingOf(*peer);
}

std::string HpackBomb(Field& field) {
  auto peer = field.Open();
  // One entry of 4,000 bytes, 12,000 references of one byte: 48 MB of fields from 16 KB.
  std::string block = FirstBlock() + Indexing("x-bomb", std::string(3900, 'b'));
  peer->Send(Headers(1, block, rpc::kEndHeaders) + rpc::Reset(1));
  std::string bomb = Repeat(Indexed(62), 12'000);
  std::string frames;
  for (std::uint32_t stream = 3; stream < 203; stream += 2) frames += Headers(stream, bomb, kWhole);
  peer->Send(frames);
  return EndingOf(*peer, Peer::Milliseconds(1000));
}

std::string OneHpackBomb(Field& field) {
  auto peer = field.Open();
  std::string block = FirstBlock() + Indexing("x-bomb", std::string(3000, 'b'));
  peer->Send(Headers(1, block + Repeat(Indexed(62), 12'000), kWhole));
  return EndingOf(*peer);
}

std::string TableSizeUpdates(Field& field) {
  auto peer = field.Open();
  std::string frames;
  for (std::uint32_t stream = 1; stream < 200; stream += 2) {
    frames += Headers(stream, Repeat(TableSize(0) + TableSize(4096), 4000) + FirstBlock(),
                      rpc::kEndHeaders) +
              rpc::Reset(stream);
  }
  peer->Send(frames);
  return EndingOf(*peer, Peer::Milliseconds(1000));
}

std::string TableSizeTooLarge(Field& field) {
  auto peer = field.Open();
  peer->Send(Headers(1, TableSize(65'536) + FirstBlock(), kWhole));
  return EndingOf(*peer);
}

std::string TableSizeLate(Field& field) {
  auto peer = field.Open();
  peer->Send(Headers(1, FirstBlock() + TableSize(0), kWhole));
  return EndingOf(*peer);
}

std::string EmptyNames(Field& field) {
  auto peer = field.Open();
  std::string block = FirstBlock() + Repeat(rpc::HeaderBlock({{"", ""}}), 3000);
  return Ask(*peer, Headers(1, block, rpc::kEndHeaders) + InFrames(1, ScoreMessage()));
}

std::string ManyFields(Field& field) {
  auto peer = field.Open();
  std::string block = FirstBlock() + Repeat(rpc::HeaderBlock({{"x-a", ""}}), 1000);
  return Ask(*peer, Headers(1, block, rpc::kEndHeaders) + InFrames(1, ScoreMessage()));
}

std::string TableStaysInStep(Field& field) {
  auto peer = field.Open();
  // Refused for its size, and its entries are what the next request refers to.
  std::string big = Repeat(rpc::HeaderBlock({{"x-a", std::string(700, 'b')}}), 20);
  std::string verdict = Ask(*peer, Headers(1, big + FirstBlock(), kWhole));
  if (!verdict.starts_with("RST_STREAM") && !verdict.starts_with("grpc-status")) return verdict;
  return Ask(*peer, Headers(5, LaterBlock(), rpc::kEndHeaders) + InFrames(5, ScoreMessage()), 5);
}

std::string RefusedThenReferred(Field& field) {
  auto peer = field.Open();
  std::string big = Repeat(rpc::HeaderBlock({{"x-a", std::string(1000, 'b')}}), 16);
  std::string frames = Headers(1, big.substr(0, 16'000), rpc::kNoFlags) +
                       Continuation(1, big.substr(16'000) + FirstBlock(), kWhole);
  peer->Send(frames);
  VerdictOn(*peer, 1);
  return Ask(*peer, Headers(3, LaterBlock(), rpc::kEndHeaders) + InFrames(3, ScoreMessage()), 3);
}

constexpr char kCalm[] = "GOAWAY ENHANCE_YOUR_CALM";
constexpr char kCompression[] = "GOAWAY COMPRESSION_ERROR";
constexpr char kProtocol[] = "GOAWAY PROTOCOL_ERROR";

}  // namespace

std::vector<Attack> HeaderAttacks() {
  return {
      {"CONTINUATION flood, never END_HEADERS", "CVE-2024-27919", Kind::kFlood, kCalm,
       EndlessFields},
      {"CONTINUATION flood, empty", "CVE-2019-9518", Kind::kFlood, kCalm, EndlessEmpty},
      {"CONTINUATION flood after a reset", "CVE-2024-28182", Kind::kFlood, kCalm,
       EndlessAfterReset},
      {"100 CONTINUATION frames, then END_HEADERS", "CVE-2023-45288", Kind::kFlood, kCalm,
       ManyContinuations},
      {"5 CONTINUATION frames over the limit", "CVE-2024-27316", Kind::kRequest,
       "grpc-status 8; connection serves", SomeContinuations},
      {"another frame inside a header block", "RFC 9113, 6.10", Kind::kFlood, kProtocol,
       FrameInside},
      {"one header string of 16 MiB", "CVE-2023-33953", Kind::kFlood, "GOAWAY COMPRESSION_ERROR",
       GiantString},
      {"HPACK integer of 10,000 bytes", "CVE-2023-33953", Kind::kFlood, kCompression, LongInteger},
      {"HPACK index that is not there", "RFC 7541, 2.3.3", Kind::kFlood, kCompression,
       IndexOutOfRange},
      {"Huffman code of EOS", "RFC 7541, 5.2", Kind::kFlood, kCompression, BadHuffman},
      {"HPACK bombs: 100 x 48 MB from 12 KB", "CVE-2016-6581", Kind::kFlood, kCalm, HpackBomb},
      {"one HPACK bomb", "CVE-2016-6581", Kind::kFlood, kCalm, OneHpackBomb},
      {"8,000 table size updates a block", "RFC 7541, 4.2", Kind::kFlood, kCalm, TableSizeUpdates},
      {"table size above the limit", "RFC 7541, 6.3", Kind::kFlood, kCompression,
       TableSizeTooLarge},
      {"table size update at the end", "RFC 7541, 4.2", Kind::kFlood, kCompression, TableSizeLate},
      {"3,000 fields without name", "CVE-2019-9516", Kind::kRequest,
       "RST_STREAM PROTOCOL_ERROR; connection serves", EmptyNames},
      {"1,000 fields of 3 bytes", "CVE-2019-15226", Kind::kRequest,
       "grpc-status 8; connection serves", ManyFields},
      {"reference into a refused request's entries", "CVE-2023-32731, CVE-2024-7246",
       Kind::kRequest, "grpc-status 0; connection serves", TableStaysInStep},
      {"the same after a CONTINUATION", "CVE-2023-32731", Kind::kRequest,
       "grpc-status 0; connection serves", RefusedThenReferred},
  };
}

}  // namespace scoregate::hostile
