#include "gateway/translation/details/error_info_draft.h"

#include <algorithm>
#include <cstdint>

#include "gateway/translation/details/wire_format.h"

namespace scoregate::translation {
namespace {

constexpr std::uint32_t kReasonTag = 1 << 3 | kLengthDelimited;
constexpr std::uint32_t kDomainTag = 2 << 3 | kLengthDelimited;
constexpr std::uint32_t kMetadataTag = 3 << 3 | kLengthDelimited;
// Tags of an entry of the map.
constexpr std::uint32_t kKeyTag = 1 << 3 | kLengthDelimited;
constexpr std::uint32_t kValueTag = 2 << 3 | kLengthDelimited;

// Map entries hold both fields, even empty ones.
std::size_t EntryBytes(const Metadata::Entry& entry) {
  return FieldBytes(entry.first.size()) + FieldBytes(entry.second.size());
}

}  // namespace

void Metadata::Put(std::string_view key, std::string value) {
  auto at = std::ranges::lower_bound(entries_, key, {}, &Entry::first);
  if (at != entries_.end() && at->first == key) {
    at->second = std::move(value);
    return;
  }
  entries_.emplace(at, key, std::move(value));
}

std::string* Metadata::Find(std::string_view key) {
  auto at = std::ranges::lower_bound(entries_, key, {}, &Entry::first);
  return at != entries_.end() && at->first == key ? &at->second : nullptr;
}

std::size_t ErrorInfoDraft::ByteSizeLong() const {
  std::size_t bytes = 0;
  if (!reason.empty()) bytes += FieldBytes(reason.size());
  if (!domain.empty()) bytes += FieldBytes(domain.size());
  for (const Metadata::Entry& entry : metadata.entries()) bytes += FieldBytes(EntryBytes(entry));
  return bytes;
}

void ErrorInfoDraft::WriteTo(CodedOutputStream& out) const {
  if (!reason.empty()) WriteField(kReasonTag, reason, out);
  if (!domain.empty()) WriteField(kDomainTag, domain, out);
  for (const Metadata::Entry& entry : metadata.entries()) {
    WriteHead(kMetadataTag, EntryBytes(entry), out);
    WriteField(kKeyTag, entry.first, out);
    WriteField(kValueTag, entry.second, out);
  }
}

}  // namespace scoregate::translation
