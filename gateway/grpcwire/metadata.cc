// The one validator for metadata that leaves.
#include "gateway/grpcwire/metadata.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/field_size.h"

namespace scoregate::grpcwire {
namespace {

// What a gRPC server may send under names that applications must not use.
constexpr std::array<std::string_view, 7> kServerProtocolKeys = {
    "content-type", "grpc-accept-encoding",    "grpc-encoding",          "grpc-message",
    "grpc-status",  "grpc-status-details-bin", "grpc-retry-pushback-ms",
};

// Written by gRPC itself, or forbidden in HTTP/2 (RFC 9113, 8.2.2), where a peer answers them by
// closing the stream.
constexpr std::array<std::string_view, 11> kTransportKeys = {
    "connection",        "content-length",   "content-type", "host",
    "keep-alive",        "proxy-connection", "te",           "trailer",
    "transfer-encoding", "upgrade",          "user-agent",
};

constexpr std::string_view kReservedPrefix = "grpc-";

constexpr bool IsKeyCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

constexpr char kFirstValueCharacter = 0x20;
constexpr char kLastValueCharacter = 0x7E;

constexpr bool IsValueCharacter(char c) {
  return c >= kFirstValueCharacter && c <= kLastValueCharacter;
}

// How far from the first character of values the farthest was, for each place of a block of
// characters. A loop over a block has no way out, so that the compiler sees to all at once.
using Block = std::array<std::uint8_t, 16>;

void Widen(const char* characters, Block& farthest) {
  for (std::size_t i = 0; i < farthest.size(); ++i) {
    // What stands before the first is the farthest of all.
    const auto distance = static_cast<std::uint8_t>(characters[i] - kFirstValueCharacter);
    farthest[i] = farthest[i] > distance ? farthest[i] : distance;
  }
}

bool AllWithin(const Block& farthest) {
  Block beyond{};
  for (std::size_t i = 0; i < farthest.size(); ++i) {
    beyond[i] = farthest[i] > kLastValueCharacter - kFirstValueCharacter;
  }
  return beyond == Block{};
}

template <typename Keys>
bool Contains(const Keys& keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

bool MayWrite(std::string_view key, MetadataOwner owner) {
  if (!IsReservedKey(key)) return true;
  return owner == MetadataOwner::kProtocol && Contains(kServerProtocolKeys, key);
}

}  // namespace

bool IsValidKey(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, IsKeyCharacter);
}

bool IsReservedKey(std::string_view key) {
  return key.starts_with(kReservedPrefix) || Contains(kTransportKeys, key);
}

// Details are long, and every one of their bytes is looked at, a block at a time. What does not
// fill a last block is in one with bytes that were looked at before.
bool IsValidValue(std::string_view value) {
  Block farthest{};
  if (value.size() < farthest.size()) return std::ranges::all_of(value, IsValueCharacter);
  const char* const last = value.data() + value.size() - farthest.size();
  for (const char* at = value.data(); at < last; at += farthest.size()) Widen(at, farthest);
  Widen(last, farthest);
  return AllWithin(farthest);
}

std::string_view TrimValue(std::string_view value) {
  while (value.starts_with(' ') || value.starts_with('\t')) value.remove_prefix(1);
  while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
  return value;
}

std::optional<MetadataFlaw> CheckField(std::string_view key, std::string_view value,
                                       MetadataOwner owner, const MetadataLimits& limits) {
  if (key.empty()) return MetadataFlaw::kKeyEmpty;
  if (key.size() > limits.max_key_bytes) return MetadataFlaw::kKeyTooLong;
  if (!IsValidKey(key)) return MetadataFlaw::kKeyCharacter;
  if (!MayWrite(key, owner)) return MetadataFlaw::kKeyReserved;
  if (value.size() > limits.max_value_bytes) return MetadataFlaw::kValueTooLong;
  if (!IsValidValue(value)) return MetadataFlaw::kValueCharacter;
  if (IsBinaryKey(key) && !Base64DecodeList(value)) return MetadataFlaw::kValueNotBase64;
  return std::nullopt;
}

std::optional<MetadataFinding> CheckBlock(std::span<const MetadataField> fields,
                                          MetadataOwner owner, const MetadataLimits& limits) {
  std::size_t total = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto& [key, value] = fields[i];
    if (i >= limits.max_fields) return MetadataFinding{i, MetadataFlaw::kTooManyFields};
    if (auto flaw = CheckField(key, value, owner, limits)) return MetadataFinding{i, *flaw};
    total += FieldSize(key, value);
    if (total > limits.max_total_bytes) return MetadataFinding{i, MetadataFlaw::kBlockTooLarge};
  }
  return std::nullopt;
}

std::string_view FlawText(MetadataFlaw flaw) {
  switch (flaw) {
    case MetadataFlaw::kKeyEmpty:
      return "A metadata key is empty.";
    case MetadataFlaw::kKeyCharacter:
      return "A metadata key holds a character other than a-z, 0-9, '_', '-' and '.'.";
    case MetadataFlaw::kKeyReserved:
      return "A metadata key is reserved for gRPC or HTTP/2.";
    case MetadataFlaw::kKeyTooLong:
      return "A metadata key is too long.";
    case MetadataFlaw::kValueCharacter:
      return "A metadata value holds a character that is not printable ASCII.";
    case MetadataFlaw::kValueNotBase64:
      return "A metadata value under a key that ends in -bin is not base64.";
    case MetadataFlaw::kValueTooLong:
      return "A metadata value is too long.";
    case MetadataFlaw::kTooManyFields:
      return "There are too many metadata fields.";
    case MetadataFlaw::kBlockTooLarge:
      return "The metadata is too large in total.";
  }
  return "";
}

}  // namespace scoregate::grpcwire
