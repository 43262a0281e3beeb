#include "tests/rpc/h2_peer.h"

#include <cstdlib>

namespace scoregate::rpc {
namespace {

constexpr std::size_t kHeadBytes = 9;

std::uint32_t ReadNumber(std::string_view bytes) {
  std::uint32_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

// HPACK's integers (RFC 7541, 5.1) with a prefix of seven bits.
std::string HpackString(std::string_view text) {
  std::string out;
  std::size_t size = text.size();
  if (size < 127) {
    out.push_back(static_cast<char>(size));
  } else {
    out.push_back(127);
    size -= 127;
    for (; size >= 128; size >>= 7) out.push_back(static_cast<char>(size % 128 + 128));
    out.push_back(static_cast<char>(size));
  }
  out.append(text);
  return out;
}

}  // namespace

std::string Number32(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

std::string Frame(FrameType type, std::uint8_t flags, std::uint32_t stream,
                  std::string_view payload) {
  std::string frame = Number32(static_cast<std::uint32_t>(payload.size())).substr(1);
  frame.push_back(static_cast<char>(type));
  frame.push_back(static_cast<char>(flags));
  frame += Number32(stream);
  frame.append(payload);
  return frame;
}

std::string HeaderBlock(const Fields& fields) {
  std::string block;
  for (const auto& [name, value] : fields) {
    block.push_back(0);
    block += HpackString(name) + HpackString(value);
  }
  return block;
}

std::string Preface(const std::vector<std::pair<std::uint16_t, std::uint32_t>>& settings) {
  std::string payload;
  for (const auto& [id, value] : settings) {
    payload.push_back(static_cast<char>(id >> 8));
    payload.push_back(static_cast<char>(id));
    payload += Number32(value);
  }
  return "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Frame(FrameType::kSettings, kNoFlags, 0, payload) +
         Frame(FrameType::kSettings, kAck, 0, "");
}

std::string Message(std::string_view bytes, char flag) {
  return std::string(1, flag) + Number32(static_cast<std::uint32_t>(bytes.size())) +
         std::string(bytes);
}

Fields RequestFields(const std::string& path, const Fields& more) {
  Fields fields = {{":method", "POST"},
                   {":scheme", "http"},
                   {":path", path},
                   {":authority", "test"},
                   {"content-type", "application/grpc"},
                   {"te", "trailers"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

std::string RequestHeaders(std::uint32_t stream, const std::string& path, const Fields& more) {
  return Frame(FrameType::kHeaders, kEndHeaders, stream, HeaderBlock(RequestFields(path, more)));
}

std::string SplitHeaders(std::uint32_t stream, const Fields& fields) {
  std::string block = HeaderBlock(fields);
  std::string frames;
  for (std::size_t begin = 0; begin < block.size(); begin += kMaxFrameBytes) {
    std::string part = block.substr(begin, kMaxFrameBytes);
    bool last = begin + part.size() == block.size();
    frames += Frame(begin == 0 ? FrameType::kHeaders : FrameType::kContinuation,
                    last ? kEndHeaders : kNoFlags, stream, part);
  }
  return frames;
}

std::string Data(std::uint32_t stream, std::string_view bytes, std::uint8_t flags) {
  return Frame(FrameType::kData, flags, stream, bytes);
}

std::string Reset(std::uint32_t stream, std::uint32_t error) {
  return Frame(FrameType::kReset, kNoFlags, stream, Number32(error));
}

H2Reader::H2Reader() {
  if (nghttp2_hd_inflate_new(&inflater_) != 0) std::abort();
}

H2Reader::~H2Reader() {
  nghttp2_hd_inflate_del(inflater_);
}

void H2Reader::Feed(std::string_view bytes) {
  pending_.append(bytes);
  while (TakeFrame()) {
  }
}

bool H2Reader::TakeFrame() {
  if (pending_.size() < kHeadBytes) return false;
  std::string_view view = pending_;
  std::size_t size = ReadNumber(view.substr(0, 3));
  if (view.size() < kHeadBytes + size) return false;
  Take(static_cast<FrameType>(view[3]), static_cast<std::uint8_t>(view[4]),
       ReadNumber(view.substr(5, 4)), view.substr(kHeadBytes, size));
  pending_.erase(0, kHeadBytes + size);
  return true;
}

void H2Reader::Take(FrameType type, std::uint8_t flags, std::uint32_t id,
                    std::string_view payload) {
  switch (type) {
    case FrameType::kData:
      streams[id].data.append(payload);
      ++streams[id].data_frames;
      streams[id].ended = (flags & kEndStream) != 0;
      break;
    case FrameType::kHeaders:
      streams[id].blocks.push_back(InflateBlock(inflater_, payload));
      streams[id].ended = (flags & kEndStream) != 0;
      break;
    case FrameType::kReset:
      streams[id].reset = ReadNumber(payload);
      break;
    case FrameType::kSettings:
      ++((flags & kAck) != 0 ? settings_acks : settings_frames);
      for (; payload.size() >= 6; payload.remove_prefix(6)) {
        auto setting = static_cast<std::uint16_t>(ReadNumber(payload.substr(0, 2)));
        settings[setting] = ReadNumber(payload.substr(2, 4));
      }
      break;
    case FrameType::kPing:
      ((flags & kAck) != 0 ? ping_acks : pings).emplace_back(payload);
      break;
    case FrameType::kGoaway:
      goaways.emplace_back(ReadNumber(payload.substr(0, 4)), ReadNumber(payload.substr(4, 4)));
      goaway_text = payload.substr(8);
      break;
    case FrameType::kWindowUpdate:
      streams[id].window += ReadNumber(payload);
      break;
    case FrameType::kContinuation:
      std::abort();  // Our answers fit into one frame.
  }
}

Fields InflateBlock(nghttp2_hd_inflater* inflater, std::string_view block) {
  Fields fields;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(block.data());
  std::size_t size = block.size();
  while (true) {
    nghttp2_nv field{};
    int flags = 0;
    ssize_t used = nghttp2_hd_inflate_hd2(inflater, &field, &flags, bytes, size, 1);
    if (used < 0) std::abort();
    bytes += used;
    size -= static_cast<std::size_t>(used);
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
      fields.emplace_back(std::string(reinterpret_cast<char*>(field.name), field.namelen),
                          std::string(reinterpret_cast<char*>(field.value), field.valuelen));
    }
    if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
  }
  nghttp2_hd_inflate_end_headers(inflater);
  return fields;
}

}  // namespace scoregate::rpc
