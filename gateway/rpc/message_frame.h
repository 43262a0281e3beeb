// A message with the five bytes that gRPC puts before it, in one piece.
#pragma once

#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <string>

#include "gateway/grpcwire/gzip.h"

namespace scoregate::rpc {

/// Serializes, uncompressed. `size` is what its ByteSizeLong has just given. A message over 2 GiB,
/// which protobuf refuses, is the caller's bug.
std::string EncodeMessage(const google::protobuf::MessageLite& message, std::size_t size);

/// The same aside, for a large message, and compressed where that is wanted and makes it smaller:
/// on any thread.
std::string EncodeLargeMessage(const google::protobuf::MessageLite& message, bool compress);

/// `frame` with its message compressed where that makes it smaller, else as it was.
std::string CompressFrame(std::string frame, grpcwire::Gzip& gzip);

}  // namespace scoregate::rpc
