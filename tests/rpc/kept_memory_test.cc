// What a lane keeps of its memory. The sanitizers bring operators of their own, which keep nothing.
#include "gateway/lane/kept_memory.h"

#include <gtest/gtest.h>
#include <malloc.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <set>
#include <thread>
#include <vector>

namespace scoregate::lane {
namespace {

constexpr std::size_t kBlocks = 200;
constexpr std::size_t kBytes = 700;

std::set<void*> TakeAll(std::size_t bytes) {
  std::set<void*> blocks;
  for (std::size_t i = 0; i < kBlocks; ++i) blocks.insert(::operator new(bytes));
  return blocks;
}

void GiveAll(const std::set<void*>& blocks, std::size_t bytes) {
  for (void* block : blocks) ::operator delete(block, bytes);
}

#ifdef SCOREGATE_KEEPS_MEMORY

TEST(KeptMemory, GivesTheSameBlocksAgain) {
  KeptMemory kept;
  const std::set<void*> first = TakeAll(kBytes);
  GiveAll(first, kBytes);
  const std::set<void*> second = TakeAll(kBytes);
  EXPECT_EQ(first, second);
  GiveAll(second, kBytes);
}

// Whether a size is told at the end or not, a block comes back for what it has room for.
TEST(KeptMemory, KnowsABlockByItsSizeAndWithoutIt) {
  KeptMemory kept;
  for (std::size_t bytes = 1; bytes <= 3000; ++bytes) {
    void* block = ::operator new(bytes);
    ASSERT_GE(malloc_usable_size(block), bytes);
    ::operator delete(block);
    block = ::operator new(bytes);
    ASSERT_GE(malloc_usable_size(block), bytes);
    ::operator delete(block, bytes);
  }
}

TEST(KeptMemory, KeepsNoMoreThanItsBound) {
  KeptMemory kept;
  std::vector<void*> blocks;
  for (std::size_t i = 0; i < 4 * kBlocks; ++i) blocks.push_back(::operator new(2000));
  const std::size_t in_use = mallinfo2().uordblks;
  for (void* block : blocks) ::operator delete(block);
  EXPECT_LT(mallinfo2().uordblks, in_use - 500 * 1024);
}

TEST(KeptMemory, GivesAllBackAtItsEnd) {
  const std::size_t before = mallinfo2().uordblks;
  {
    KeptMemory kept;
    GiveAll(TakeAll(kBytes), kBytes);
    EXPECT_GE(mallinfo2().uordblks, before + kBlocks * kBytes);
  }
  // But for the few that malloc keeps at hand itself.
  EXPECT_LT(mallinfo2().uordblks, before + 10 * kBytes);
}

TEST(KeptMemory, RefusesWhatNobodyHas) {
  KeptMemory kept;
  constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();
  volatile std::size_t bytes = kMost;
  EXPECT_THROW(static_cast<void>(::operator new(bytes)), std::bad_alloc);
  bytes = kMost / 4;
  EXPECT_THROW(static_cast<void>(::operator new(bytes)), std::bad_alloc);
}

#endif

TEST(KeptMemory, TakesWhatAnotherThreadMade) {
  std::set<void*> blocks = TakeAll(kBytes);
  std::thread([&] {
    KeptMemory kept;
    GiveAll(blocks, kBytes);
    blocks = TakeAll(kBytes);
  }).join();
  EXPECT_EQ(blocks.size(), kBlocks);
  GiveAll(blocks, kBytes);
}

}  // namespace
}  // namespace scoregate::lane
