#include "client/scorectl/chunks/tables.h"

#include <cstdlib>
#include <utility>

#include "client/retry.h"
#include "client/scorectl/progress_line.h"

namespace scoregate::scorectl {
namespace {

// Tables that are sent and not yet printed, at most: what this program holds in memory.
constexpr std::size_t kMaxUnprinted = 64;

// A key that is refused, an endpoint that is not there: it will be so for the other tables too. A
// model that says so may mean the rows.
bool NoTableCanEscape(const client::ScoreError& error) {
  if (error.fault_domain() == "MODEL") return false;
  return error.code == grpc::StatusCode::UNAUTHENTICATED ||
         error.code == grpc::StatusCode::PERMISSION_DENIED ||
         error.code == grpc::StatusCode::NOT_FOUND || error.code == grpc::StatusCode::UNIMPLEMENTED;
}

}  // namespace

Tables::Step Tables::Next() {
  std::unique_lock lock(mutex_);
  while (!over_) {
    auto next = FirstDue();
    if (next != under_way_.end() && *next->second.due <= Clock::now()) {
      next->second.due.reset();
      if (unanswered_++ == 0) silent_since_ = Clock::now();
      return {Step::Kind::kSendAgain, next->first, next->second.table.request};
    }
    const bool more = reading_ && !hopeless_;
    if (more && under_way_.size() < Room()) return {Step::Kind::kSendNext, 0, {}};
    if (!more && under_way_.empty()) break;
    if (next != under_way_.end()) {
      changed_.wait_until(lock, *next->second.due);
    } else {
      changed_.wait(lock);
    }
  }
  return {};
}

std::uint64_t Tables::Add(FileTable table) {
  std::lock_guard lock(mutex_);
  under_way_[++last_].table = std::move(table);
  if (unanswered_++ == 0) silent_since_ = Clock::now();
  return last_;
}

void Tables::EndReading() {
  std::lock_guard lock(mutex_);
  reading_ = false;
}

void Tables::End() {
  std::lock_guard lock(mutex_);
  over_ = true;
  changed_.notify_all();
}

Tables::Taken Tables::Take(client::StreamedScore score) {
  std::lock_guard lock(mutex_);
  Taken taken;
  auto found = under_way_.find(std::strtoull(score.id.c_str(), nullptr, 10));
  if (found == under_way_.end() || done_.contains(found->first)) return taken;
  UnderWay& table = found->second;
  --unanswered_;
  silent_since_ = Clock::now();
  if (score.error && score.error->retry_delay && table.tries < attempts_) {
    const client::Retry retry{*score.error, *score.error->retry_delay, ++table.tries, attempts_};
    table.due = Clock::now() + retry.delay;
    taken.waiting = RetryLine(retry);
  } else {
    first_ended_ = true;
    if (score.error && NoTableCanEscape(*score.error)) hopeless_ = true;
    done_[found->first] = std::move(score);
  }
  while (!done_.empty() && done_.begin()->first == printed_ + 1) {
    auto next = under_way_.find(++printed_);
    taken.answered.push_back({std::move(next->second.table), std::move(done_.begin()->second)});
    done_.erase(done_.begin());
    under_way_.erase(next);
  }
  changed_.notify_all();
  return taken;
}

bool Tables::hopeless() const {
  std::lock_guard lock(mutex_);
  return hopeless_;
}

Tables::Clock::duration Tables::Silence() const {
  std::lock_guard lock(mutex_);
  return unanswered_ == 0 ? Clock::duration::zero() : Clock::now() - silent_since_;
}

std::map<std::uint64_t, Tables::UnderWay>::iterator Tables::FirstDue() {
  auto first = under_way_.end();
  for (auto table = under_way_.begin(); table != under_way_.end(); ++table) {
    if (!table->second.due) continue;
    if (first == under_way_.end() || *table->second.due < *first->second.due) first = table;
  }
  return first;
}

std::size_t Tables::Room() const {
  return first_ended_ ? kMaxUnprinted : 1;
}

}  // namespace scoregate::scorectl
