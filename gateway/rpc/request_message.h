// A message of a request, from the bytes on the wire to what the handler reads.
#pragma once

#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <string>

#include "gateway/grpcwire/gzip.h"

namespace scoregate::rpc {

/// A message as it was on the wire.
struct InMessage {
  std::string bytes;
  bool compressed = false;
};

/// What came of reading one.
struct MessageReading {
  grpcwire::InflateVerdict inflating = grpcwire::InflateVerdict::kWhole;
  bool compressed = false;
  /// Bytes of the message itself, and of what came out of gzip.
  std::size_t bytes = 0;
  std::size_t inflated = 0;
  /// Whether it is such a message at all.
  bool parsed = false;
};

/// What came of reading the next message without waiting.
enum class ReadNow {
  kNothing,  ///< There is none, or the call has been ended because it cannot be read.
  kRead,
  kLong,  ///< There is one, and reading it takes so long that it is to be done aside.
};

/// Whether its size says that reading it takes long (lane::kAsideBytes).
bool TakesLong(const InMessage& message);

/// Inflates and parses. No more than `limits` allow comes out.
MessageReading ReadMessage(const InMessage& in, const grpcwire::InflateLimits& limits,
                           grpcwire::Gzip& gzip, google::protobuf::MessageLite& message);

/// The same aside, for a large message: on any thread. `in` is let go of as soon as it was read,
/// and fields that no version of the message knows are not kept: they may be all that is large.
MessageReading ReadLargeMessage(InMessage in, const grpcwire::InflateLimits& limits,
                                google::protobuf::MessageLite& message);

}  // namespace scoregate::rpc
