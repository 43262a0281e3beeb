#include "gateway/service/health/health_board.h"

#include <utility>

namespace scoregate::service {

void HealthBoard::AddLane(lane::Lane& lane, std::function<void()> look_again) {
  readers_.push_back(std::make_unique<Reader>(lane, std::move(look_again)));
}

void HealthBoard::Announce() {
  for (const auto& entry : readers_) {
    Reader* reader = entry.get();
    // Acquire and release on both sides: what was changed before an announcement that is joined to
    // a waiting one is seen by that one.
    if (reader->waiting.exchange(true, std::memory_order_acq_rel)) continue;
    reader->lane.Post([reader] {
      reader->waiting.exchange(false, std::memory_order_acq_rel);
      reader->look_again();
    });
  }
}

void HealthBoard::BeginDrain() {
  if (!draining_.exchange(true, std::memory_order_acq_rel)) Announce();
}

}  // namespace scoregate::service
