// A message with the five bytes that gRPC puts before it, in one piece.
#pragma once

#include <google/protobuf/message_lite.h>

#include <string>
#include <string_view>

#include "gateway/grpcwire/gzip.h"

namespace scoregate::rpc {

/// Serializes, uncompressed. A message over 2 GiB, which protobuf refuses, is the caller's bug.
std::string EncodeMessage(const google::protobuf::MessageLite& message);

/// The same around bytes that are a message already.
std::string EncodeMessage(std::string_view message);

/// `frame` with its message compressed where that makes it smaller, else as it was.
std::string CompressFrame(std::string frame, grpcwire::Gzip& gzip);

}  // namespace scoregate::rpc
