// The addresses of host names, looked up apart from the calls that need them: a look-up cannot be
// cancelled, and no call shall wait for one that it does not want any more.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/lane/signal.h"
#include "gateway/lane/task.h"
#include "gateway/upstream/names/resolver.h"

namespace scoregate::upstream {

/// How long addresses are used without asking again.
inline constexpr std::chrono::seconds kNameFresh{30};
/// How long they are used at most while asking again fails or takes its time.
inline constexpr std::chrono::seconds kNameUsable{600};
/// How long a failure stands before somebody asks again.
inline constexpr std::chrono::seconds kNameFailureStands{1};

/// One lane's end of look-ups: it is told by threads of the cache, and wakes its lane. Apart from
/// Expect, any thread; it may outlive the lane once it was withdrawn.
class NameWaiter {
 public:
  /// `changed` is notified on the lane whenever a look-up has ended, as long as it lives.
  NameWaiter(const lane::Executor& executor, std::weak_ptr<lane::Signal> changed)
      : executor_(executor), changed_(std::move(changed)) {}

  /// Keeps the lane's loop running until Wake or Withdraw. Only on the lane.
  void Expect();
  void Wake();
  /// Nothing is posted to the lane any more once this has returned.
  void Withdraw();

 private:
  using Work = decltype(boost::asio::prefer(std::declval<lane::Executor>(),
                                            boost::asio::execution::outstanding_work.tracked));

  const lane::Executor executor_;
  const std::weak_ptr<lane::Signal> changed_;
  std::mutex mutex_;
  std::optional<Work> work_;
  bool withdrawn_ = false;
};

/// Shared by all lanes and endpoints. Any thread. Addresses that are no longer fresh are still
/// given while somebody asks again in the background.
class NameCache : public std::enable_shared_from_this<NameCache> {
 public:
  using Answer = std::shared_ptr<const ResolvedName>;

  /// Reads the time of a lane; any thread.
  using Now = std::function<lane::Clock::time_point()>;

  explicit NameCache(std::shared_ptr<Resolver> resolver, Now now = &lane::Clock::now);

  /// What is known of a name. Where nothing is, null, and the waiter is woken when that changed.
  Answer Find(const std::string& host, const std::shared_ptr<NameWaiter>& waiter);

  /// Says that none of the addresses took a connection: the next Find asks again in the background.
  void Doubt(const std::string& host);

 private:
  struct Entry {
    Answer answer;
    lane::Clock::time_point answered_at;  ///< When `answer` came.
    lane::Clock::time_point ended_at;     ///< When the last look-up ended, however it did.
    bool doubted = false;
    bool asking = false;
    std::vector<std::weak_ptr<NameWaiter>> waiters;
  };

  static bool IsFound(const Entry& entry);
  void Ask(const std::string& host, Entry& entry);
  void Keep(Entry& entry, ResolvedName name);
  void Learn(const std::string& host, ResolvedName name);

  const std::shared_ptr<Resolver> resolver_;
  const Now now_;
  std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace scoregate::upstream
