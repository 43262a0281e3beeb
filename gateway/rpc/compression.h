// When the messages of an answer are compressed.
#pragma once

#include <cstddef>

namespace scoregate::rpc {

/// When the messages of an answer go out as gzip. Only to a caller that says it reads gzip, and
/// only where it makes a message smaller.
enum class AnswerCompression {
  kNever,
  /// Where the call's request names gzip itself. Most libraries say that they read gzip whether or
  /// not their user wants it, so that alone is no wish.
  kAsRequest,
  /// Wherever the caller reads it: where bandwidth is dearer than CPU.
  kWhereAccepted,
};

/// A smaller message is sent as it is: gzip takes longer than the bytes that it spares, in bytes.
inline constexpr std::size_t kMinCompressedBytes = 1024;

}  // namespace scoregate::rpc
