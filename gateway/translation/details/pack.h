// The draft becomes the bytes of a google.rpc.Status, the same at every run (I13).
#pragma once

#include <cstddef>
#include <string>

#include "gateway/translation/details/draft.h"

namespace scoregate::translation {

/// The size of the Status on the wire, without writing it.
std::size_t StatusBytes(const Draft& draft);

/// The Status on the wire, with its details in order. Maps are written sorted bytewise.
/// `status_bytes` are StatusBytes(draft), measured after the last change of the draft.
std::string Pack(const Draft& draft, std::size_t status_bytes);

/// The size of the Trailers-Only block that the draft becomes: TrailersOnlyBytes(Trailers(...)),
/// without making them.
std::size_t BlockBytes(const Draft& draft, std::size_t status_bytes);

}  // namespace scoregate::translation
