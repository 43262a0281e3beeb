// What attackers write: header blocks byte by byte (RFC 7541), frames, and one good call.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/rpc/h2_peer.h"

namespace scoregate::hostile {

inline constexpr char kScorePath[] = "/scoring.v1.ScoringService/Score";
inline constexpr std::uint32_t kLargestWindow = 0x7fffffff;
// What a window is before anybody says another (RFC 9113, 6.9.2), in bytes.
inline constexpr std::int64_t kFirstWindow = 65'535;
// SETTINGS by number (RFC 9113, 6.5.2).
inline constexpr std::uint16_t kHeaderTableSize = 1;
inline constexpr std::uint16_t kInitialWindowSize = 4;
// Frame types that a caller of gRPC never needs (RFC 9113, 6.3 and 5.5).
inline constexpr auto kPriority = static_cast<rpc::FrameType>(2);
inline constexpr auto kPushPromise = static_cast<rpc::FrameType>(5);
inline constexpr auto kUnknownType = static_cast<rpc::FrameType>(0xee);

/// An integer with a prefix of that many bits, below the bits of `first`.
std::string HpackInteger(std::uint8_t first, unsigned prefix_bits, std::uint64_t value);
/// A string that is not Huffman-coded.
std::string HpackString(std::string_view text);
/// A field that goes into the dynamic table.
std::string Indexing(std::string_view name, std::string_view value);
/// A field of the static (1 to 61) or dynamic (62 on, newest first) table.
std::string Indexed(std::uint32_t index);
std::string TableSize(std::uint32_t bytes);

std::string Headers(std::uint32_t stream, std::string_view block, std::uint8_t flags);
std::string Continuation(std::uint32_t stream, std::string_view block, std::uint8_t flags);
std::string WindowUpdate(std::uint32_t stream, std::uint32_t increment);
std::string Settings(std::string_view payload);
std::string Setting(std::uint16_t id, std::uint32_t value);
std::string Ping();
/// `times` copies.
std::string Repeat(std::string_view bytes, std::size_t times);

/// The header block of a good Score in few bytes: the first one fills the dynamic table, later
/// ones are six references.
std::string FirstBlock();
std::string LaterBlock();

/// The endpoint that attackers call, and the one of callers that do nothing wrong: they have
/// nothing in common but the gateway.
inline constexpr char kAttacked[] = "iris";
inline constexpr char kOthers[] = "meadow";

/// A ScoreRequest of that many flowers with its five bytes before it.
std::string ScoreMessage(std::size_t rows = 1, const char* endpoint = kAttacked);
/// A whole Score.
std::string ScoreCall(std::uint32_t stream, std::size_t rows = 1);
/// A Score with these fields instead, and its message.
std::string CallOf(std::uint32_t stream, const rpc::Fields& fields);
/// A Score of a caller that does nothing wrong.
std::string InnocentCall(std::uint32_t stream);
/// The message in frames, the last with `flags`.
std::string InFrames(std::uint32_t stream, std::string_view bytes,
                     std::uint8_t flags = rpc::kEndStream);

}  // namespace scoregate::hostile
