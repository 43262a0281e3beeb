// What a header field weighs in HTTP/2's limits.
#pragma once

#include <cstddef>
#include <string_view>

namespace scoregate::grpcwire {

/// What RFC 7540, 6.5.2 adds to each field for its bookkeeping, in bytes.
inline constexpr std::size_t kFieldOverheadBytes = 32;

/// The size of one field as SETTINGS_MAX_HEADER_LIST_SIZE counts it, uncompressed.
constexpr std::size_t FieldSize(std::string_view name, std::string_view value) {
  return name.size() + value.size() + kFieldOverheadBytes;
}

/// The sum over a range of pairs (name, value).
template <typename Fields>
constexpr std::size_t FieldsSize(const Fields& fields) {
  std::size_t sum = 0;
  for (const auto& [name, value] : fields) sum += FieldSize(name, value);
  return sum;
}

/// What every Trailers-Only answer has before its trailers: ":status: 200" and
/// "content-type: application/grpc".
inline constexpr std::size_t kTrailersOnlyHeadBytes =
    FieldSize(":status", "200") + FieldSize("content-type", "application/grpc");

}  // namespace scoregate::grpcwire
