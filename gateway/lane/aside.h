// Beside a lane: large pieces of pure work, on a thread of their own.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "gateway/lane/task.h"

namespace scoregate::lane {

/// From how many bytes on a piece is done aside. To parse, encode, decode, inflate or compress so
/// much takes 30 to 300 us for most of what calls hold; to go aside and come back takes some 20 us,
/// during which the lane serves others.
inline constexpr std::size_t kAsideBytes = std::size_t{32} * 1024;

/// One thread beside one lane. Started by the first piece, so that a lane without large calls pays
/// nothing; one, because a lane without it would do its pieces one after another as well.
///
///   std::string text;
///   co_await aside.Run(line, Place::kGoesOn, [&] { text = Encode(request); });
///
/// The piece runs on that thread while the coroutine is suspended; what the coroutine owns or keeps
/// alive stays, and is the piece's alone to touch together with what never changes. A piece that
/// has begun is not cancelled: Run comes back when it has ended, and whether anybody still wants
/// what it made is to be looked at then. On the lane, but for the destructor.
class Aside {
 public:
  /// Whether a piece is the first of its call or goes on with one, which holds memory already.
  enum class Place { kBegins, kGoesOn };

  /// The pieces of one connection: they run one after another, those that go on first, and the
  /// lines of a lane take turns. Who has a hundred calls gets no more than who has one, and holds
  /// little memory for those that wait.
  class Line;
  using LinePtr = std::shared_ptr<Line>;

  /// `lane` is the lane's loop; it may not have been constructed yet.
  explicit Aside(boost::asio::io_context& lane) : lane_(lane) {}
  /// Stops, if that was not done.
  ~Aside();
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;

  static LinePtr MakeLine();

  /// Throws what the piece threw, and operation_aborted where the coroutine was cancelled before
  /// the piece began: then it does not run at all.
  Task<void> Run(LinePtr line, Place place, std::function<void()> piece);

  /// Waits for the piece that runs; those that wait are given back to the lane unrun. After the
  /// lane's loop has stopped, before anything that pieces touch is destroyed. Twice is allowed.
  void Stop();

  /// Waits until no piece waits or runs. False where none did: then nothing was waited for.
  bool Settle();

 private:
  struct Errand;
  using ErrandPtr = std::shared_ptr<Errand>;

  void Submit(ErrandPtr errand);
  bool StartThread();
  void Withdraw(const ErrandPtr& errand);
  void GiveBack(ErrandPtr errand);
  void Work();

  boost::asio::io_context& lane_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // Under the mutex: lines that have pieces, the one whose piece runs excepted, in their order.
  std::deque<LinePtr> ready_;
  bool busy_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace scoregate::lane
