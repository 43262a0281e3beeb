// Messages into gzip and out of it (RFC 1952), with bounds on what may come out.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace scoregate::grpcwire {

/// How many times its own size a message may inflate to. Tables of numbers and text reach 10 to 50;
/// only long runs of one byte reach deflate's utmost, about 1,030.
inline constexpr std::size_t kMaxInflateRatio = 200;

/// What may come out whatever the ratio, in bytes: twice that, for the message and what is parsed
/// from it, is no more than a connection may take.
inline constexpr std::size_t kAnyRatioBytes = std::size_t{512} * 1024;

/// What inflating one message may cost.
struct InflateLimits {
  /// Most bytes that may come out.
  std::size_t max_bytes = 0;
  /// See kMaxInflateRatio; counts beyond kAnyRatioBytes.
  std::size_t max_ratio = kMaxInflateRatio;
};

/// What became of a compressed message.
enum class InflateVerdict {
  kWhole,
  kBroken,    ///< No gzip, damaged, cut short, or followed by something else.
  kTooLarge,  ///< More than max_bytes would come out.
  kTooDense,  ///< More than max_ratio would come out of each byte.
};

/// What a message's last member, mostly the only one, says that it inflates to. It may lie; 0 where
/// there is no whole member.
std::size_t AnnouncedSize(std::string_view bytes);

/// gzip's working memory, kept from one message to the next: 40 KiB once a message was inflated,
/// 270 KiB once one was deflated, none before. Not for several threads at once. Throws
/// std::bad_alloc where zlib finds no memory.
class Gzip {
 public:
  Gzip();
  ~Gzip();
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  /// Inflates one message, which may be several gzip members one after the other. `message` is
  /// whole with kWhole and of no use otherwise; it never takes more than one byte over the limits
  /// or a few kilobytes, and no more than those where the message itself says that it is too large.
  InflateVerdict Inflate(std::string_view bytes, const InflateLimits& limits, std::string& message);

  /// Writes the message as one gzip member to the front of `out` and gives its size; 0 where it
  /// does not fit. Made to be fast, not small.
  std::size_t Deflate(std::string_view message, std::span<char> out);

 private:
  struct Streams;
  std::unique_ptr<Streams> streams_;
};

}  // namespace scoregate::grpcwire
