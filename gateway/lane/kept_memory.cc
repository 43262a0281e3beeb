#include "gateway/lane/kept_memory.h"

#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace scoregate::lane {
namespace {

// Twice the steps of malloc's own blocks, whose head takes the rest of the first: what differs
// little shares its blocks, or each kind of error would have some of its own.
constexpr std::size_t kStepBytes = 32;
constexpr std::size_t kFirstBytes = 8;
// Up to 2 KiB: no frame of a coroutine is larger, only messages and buffers are.
constexpr std::size_t kLists = 64;
// What some sixty calls take. Twice as much saves no time that can be measured.
constexpr std::size_t kMostKeptBytes = std::size_t{512} * 1024;

struct Block {
  Block* next = nullptr;
};

struct Kept {
  // How many bytes may still be kept: none but on a lane.
  std::size_t room = 0;
  std::array<Block*, kLists> lists{};
};

constinit thread_local Kept kept;

// The list whose blocks are large enough for so many bytes; kLists where none are.
constexpr std::size_t ListFor(std::size_t bytes) {
  if (bytes > kLargestKeptBytes) return kLists;
  return (bytes + kStepBytes - kFirstBytes - 1) / kStepBytes;
}

// The list for a block of so many bytes: it may have more than were asked for.
constexpr std::size_t ListOf(std::size_t usable_bytes) {
  return (usable_bytes - kFirstBytes) / kStepBytes;
}

constexpr std::size_t BytesOf(std::size_t list) {
  return list * kStepBytes + kFirstBytes;
}

static_assert(BytesOf(kLists - 1) == kLargestKeptBytes);
static_assert(ListFor(kLargestKeptBytes) == kLists - 1);
static_assert(ListFor(0) == 0 && ListFor(BytesOf(0)) == 0 && ListFor(BytesOf(0) + 1) == 1);

[[maybe_unused]] void* Take(std::size_t bytes) {
  const std::size_t list = ListFor(bytes);
  if (list < kLists) {
    if (Block* block = kept.lists[list]) {
      kept.lists[list] = block->next;
      kept.room += BytesOf(list);
      return block;
    }
    bytes = BytesOf(list);
  }
  void* memory = std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

[[maybe_unused]] void Give(void* memory, std::size_t list) noexcept {
  if (list >= kLists || kept.room < BytesOf(list)) return std::free(memory);
  kept.room -= BytesOf(list);
  kept.lists[list] = new (memory) Block{kept.lists[list]};
}

}  // namespace

KeptMemory::KeptMemory() {
  kept.room = kMostKeptBytes;
}

KeptMemory::~KeptMemory() {
  kept.room = 0;
  for (Block*& list : kept.lists) {
    while (list != nullptr) {
      Block* block = list;
      list = block->next;
      std::free(block);
    }
  }
}

void ReadyHeapFor(std::size_t bytes) {
  // What is freed at the heap's end stays there up to 128 KiB (M_TRIM_THRESHOLD).
  constexpr std::size_t kGrowthBytes = std::size_t{120} * 1024;
  thread_local std::size_t ready = 0;
  if (ready < bytes) {
    // A compiler may leave out a malloc whose memory nobody sees.
    void* volatile step = std::malloc(kGrowthBytes);
    std::free(step);
    ready = kGrowthBytes;
  }
  ready -= std::min(ready, bytes);
}

}  // namespace scoregate::lane

#ifdef SCOREGATE_KEEPS_MEMORY

void* operator new(std::size_t bytes) {
  return scoregate::lane::Take(bytes);
}

void operator delete(void* memory) noexcept {
  if (memory == nullptr) return;
  scoregate::lane::Give(memory, scoregate::lane::ListOf(malloc_usable_size(memory)));
}

void operator delete(void* memory, std::size_t bytes) noexcept {
  if (memory == nullptr) return;
  scoregate::lane::Give(memory, scoregate::lane::ListFor(bytes));
}

#endif
