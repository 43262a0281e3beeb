// How much of a stream's answer can leave now.
#pragma once

#include <cstddef>

namespace scoregate::rpc {

/// What a stream tells its session, which asks when it writes.
struct Fill {
  std::size_t size = 0;
  bool deferred = false;
  bool end = false;
  /// Whether the stream ends with the data, not with trailers.
  bool plain = false;
};

}  // namespace scoregate::rpc
