// ErrorInfo in the making. Not the generated message: its map is a hash table that has to be sorted
// again at every writing, which costs more than all the rest of an error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "google/protobuf/io/coded_stream.h"

namespace scoregate::translation {

/// ErrorInfo.metadata, sorted bytewise. Keys are constants of the vocabulary: views with static
/// lifetime.
class Metadata {
 public:
  using Entry = std::pair<std::string_view, std::string>;

  Metadata() { entries_.reserve(kUsualEntries); }

  /// Sets the key, whatever the value. A key that a row demands stands even with an empty one.
  void Put(std::string_view key, std::string value);
  /// No value, no key.
  void Set(std::string_view key, std::string value) {
    if (!value.empty()) Put(key, std::move(value));
  }

  /// Null where there is no such key. Valid until the next Put.
  std::string* Find(std::string_view key);

  std::vector<Entry>& entries() { return entries_; }
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  static constexpr std::size_t kUsualEntries = 16;

  std::vector<Entry> entries_;
};

/// What becomes a google.rpc.ErrorInfo. Views must outlive the draft.
struct ErrorInfoDraft {
  std::string_view reason;
  std::string_view domain;
  Metadata metadata;

  /// The size of the message on the wire.
  std::size_t ByteSizeLong() const;
  /// Writes the message as protobuf does deterministically (I13).
  void WriteTo(google::protobuf::io::CodedOutputStream& out) const;
};

}  // namespace scoregate::translation
