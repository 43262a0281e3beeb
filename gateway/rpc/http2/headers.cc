#include "gateway/rpc/http2/headers.h"

#include <algorithm>

#include "gateway/grpcwire/field_size.h"
#include "gateway/grpcwire/metadata.h"

namespace scoregate::rpc {
namespace {

constexpr std::size_t kLongValueBytes = 64;
// Half of what every peer takes in one frame (RFC 7540, 4.2).
constexpr std::size_t kMostFieldsBytes = std::size_t{8} * 1024;

// With how many bytes a frame begins that say how long it is (RFC 7540, 4.1).
constexpr std::size_t kSizeBytes = 3;

// HPACK's form of a field that no side remembers, whose name is written out (RFC 7541, 6.2.3).
constexpr std::uint8_t kNeverIndexed = 0x10;

bool MayLeave(const grpcwire::MetadataField& field) {
  return grpcwire::IsValidKey(field.first) && grpcwire::IsValidValue(field.second);
}

// A text in HPACK's plain form (RFC 7541, 5.2): its size in seven bits or more, then its bytes.
void AppendText(std::string_view text, std::vector<std::uint8_t>& output) {
  constexpr std::size_t kSevenBits = 0x7F;
  output.push_back(static_cast<std::uint8_t>(std::min(text.size(), kSevenBits)));
  if (text.size() >= kSevenBits) {
    std::size_t rest = text.size() - kSevenBits;
    for (; rest > kSevenBits; rest >>= 7) output.push_back(static_cast<std::uint8_t>(rest | 0x80));
    output.push_back(static_cast<std::uint8_t>(rest));
  }
  // As bytes of the same kind, which are copied all at once.
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  output.insert(output.end(), bytes, bytes + text.size());
}

}  // namespace

void HeaderList::Add(std::string_view name, std::string_view value, std::uint8_t flags) {
  // nghttp2's struct is not const, but nghttp2 only reads it.
  list_.push_back({reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
                   reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(),
                   value.size(), flags});
}

void HeaderList::AddMetadata(std::span<const grpcwire::MetadataField> fields) {
  for (const grpcwire::MetadataField& field : fields) {
    if (!MayLeave(field)) continue;
    bool steady = field.first == "grpc-status";
    Add(field.first, field.second, steady ? NGHTTP2_NV_FLAG_NONE : NGHTTP2_NV_FLAG_NO_INDEX);
  }
}

std::span<const grpcwire::MetadataField> HeaderList::AddUpToLong(
    std::span<const grpcwire::MetadataField> fields) {
  auto end = fields.end();
  if (grpcwire::FieldsSize(fields) <= kMostFieldsBytes) {
    end = std::ranges::find_if(fields, [](const grpcwire::MetadataField& field) {
      return field.second.size() >= kLongValueBytes;
    });
  }
  const std::span listed(fields.begin(), end);
  AddMetadata(listed);
  return fields.subspan(listed.size());
}

void AppendFields(std::span<const grpcwire::MetadataField> fields,
                  std::vector<std::uint8_t>& block) {
  for (const grpcwire::MetadataField& field : fields) {
    if (!MayLeave(field)) continue;
    block.push_back(kNeverIndexed);
    AppendText(field.first, block);
    AppendText(field.second, block);
  }
}

void LengthenFrame(std::size_t begin, std::span<const std::uint8_t> more,
                   std::vector<std::uint8_t>& output) {
  output.insert(output.end(), more.begin(), more.end());
  const std::size_t size = output.size() - begin - kFrameHeadBytes;
  for (std::size_t i = 0; i < kSizeBytes; ++i) {
    output[begin + i] = static_cast<std::uint8_t>(size >> 8 * (kSizeBytes - 1 - i));
  }
}

}  // namespace scoregate::rpc
