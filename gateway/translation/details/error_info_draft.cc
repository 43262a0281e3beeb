#include "gateway/translation/details/error_info_draft.h"

#include <algorithm>
#include <cstdint>

#include "google/protobuf/io/coded_stream.h"

namespace scoregate::translation {
namespace {

using google::protobuf::io::CodedOutputStream;

// Tags of length-delimited fields: the number, and wire type 2.
constexpr char kReasonTag = 1 << 3 | 2;
constexpr char kDomainTag = 2 << 3 | 2;
constexpr char kMetadataTag = 3 << 3 | 2;
constexpr char kKeyTag = 1 << 3 | 2;
constexpr char kValueTag = 2 << 3 | 2;

std::size_t FieldBytes(std::size_t content) {
  return 1 + CodedOutputStream::VarintSize64(content) + content;
}

// Map entries hold both fields, even empty ones.
std::size_t EntryBytes(const Metadata::Entry& entry) {
  return FieldBytes(entry.first.size()) + FieldBytes(entry.second.size());
}

void AppendHead(char tag, std::size_t size, std::string& out) {
  constexpr std::size_t kOneByteSizes = 128;
  if (size < kOneByteSizes) {
    const char head[] = {tag, static_cast<char>(size)};
    out.append(head, sizeof(head));
    return;
  }
  constexpr std::size_t kMaxVarintBytes = 10;
  std::uint8_t buffer[kMaxVarintBytes];
  std::uint8_t* end = CodedOutputStream::WriteVarint64ToArray(size, buffer);
  out += tag;
  out.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(end - buffer));
}

void AppendField(char tag, std::string_view content, std::string& out) {
  AppendHead(tag, content.size(), out);
  out += content;
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

void ErrorInfoDraft::AppendTo(std::string& out) const {
  if (!reason.empty()) AppendField(kReasonTag, reason, out);
  if (!domain.empty()) AppendField(kDomainTag, domain, out);
  for (const Metadata::Entry& entry : metadata.entries()) {
    AppendHead(kMetadataTag, EntryBytes(entry), out);
    AppendField(kKeyTag, entry.first, out);
    AppendField(kValueTag, entry.second, out);
  }
}

}  // namespace scoregate::translation
