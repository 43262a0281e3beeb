// The connections of one lane to one endpoint that wait for their next request.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "gateway/lane/task.h"
#include "gateway/upstream/connection/connection.h"

namespace scoregate::upstream {

/// Last in, first out: under little load the rest grow old and are closed. On one lane. Made with
/// make_shared.
class Pool : public std::enable_shared_from_this<Pool> {
 public:
  struct Limits {
    std::size_t max_idle = 0;
    std::chrono::milliseconds idle_timeout{0};
  };

  Pool(const lane::Executor& executor, const Limits& limits);

  /// A connection that was quiet a moment ago, or null.
  std::shared_ptr<Connection> Take(lane::Clock::time_point now);

  /// Keeps a connection; the oldest one is closed where there are too many.
  void Give(std::shared_ptr<Connection> connection);

  /// Closes all, and all that are given later.
  void Close();

  std::size_t idle() const { return idle_.size(); }

 private:
  struct Idle {
    std::shared_ptr<Connection> connection;
    lane::Clock::time_point since;
  };

  void CloseOld(lane::Clock::time_point now);
  void WaitForOldest();

  const Limits limits_;
  std::vector<Idle> idle_;
  bool waiting_ = false;
  bool closed_ = false;
  lane::Timer timer_;
};

}  // namespace scoregate::upstream
