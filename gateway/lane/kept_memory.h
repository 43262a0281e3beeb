// Freed memory that a lane keeps for the calls that come next, and what it readies ahead of them.
#pragma once

#include <cstddef>

namespace scoregate::lane {

/// The largest block that is kept, in bytes.
inline constexpr std::size_t kLargestKeptBytes = 2024;

/// While it lives, memory that its thread frees by operator delete is kept for what the thread
/// takes by operator new, up to a bound. malloc does so, too, but for seven blocks of a size, and a
/// lane with sixty calls under way frees hundreds. One a thread; at its end all is given back.
class KeptMemory {
 public:
  KeptMemory();
  ~KeptMemory();
  KeptMemory(const KeptMemory&) = delete;
  KeptMemory& operator=(const KeptMemory&) = delete;
};

/// Says that blocks of about so many bytes in all will be taken on this thread and kept for long.
/// The heap of a thread grows by a call of the system for each block that does not fit; so it grows
/// in larger steps.
void ReadyHeapFor(std::size_t bytes);

}  // namespace scoregate::lane
