// The header fields of an answer, in nghttp2's form.
#pragma once

#include <absl/container/inlined_vector.h>
#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <span>
#include <string_view>

#include "gateway/rpc/outcome.h"

namespace scoregate::rpc {

/// A list of fields whose texts live until it is submitted; nghttp2 copies them then.
class HeaderList {
 public:
  /// A field that is the same in most answers, worth a place in HPACK's table.
  void AddSteady(std::string_view name, std::string_view value) {
    Add(name, value, NGHTTP2_NV_FLAG_NONE);
  }

  /// Fields of metadata. What must not stand on the wire, by name or value, is left out: callers'
  /// libraries abort on it. Values that differ from call to call stay out of HPACK's table.
  void AddMetadata(const Metadata& fields);

  const nghttp2_nv* data() const { return list_.data(); }
  std::size_t size() const { return list_.size(); }

 private:
  void Add(std::string_view name, std::string_view value, std::uint8_t flags);

  // As many as most answers have.
  static constexpr std::size_t kUsualFields = 8;
  absl::InlinedVector<nghttp2_nv, kUsualFields> list_;
};

}  // namespace scoregate::rpc
