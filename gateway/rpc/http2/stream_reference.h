// Keeps a call's state alive.
#pragma once

#include "gateway/rpc/http2/stream.h"

namespace scoregate::rpc {

/// Counts a stream as long as it is in scope.
class StreamReference {
 public:
  explicit StreamReference(Stream* stream) : stream_(stream) { stream_->AddReference(); }
  StreamReference(const StreamReference& other) : StreamReference(other.stream_) {}
  StreamReference& operator=(const StreamReference&) = delete;
  ~StreamReference() { stream_->ReleaseReference(); }
  Stream* operator->() const { return stream_; }

 private:
  Stream* stream_;
};

}  // namespace scoregate::rpc
