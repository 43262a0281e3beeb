// The draft becomes a google.rpc.Status, byte for byte the same at every run (I13).
#pragma once

#include <cstddef>

#include "gateway/translation/details/draft.h"

namespace scoregate::translation {

/// The Status with its details in order. Maps are written sorted bytewise.
google::rpc::Status Pack(const Draft& draft);

/// The size of the Status on the wire, without writing it.
std::size_t StatusBytes(const Draft& draft);

/// The size of the Trailers-Only block that the draft becomes: TrailersOnlyBytes(Trailers(...)),
/// without making them.
std::size_t BlockBytes(const Draft& draft);

}  // namespace scoregate::translation
