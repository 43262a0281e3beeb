// Which calls of a session end when: ordered, so that one timer serves them all.
#pragma once

#include <absl/container/btree_set.h>

#include <optional>
#include <utility>

#include "gateway/lane/task.h"

namespace scoregate::rpc {

class Stream;

/// The deadlines of a session's calls. Owns nothing.
class Deadlines {
 public:
  void Add(lane::Clock::time_point time, Stream* stream) { entries_.emplace(time, stream); }
  void Remove(lane::Clock::time_point time, Stream* stream) { entries_.erase({time, stream}); }

  /// The earliest; nothing where there is none.
  std::optional<lane::Clock::time_point> Next() const {
    if (entries_.empty()) return std::nullopt;
    return entries_.begin()->first;
  }

  /// The stream that is due, which stays in; null where none is.
  Stream* FindDue(lane::Clock::time_point now) const {
    return entries_.empty() || entries_.begin()->first > now ? nullptr : entries_.begin()->second;
  }

 private:
  absl::btree_set<std::pair<lane::Clock::time_point, Stream*>> entries_;
};

}  // namespace scoregate::rpc
