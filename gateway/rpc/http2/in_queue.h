// The messages of a request that wait for their handler.
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <optional>
#include <utility>

#include "gateway/rpc/request_message.h"

namespace scoregate::rpc {

/// What a message holds beside its bytes, which count as held anyway.
inline constexpr std::size_t kMessageHoldBytes = sizeof(InMessage);

/// First in, first out.
class InQueue {
 public:
  void Push(InMessage message) { messages_.push_back(std::move(message)); }
  bool empty() const { return front_ == messages_.size(); }

  /// The first one, which stays; null where there is none.
  const InMessage* front() const { return empty() ? nullptr : &messages_[front_]; }

  /// The first one; nothing where there is none.
  std::optional<InMessage> Take() {
    if (empty()) return std::nullopt;
    InMessage message = std::move(messages_[front_++]);
    if (empty()) Clear();
    return message;
  }

  void Clear() {
    messages_.clear();
    front_ = 0;
  }

 private:
  // Most requests are one message.
  absl::InlinedVector<InMessage, 1> messages_;
  std::size_t front_ = 0;
};

}  // namespace scoregate::rpc
