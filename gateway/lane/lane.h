// A lane: one event loop on one thread, and the set of lanes that a process runs.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/lane/aside.h"
#include "gateway/lane/task.h"

namespace scoregate::lane {

/// One event loop on one thread. A call, its connection and its upstream connections stay on one
/// lane, so what lives on a lane needs no lock. What a lane owns must be taken down on it, or after
/// Stop.
class Lane {
 public:
  Lane();
  /// Stops, if that was not done.
  ~Lane();
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// Starts the thread. Work posted earlier runs now.
  void Start();

  /// Leaves the loop after the step that is running and joins the thread; what is still waiting is
  /// destroyed with the lane, never resumed. No piece runs aside any more either. Not from the lane
  /// itself. Twice is allowed.
  void Stop();

  boost::asio::io_context& context() { return context_; }
  Executor executor() { return context_.get_executor(); }
  /// For large pieces of work.
  Aside& aside() { return aside_; }

  /// Runs `work` on the lane, later. From any thread.
  template <typename Work>
  void Post(Work&& work) {
    boost::asio::post(context_, std::forward<Work>(work));
  }

  /// Runs `work` on the lane and waits until it has run. From any other thread, after Start and
  /// before Stop.
  template <typename Work>
  void Run(Work&& work) {
    std::promise<void> done;
    std::future<void> ended = done.get_future();
    Post([&work, done = std::move(done)]() mutable {
      work();
      done.set_value();
    });
    ended.wait();
  }

  /// How much this lane carries, in connections; read by whoever deals out new ones. Any thread.
  std::uint32_t load() const { return load_.load(std::memory_order_relaxed); }
  void AddLoad() { load_.fetch_add(1, std::memory_order_relaxed); }
  void RemoveLoad() { load_.fetch_sub(1, std::memory_order_relaxed); }

 private:
  // One thread runs the loop, and only there the lane's sockets and timers are touched: Asio then
  // locks nothing but its queue, into which any thread may post.
  static constexpr int kConcurrencyHint = BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO;

  // Gone after the loop, whose last coroutines may still ask it whether their piece waits.
  Aside aside_{context_};
  boost::asio::io_context context_{kConcurrencyHint};
  boost::asio::executor_work_guard<Executor> keep_running_;
  std::atomic<std::uint32_t> load_ = 0;
  std::thread thread_;
};

/// How many lanes make sense here: the CPUs of this process's affinity mask, or fewer where its
/// cgroup (v2 or v1) has a smaller quota, rounded up; at least 1.
std::size_t DefaultLaneCount();

/// The lanes of a process.
///
///   lane::Lanes lanes(2);
///   lanes.Start();
///   lanes[0].Post([] { ... });
///   lanes.Stop();
class Lanes {
 public:
  explicit Lanes(std::size_t count = DefaultLaneCount());

  void Start();
  /// Stops every lane. What was built on the lanes is to be destroyed after this, before the lanes.
  void Stop();

  std::size_t size() const { return lanes_.size(); }
  Lane& operator[](std::size_t index) { return *lanes_[index]; }

  /// The lane with the fewest connections; among equals the first, on which connections are
  /// accepted: one that comes while nothing else does changes no thread. Any thread.
  std::size_t LeastLoaded() const;

 private:
  std::vector<std::unique_ptr<Lane>> lanes_;
};

}  // namespace scoregate::lane
