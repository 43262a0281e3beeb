#include "gateway/lane/aside.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <system_error>
#include <utility>

#include "gateway/lane/suspend.h"

namespace scoregate::lane {
namespace {

// A lane that wakes up while pieces run has short work to do, and its callers wait for that: the
// kernel lets it have the CPU sooner. Measured with answers of 5,000 rows that are never taken, the
// p99 of a small call on the same lane is 0.6 to 0.7 ms so and 0.7 to 2.7 ms at equal weight. The
// price: where other processes keep all CPUs busy, large calls yield to them as well. They still
// get a quarter of a CPU that a lane keeps busy.
constexpr int kNice = 5;

void YieldToLanes() {
  pthread_setname_np(pthread_self(), "aside");
  // Linux keeps this for each thread. Where it is refused, pieces weigh as much as lanes.
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
}

}  // namespace

// A piece and who waits for it.
struct Aside::Errand {
  LinePtr line;
  Place place = Place::kBegins;
  std::function<void()> piece;
  // Resumes the coroutine, which it keeps alive until then.
  GoOn go_on;
  bool ran = false;
  std::exception_ptr thrown;

  void Run() {
    ran = true;
    try {
      piece();
    } catch (...) {
      thrown = std::current_exception();
    }
    piece = nullptr;
  }
};

// Under the Aside's mutex.
class Aside::Line {
 public:
  void Push(ErrandPtr errand) { Of(errand->place).push_back(std::move(errand)); }
  bool empty() const { return going_on_.empty() && beginning_.empty(); }
  ErrandPtr Take() {
    std::deque<ErrandPtr>& from = going_on_.empty() ? beginning_ : going_on_;
    ErrandPtr errand = std::move(from.front());
    from.pop_front();
    return errand;
  }
  /// False where it is not there any more.
  bool Remove(const ErrandPtr& errand) { return std::erase(Of(errand->place), errand) > 0; }

  /// Whether it is among the ready ones, or its piece runs.
  bool listed = false;

 private:
  std::deque<ErrandPtr>& Of(Place place) {
    return place == Place::kGoesOn ? going_on_ : beginning_;
  }

  std::deque<ErrandPtr> going_on_;
  std::deque<ErrandPtr> beginning_;
};

Aside::~Aside() {
  Stop();
}

Aside::LinePtr Aside::MakeLine() {
  return std::make_shared<Line>();
}

Task<void> Aside::Run(LinePtr line, Place place, std::function<void()> piece) {
  auto errand = std::make_shared<Errand>();
  errand->line = std::move(line);
  errand->place = place;
  errand->piece = std::move(piece);
  auto wait = [this, errand](GoOn go_on, boost::asio::cancellation_slot slot) {
    if (slot.is_connected()) {
      slot.assign([this, weak = std::weak_ptr(errand)](boost::asio::cancellation_type) {
        if (ErrandPtr waiting = weak.lock()) Withdraw(waiting);
      });
    }
    errand->go_on = std::move(go_on);
    Submit(errand);
  };
  co_await Suspend(wait);
  if (errand->thrown) std::rethrow_exception(errand->thrown);
  if (!errand->ran) throw boost::system::system_error(boost::asio::error::operation_aborted);
}

void Aside::Submit(ErrandPtr errand) {
  if (!StartThread()) {
    if (!stopped_) errand->Run();
    return GiveBack(std::move(errand));
  }
  std::scoped_lock lock(mutex_);
  LinePtr line = errand->line;
  line->Push(std::move(errand));
  if (std::exchange(line->listed, true)) return;
  ready_.push_back(std::move(line));
  changed_.notify_all();
}

// False where there is none: it was stopped, or the system allows no more.
bool Aside::StartThread() {
  if (thread_.joinable()) return true;
  if (stopped_) return false;
  try {
    thread_ = std::thread([this] { Work(); });
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

// The coroutine was cancelled.
void Aside::Withdraw(const ErrandPtr& errand) {
  {
    std::scoped_lock lock(mutex_);
    if (!errand->line->Remove(errand)) return;
  }
  GiveBack(errand);
}

// The coroutine is resumed and destroyed on its lane only, whose loop has it from here on; the
// errand is the coroutine's.
void Aside::GiveBack(ErrandPtr errand) {
  auto resume = [go_on = std::move(errand->go_on)]() mutable { std::move(go_on)(); };
  errand.reset();
  boost::asio::post(lane_, std::move(resume));
}

void Aside::Work() {
  YieldToLanes();
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopped_ || !ready_.empty(); });
    if (stopped_) return;
    LinePtr line = std::move(ready_.front());
    ready_.pop_front();
    if (!line->empty()) {
      ErrandPtr errand = line->Take();
      busy_ = true;
      lock.unlock();
      errand->Run();
      GiveBack(std::move(errand));
      lock.lock();
      busy_ = false;
    }
    line->listed = !line->empty();
    if (line->listed) ready_.push_back(std::move(line));
    if (ready_.empty()) changed_.notify_all();
  }
}

void Aside::Stop() {
  {
    std::scoped_lock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  for (const LinePtr& line : std::exchange(ready_, {})) {
    while (!line->empty()) GiveBack(line->Take());
  }
}

bool Aside::Settle() {
  std::unique_lock lock(mutex_);
  if (ready_.empty() && !busy_) return false;
  changed_.wait(lock, [this] { return stopped_ || (ready_.empty() && !busy_); });
  return true;
}

}  // namespace scoregate::lane
