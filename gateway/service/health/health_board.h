// Where a change of health is announced to all lanes.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "gateway/lane/lane.h"

namespace scoregate::service {

/// Shared by all lanes. Says that something has changed, never what: whoever hears it looks at the
/// values themselves, so that announcements may be late, doubled or joined, and take no lock on the
/// path of a call.
class HealthBoard {
 public:
  /// `look_again` runs on that lane after a change. Before the lanes start; what it uses lives as
  /// long as the lane runs.
  void AddLane(lane::Lane& lane, std::function<void()> look_again);

  /// Something that is told about health has changed. Any thread. Costs a posted step a lane, and
  /// nothing where that step is still waiting.
  void Announce();

  /// The gateway takes no further calls: announced once, for good. Any thread.
  void BeginDrain();
  bool draining() const { return draining_.load(std::memory_order_acquire); }

 private:
  struct Reader {
    Reader(lane::Lane& on, std::function<void()> look) : lane(on), look_again(std::move(look)) {}
    lane::Lane& lane;
    std::function<void()> look_again;
    std::atomic<bool> waiting = false;
  };

  std::vector<std::unique_ptr<Reader>> readers_;
  std::atomic<bool> draining_ = false;
};

}  // namespace scoregate::service
