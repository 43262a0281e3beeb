// gzip by zlib.
#include "gateway/grpcwire/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <new>
#include <utility>

namespace scoregate::grpcwire {
namespace {

// zlib's largest window, and the sum that asks it for gzip's header and trailer.
constexpr int kGzipWindowBits = MAX_WBITS + 16;
constexpr int kMemoryLevel = 8;
// What is made ready for a small message before its size is known, in bytes.
constexpr std::size_t kFirstInflateBytes = 1024;
// Where what comes out is only counted, in bytes.
constexpr std::size_t kScratchBytes = std::size_t{16} * 1024;
// The most that deflate makes of one byte, nearly.
constexpr std::size_t kUtmostRatio = 1032;
// What every gzip member has at least, and what it ends with: its size modulo 2^32, the lowest byte
// first (RFC 1952, 2.3.1).
constexpr std::size_t kLeastMemberBytes = 18;
constexpr std::size_t kAnnouncedBytes = 4;

// zlib's interface is not const, but zlib only reads what comes in. A message has at most 2^32 - 1
// bytes, which its frame's header cannot exceed.
void SetInput(z_stream& stream, std::string_view bytes) {
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

void SetOutput(z_stream& stream, std::span<char> out) {
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
}

// To exactly that size: std::string's own growth may take twice as much.
void Grow(std::string& text, std::size_t size) {
  std::string larger;
  larger.reserve(size);
  larger.append(text);
  larger.resize(size);
  text = std::move(larger);
}

class Inflater {
 public:
  Inflater() {
    if (inflateInit2(&stream_, kGzipWindowBits) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  InflateVerdict Run(std::string_view bytes, const InflateLimits& limits, std::string& message) {
    const std::size_t dense = std::max(kAnyRatioBytes, bytes.size() * limits.max_ratio);
    const std::size_t most = std::min(limits.max_bytes, dense);
    const InflateVerdict too_much =
        most == dense ? InflateVerdict::kTooDense : InflateVerdict::kTooLarge;
    // What says that it is too much is that or broken: which of the two takes no memory to find
    // out.
    const std::size_t announced = AnnouncedSize(bytes);
    const bool refused = announced > most;
    inflateReset(&stream_);
    SetInput(stream_, bytes);
    message.clear();
    const std::size_t expected = std::min(announced, bytes.size() * kUtmostRatio);
    Grow(message, refused ? kScratchBytes : std::max(kFirstInflateBytes, expected));
    std::size_t size = 0;
    std::size_t end = 0;
    while (true) {
      if (end == message.size() && refused) end = 0;
      if (end == message.size()) Grow(message, std::min(most + 1, 2 * end));
      SetOutput(stream_, std::span(message).subspan(end));
      const int result = inflate(&stream_, Z_NO_FLUSH);
      const std::size_t written = message.size() - end - stream_.avail_out;
      size += written;
      end += written;
      if (size > most) return too_much;
      if (result == Z_STREAM_END && stream_.avail_in == 0) break;
      if (result == Z_STREAM_END) {
        inflateReset(&stream_);  // Another member begins.
      } else if (result == Z_MEM_ERROR) {
        throw std::bad_alloc();
      } else if (result != Z_OK) {
        return InflateVerdict::kBroken;
      }
    }
    if (refused) return InflateVerdict::kBroken;
    message.resize(size);
    return InflateVerdict::kWhole;
  }

 private:
  z_stream stream_{};
};

class Deflater {
 public:
  Deflater() {
    const int result = deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, kGzipWindowBits,
                                    kMemoryLevel, Z_DEFAULT_STRATEGY);
    if (result != Z_OK) throw std::bad_alloc();
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::size_t Run(std::string_view message, std::span<char> out) {
    deflateReset(&stream_);
    SetInput(stream_, message);
    SetOutput(stream_, out);
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return 0;
    return out.size() - stream_.avail_out;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::size_t AnnouncedSize(std::string_view bytes) {
  if (bytes.size() < kLeastMemberBytes) return 0;
  std::size_t size = 0;
  for (std::size_t i = 0; i < kAnnouncedBytes; ++i) {
    size = size << 8 | static_cast<unsigned char>(bytes[bytes.size() - 1 - i]);
  }
  return size;
}

struct Gzip::Streams {
  std::unique_ptr<Inflater> inflater;
  std::unique_ptr<Deflater> deflater;
};

Gzip::Gzip() : streams_(std::make_unique<Streams>()) {}

Gzip::~Gzip() = default;

InflateVerdict Gzip::Inflate(std::string_view bytes, const InflateLimits& limits,
                             std::string& message) {
  if (!streams_->inflater) streams_->inflater = std::make_unique<Inflater>();
  return streams_->inflater->Run(bytes, limits, message);
}

std::size_t Gzip::Deflate(std::string_view message, std::span<char> out) {
  if (!streams_->deflater) streams_->deflater = std::make_unique<Deflater>();
  return streams_->deflater->Run(message, out);
}

}  // namespace scoregate::grpcwire
