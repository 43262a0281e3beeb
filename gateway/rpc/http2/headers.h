// The header fields of an answer, in nghttp2's form.
#pragma once

#include <absl/container/inlined_vector.h>
#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/rpc/outcome.h"

namespace scoregate::rpc {

/// Bytes before the payload of every frame (RFC 7540, 4.1).
inline constexpr std::size_t kFrameHeadBytes = 9;

/// A list of fields whose texts live until it is submitted; nghttp2 copies them then.
class HeaderList {
 public:
  /// A field that is the same in most answers, worth a place in HPACK's table.
  void AddSteady(std::string_view name, std::string_view value) {
    Add(name, value, NGHTTP2_NV_FLAG_NONE);
  }

  /// Fields of metadata. What must not stand on the wire, by name or value, is left out: callers'
  /// libraries abort on it. Values that differ from call to call stay out of HPACK's table.
  void AddMetadata(std::span<const grpcwire::MetadataField> fields);

  /// As AddMetadata, but only up to the first long value, as those of an error's message and
  /// details are: that field and what follows it are given back for AppendFields. nghttp2 would
  /// write long values in Huffman's code, which is a quarter shorter and takes both sides longer
  /// than all else in the frame. Adds all of what is too long for one frame.
  std::span<const grpcwire::MetadataField> AddUpToLong(
      std::span<const grpcwire::MetadataField> fields);

  const nghttp2_nv* data() const { return list_.data(); }
  std::size_t size() const { return list_.size(); }

 private:
  void Add(std::string_view name, std::string_view value, std::uint8_t flags);

  // As many as most answers have.
  static constexpr std::size_t kUsualFields = 8;
  absl::InlinedVector<nghttp2_nv, kUsualFields> list_;
};

/// Appends the fields of metadata that may leave to a block in HPACK's form, for no side to
/// remember.
void AppendFields(std::span<const grpcwire::MetadataField> fields,
                  std::vector<std::uint8_t>& block);

/// Adds to the payload of the frame that begins at `begin` and ends where the output does.
void LengthenFrame(std::size_t begin, std::span<const std::uint8_t> more,
                   std::vector<std::uint8_t>& output);

}  // namespace scoregate::rpc
