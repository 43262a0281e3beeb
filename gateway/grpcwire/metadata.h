// Which metadata may go on the wire: keys, values, reserved names and limits, in one validator.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace scoregate::grpcwire {

/// A key and its value as it goes on the wire: "-bin" values are base64 already.
using MetadataField = std::pair<std::string, std::string>;

/// Limits on what leaves in one block of initial or trailing metadata. Sizes are RFC 7540's (see
/// field_size.h); callers on gRPC C++ lose every detail of a block over 8,192 bytes.
struct MetadataLimits {
  std::size_t max_key_bytes = 128;
  std::size_t max_value_bytes = 7168;
  std::size_t max_fields = 128;
  std::size_t max_total_bytes = 7168;
};
inline constexpr MetadataLimits kMetadataLimits;

/// Who gave a field. Only the protocol's own code may write names that the protocol owns, and of
/// these only the ones that a server sends as metadata (grpc-status and its companions).
enum class MetadataOwner { kApplication, kProtocol };

/// Why a field must not leave.
enum class MetadataFlaw {
  kKeyEmpty,
  kKeyCharacter,    ///< Outside [0-9a-z_.-]; upper case makes some peers abort.
  kKeyReserved,     ///< "grpc-...", or a field of HTTP/2 and of gRPC's own framing.
  kKeyTooLong,      ///< Over max_key_bytes.
  kValueCharacter,  ///< Outside 0x20 to 0x7E.
  kValueNotBase64,  ///< The key ends in "-bin" and the value is no base64.
  kValueTooLong,    ///< Over max_value_bytes.
  kTooManyFields,   ///< The field that is one too many for the block.
  kBlockTooLarge,   ///< The field that takes the block over max_total_bytes.
};

/// The first field of a block that must not leave, and why.
struct MetadataFinding {
  std::size_t index = 0;
  MetadataFlaw flaw = MetadataFlaw::kKeyEmpty;

  bool operator==(const MetadataFinding&) const = default;
};

/// Whether the key is not empty and made of [0-9a-z_.-] only.
bool IsValidKey(std::string_view key);

/// Whether values of that key are bytes, sent as base64.
constexpr bool IsBinaryKey(std::string_view key) {
  return key.ends_with("-bin");
}

/// Whether an application must keep its hands off a (lower-case) key: "grpc-..." and the fields
/// that HTTP/2 and gRPC write or forbid themselves, such as content-type, te and connection.
bool IsReservedKey(std::string_view key);

/// Whether every byte is within 0x20 to 0x7E. An empty value is valid.
bool IsValidValue(std::string_view value);

/// The value without spaces and tabs at its ends, which the wire does not keep.
std::string_view TrimValue(std::string_view value);

/// Checks one field by itself.
std::optional<MetadataFlaw> CheckField(std::string_view key, std::string_view value,
                                       MetadataOwner owner,
                                       const MetadataLimits& limits = kMetadataLimits);

/// Checks each field, then their number and the sum of their sizes. Nothing where all may leave.
std::optional<MetadataFinding> CheckBlock(std::span<const MetadataField> fields,
                                          MetadataOwner owner,
                                          const MetadataLimits& limits = kMetadataLimits);

/// One English sentence about a flaw, without key or value. Static lifetime.
std::string_view FlawText(MetadataFlaw flaw);

}  // namespace scoregate::grpcwire
