// The five bytes before each message, and a reader that finds messages in bytes cut anywhere (gRPC
// over HTTP/2, "Length-Prefixed-Message").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scoregate::grpcwire {

/// Bytes before each message: one of flags, four of length, most significant byte first.
inline constexpr std::size_t kFrameHeaderBytes = 5;

/// Memory that is set aside for a message before that much of it has arrived, in bytes: a peer that
/// announces much and sends little must not make us hold much.
inline constexpr std::size_t kEagerMessageBytes = std::size_t{64} * 1024;
/// The same where no more than that has come, as it is where a window of HTTP/2 is narrow.
inline constexpr std::size_t kFirstPieceBytes = std::size_t{4} * 1024;

/// What stands before a message.
struct FrameHeader {
  /// Whether the message is compressed, by the algorithm that grpc-encoding names.
  bool compressed = false;
  /// The message's size on the wire, in bytes.
  std::uint32_t length = 0;
};

/// The header as it goes on the wire.
constexpr std::array<char, kFrameHeaderBytes> EncodeFrameHeader(FrameHeader header) {
  return {static_cast<char>(header.compressed ? 1 : 0), static_cast<char>(header.length >> 24),
          static_cast<char>(header.length >> 16), static_cast<char>(header.length >> 8),
          static_cast<char>(header.length)};
}

/// One message as it was on the wire; still compressed where `compressed` says so. A message that
/// came in one piece is a view into the bytes given to FrameReader::Next and lives as long as they
/// do; one that came in pieces is held by this object.
class FrameMessage {
 public:
  bool compressed() const { return compressed_; }
  std::string_view bytes() const { return in_place_ ? view_ : std::string_view(assembled_); }

  /// The bytes as a string of the caller's own: copied where they are a view, else moved. Leaves
  /// this message empty.
  std::string Take();

 private:
  friend class FrameReader;
  bool compressed_ = false;
  bool in_place_ = true;
  std::string_view view_;
  std::string assembled_;
};

/// What FrameReader::Next found.
enum class FrameStep {
  kMessage,   ///< A whole message; call again, more may follow.
  kNeedMore,  ///< All input is taken and no message is complete.
  kBadFlag,   ///< A flag byte other than 0 and 1: the stream cannot be read on.
  kTooLarge,  ///< A message over the limit, known from its header: the stream cannot be read on.
};

/// Finds the messages of one direction of one stream. Each byte is copied at most once (the first
/// 64 KiB of a longer message that comes in pieces, twice, and of these the first 4 KiB once more
/// where they come alone), and not at all where a whole message lies in one input. Not for several
/// threads at once.
///
///   FrameMessage message;
///   while (reader.Next(input, message) == FrameStep::kMessage) Use(message.bytes());
class FrameReader {
 public:
  /// A message of more than this many bytes on the wire is refused.
  explicit FrameReader(std::size_t max_message_bytes) : max_message_bytes_(max_message_bytes) {}

  /// Reads from the front of `input`, up to the end of one message, and removes from it what was
  /// read. `message` is set only with kMessage. After kBadFlag and kTooLarge every call gives the
  /// same again and takes nothing.
  FrameStep Next(std::string_view& input, FrameMessage& message);

  /// Whether the stream may end here: false inside a header or a message, and after an error.
  bool AtBoundary() const { return failure_ == FrameStep::kMessage && header_size_ == 0; }

  /// The length that the last whole header announced; with kTooLarge, the size that was refused.
  std::uint32_t announced_length() const { return header_.length; }
  /// What is still to come of the message that is being read; 0 while its header is not whole.
  std::size_t missing_bytes() const {
    return header_size_ < kFrameHeaderBytes ? 0 : header_.length - partial_.size();
  }

 private:
  bool TakeHeader(std::string_view& input);
  FrameStep CheckHeader();
  bool TakePayload(std::string_view& input, FrameMessage& message);

  std::size_t max_message_bytes_;
  /// kMessage while there is none.
  FrameStep failure_ = FrameStep::kMessage;
  std::array<char, kFrameHeaderBytes> raw_header_{};
  /// How much of raw_header_ has come for the message that is being read.
  std::size_t header_size_ = 0;
  FrameHeader header_;
  /// What has come of a message that is in pieces.
  std::string partial_;
};

}  // namespace scoregate::grpcwire
