#include "gateway/telemetry/failure_log.h"

#include <algorithm>
#include <utility>

namespace scoregate::telemetry {
namespace {

// The flow of all for whom there is no room to be told apart.
constexpr std::uint64_t kStrangers = 0;

}  // namespace

FailureLog::FailureLog(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {
  kept_.reserve(capacity_);
  flows_.reserve(kMostFlows);
}

void FailureLog::Add(FailedCall call) {
  std::size_t place = kept_.size();
  if (place < capacity_) {
    kept_.emplace_back();
  } else {
    const std::size_t victim = Victim(call.time);
    place = flows_[victim].oldest;
    TakeOldest(victim);
  }
  Append(call.flow, place);
  kept_[place].call = std::move(call);
  kept_[place].number = ++added_;
}

// The flow whose oldest call has to go.
std::size_t FailureLog::Victim(std::chrono::system_clock::time_point now) const {
  std::size_t longest = 0;
  std::size_t oldest = 0;
  auto number = [this](std::size_t flow) { return kept_[flows_[flow].oldest].number; };
  for (std::size_t i = 1; i < flows_.size(); ++i) {
    const bool older = number(i) < number(oldest);
    if (older) oldest = i;
    const bool longer = flows_[i].count > flows_[longest].count ||
                        (flows_[i].count == flows_[longest].count && number(i) < number(longest));
    if (longer) longest = i;
  }
  const bool outlived = now - kept_[flows_[oldest].oldest].call.time > kLongestRefuge;
  return outlived ? oldest : longest;
}

void FailureLog::TakeOldest(std::size_t flow) {
  Flow& from = flows_[flow];
  if (--from.count > 0) {
    from.oldest = kept_[from.oldest].newer;
    return;
  }
  from = flows_.back();
  flows_.pop_back();
}

void FailureLog::Append(std::uint64_t flow, std::size_t place) {
  auto found = std::ranges::find(flows_, flow, &Flow::id);
  // The last place is the strangers'.
  if (found == flows_.end() && flows_.size() + 1 >= kMostFlows) {
    flow = kStrangers;
    found = std::ranges::find(flows_, flow, &Flow::id);
  }
  if (found == flows_.end()) {
    flows_.push_back({flow, 1, place, place});
    return;
  }
  kept_[found->newest].newer = place;
  found->newest = place;
  ++found->count;
}

std::vector<const FailedCall*> FailureLog::Newest(std::size_t most) const {
  std::vector<const Kept*> all;
  all.reserve(kept_.size());
  for (const Kept& kept : kept_) all.push_back(&kept);
  std::ranges::sort(all, std::ranges::greater(), &Kept::number);
  std::vector<const FailedCall*> newest;
  newest.reserve(std::min(most, all.size()));
  for (const Kept* kept : all) {
    if (newest.size() == most) break;
    newest.push_back(&kept->call);
  }
  return newest;
}

const FailedCall* FailureLog::NewestWith(std::string FailedCall::*name,
                                         std::string_view value) const {
  const Kept* newest = nullptr;
  for (const Kept& kept : kept_) {
    if (kept.call.*name != value) continue;
    if (newest == nullptr || kept.number > newest->number) newest = &kept;
  }
  return newest == nullptr ? nullptr : &newest->call;
}

const FailedCall* FailureLog::Find(std::string_view request_id) const {
  return NewestWith(&FailedCall::request_id, request_id);
}

const FailedCall* FailureLog::FindOperation(std::string_view operation) const {
  if (operation.empty()) return nullptr;
  return NewestWith(&FailedCall::operation, operation);
}

}  // namespace scoregate::telemetry
