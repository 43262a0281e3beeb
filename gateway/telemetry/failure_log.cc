#include "gateway/telemetry/failure_log.h"

#include <algorithm>
#include <utility>

namespace scoregate::telemetry {

FailureLog::FailureLog(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {
  ring_.reserve(capacity_);
}

void FailureLog::Add(FailedCall call) {
  if (ring_.size() < capacity_) {
    ring_.push_back(std::move(call));
  } else {
    ring_[next_] = std::move(call);
  }
  next_ = (next_ + 1) % capacity_;
}

std::vector<const FailedCall*> FailureLog::Newest(std::size_t most) const {
  std::vector<const FailedCall*> newest;
  std::size_t count = std::min(most, ring_.size());
  newest.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    newest.push_back(&ring_[(next_ + ring_.size() - 1 - i) % ring_.size()]);
  }
  return newest;
}

const FailedCall* FailureLog::Find(std::string_view request_id) const {
  for (const FailedCall* call : Newest(ring_.size())) {
    if (call->request_id == request_id) return call;
  }
  return nullptr;
}

const FailedCall* FailureLog::FindOperation(std::string_view operation) const {
  if (operation.empty()) return nullptr;
  for (const FailedCall* call : Newest(ring_.size())) {
    if (call->operation == operation) return call;
  }
  return nullptr;
}

}  // namespace scoregate::telemetry
