#include "gateway/upstream/names/name_cache.h"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

namespace scoregate::upstream {

void NameWaiter::Expect() {
  std::scoped_lock lock(mutex_);
  if (withdrawn_ || work_) return;
  work_.emplace(boost::asio::prefer(executor_, boost::asio::execution::outstanding_work.tracked));
}

void NameWaiter::Wake() {
  std::scoped_lock lock(mutex_);
  if (withdrawn_ || !work_) return;
  boost::asio::post(executor_, [weak = changed_] {
    if (auto changed = weak.lock()) changed->Notify();
  });
  work_.reset();
}

void NameWaiter::Withdraw() {
  std::scoped_lock lock(mutex_);
  withdrawn_ = true;
  work_.reset();
}

NameCache::NameCache(std::shared_ptr<Resolver> resolver, Now now)
    : resolver_(std::move(resolver)), now_(std::move(now)) {}

bool NameCache::IsFound(const Entry& entry) {
  return entry.answer && entry.answer->outcome == ResolvedName::Outcome::kFound;
}

NameCache::Answer NameCache::Find(const std::string& host,
                                  const std::shared_ptr<NameWaiter>& waiter) {
  std::scoped_lock lock(mutex_);
  Entry& entry = entries_[host];
  lane::Clock::time_point now = now_();
  lane::Clock::duration age = now - entry.answered_at;
  bool fresh = IsFound(entry) && !entry.doubted && age < kNameFresh;
  bool just_asked = entry.answer && now - entry.ended_at < kNameFailureStands;
  if (!fresh && !just_asked && !entry.asking) Ask(host, entry);
  bool usable = IsFound(entry) ? age < kNameUsable : entry.answer && !entry.asking;
  if (usable || !entry.asking) return entry.answer;
  waiter->Expect();
  // An exchange that was woken for another's sake asks again: once in the list is enough.
  const auto is_it = [&](const std::weak_ptr<NameWaiter>& one) {
    return !one.owner_before(waiter) && !waiter.owner_before(one);
  };
  if (std::ranges::none_of(entry.waiters, is_it)) entry.waiters.push_back(waiter);
  return nullptr;
}

void NameCache::Doubt(const std::string& host) {
  std::scoped_lock lock(mutex_);
  auto found = entries_.find(host);
  if (found != entries_.end()) found->second.doubted = true;
}

// The thread is left to itself: it cannot be told to stop, and nobody shall wait for it. It holds
// what it needs, and ends with the process at the latest.
void NameCache::Ask(const std::string& host, Entry& entry) {
  entry.asking = true;
  try {
    std::thread([self = shared_from_this(), host] {
      self->Learn(host, self->resolver_->Resolve(host));
    }).detach();
  } catch (const std::system_error& error) {
    ResolvedName name;
    name.text = error.code().message();
    Keep(entry, std::move(name));
  }
}

void NameCache::Keep(Entry& entry, ResolvedName name) {
  lane::Clock::time_point now = now_();
  entry.asking = false;
  entry.doubted = false;
  entry.ended_at = now;
  // Old addresses outlive a look-up that failed: a name server's bad minute is not the endpoint's.
  bool known = IsFound(entry) && now - entry.answered_at < kNameUsable;
  if (known && name.outcome != ResolvedName::Outcome::kFound) return;
  entry.answer = std::make_shared<const ResolvedName>(std::move(name));
  entry.answered_at = now;
}

void NameCache::Learn(const std::string& host, ResolvedName name) {
  std::vector<std::weak_ptr<NameWaiter>> waiters;
  {
    std::scoped_lock lock(mutex_);
    Entry& entry = entries_[host];
    Keep(entry, std::move(name));
    waiters.swap(entry.waiters);
  }
  for (const auto& weak : waiters) {
    if (auto waiter = weak.lock()) waiter->Wake();
  }
}

}  // namespace scoregate::upstream
