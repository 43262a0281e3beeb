// The caller's end of an HTTP/2 connection, frame by frame: writes any bytes, reads what comes.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::rpc {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Frame types and flags, by their names in RFC 7540.
enum class FrameType : std::uint8_t {
  kData = 0,
  kHeaders = 1,
  kReset = 3,
  kSettings = 4,
  kPing = 6,
  kGoaway = 7,
  kWindowUpdate = 8,
  kContinuation = 9,
};
inline constexpr std::size_t kMaxFrameBytes = 16'384;
inline constexpr std::uint8_t kNoFlags = 0;
inline constexpr std::uint8_t kAck = 1;
inline constexpr std::uint8_t kEndStream = 1;
inline constexpr std::uint8_t kEndHeaders = 4;
inline constexpr std::uint8_t kPadded = 8;

std::string Frame(FrameType type, std::uint8_t flags, std::uint32_t stream,
                  std::string_view payload);
/// Literal fields without indexing: any name and value, also wrong ones.
std::string HeaderBlock(const Fields& fields);
std::string Number32(std::uint32_t value);
/// The caller's preface and SETTINGS, and its ACK of ours.
std::string Preface(const std::vector<std::pair<std::uint16_t, std::uint32_t>>& settings = {});
/// A message with its five bytes.
std::string Message(std::string_view bytes, char flag = 0);
/// The fields of a good gRPC request, then `more`.
Fields RequestFields(const std::string& path, const Fields& more = {});
std::string RequestHeaders(std::uint32_t stream, const std::string& path, const Fields& more = {});
/// In as many frames as the block needs.
std::string SplitHeaders(std::uint32_t stream, const Fields& fields);
std::string Data(std::uint32_t stream, std::string_view bytes, std::uint8_t flags = kNoFlags);
std::string Reset(std::uint32_t stream, std::uint32_t error = NGHTTP2_CANCEL);

/// What came on one stream.
struct SeenStream {
  std::vector<Fields> blocks;
  std::string data;
  std::size_t data_frames = 0;
  bool ended = false;
  std::optional<std::uint32_t> reset;
  std::uint64_t window = 0;
};

/// The fields of a whole header block, in order; ends the process where it is none.
Fields InflateBlock(nghttp2_hd_inflater* inflater, std::string_view block);

/// Reads frames from bytes that may be cut anywhere.
class H2Reader {
 public:
  H2Reader();
  ~H2Reader();
  H2Reader(const H2Reader&) = delete;
  H2Reader& operator=(const H2Reader&) = delete;

  void Feed(std::string_view bytes);

  std::map<std::uint32_t, SeenStream> streams;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> goaways;  // last stream, error
  std::string goaway_text;                                       // of the last one
  std::vector<std::string> pings;
  std::vector<std::string> ping_acks;
  std::size_t settings_acks = 0;
  std::size_t settings_frames = 0;  // That are no acks.
  std::map<std::uint16_t, std::uint32_t> settings;

 private:
  bool TakeFrame();
  void Take(FrameType type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);

  std::string pending_;
  nghttp2_hd_inflater* inflater_ = nullptr;
};

}  // namespace scoregate::rpc
