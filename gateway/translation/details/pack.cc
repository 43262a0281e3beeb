#include "gateway/translation/details/pack.h"

#include <cstdint>
#include <string>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/field_size.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/translation/details/wire_format.h"
#include "gateway/translation/trailers.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace scoregate::translation {
namespace {

using google::protobuf::io::ArrayOutputStream;
constexpr std::string_view kTypeUrlPrefix = "type.googleapis.com/";

// Fields of google.rpc.Status.
constexpr std::uint32_t kCodeField = 1;
constexpr std::uint32_t kMessageField = 2;
constexpr std::uint32_t kDetailsField = 3;
// Fields of google.protobuf.Any.
constexpr std::uint32_t kTypeUrlField = 1;
constexpr std::uint32_t kAnyValueField = 2;

std::size_t DecimalDigits(std::int64_t number) {
  return std::to_string(number).size();
}

std::size_t Measure(const google::protobuf::MessageLite& message) {
  return message.ByteSizeLong();
}

template <typename Written>
std::size_t Measure(const Written& detail) {
  return FieldMeter::Of(detail);
}

// Of a detail that was measured before.
std::size_t KnownBytes(const google::protobuf::MessageLite& message) {
  return static_cast<std::size_t>(message.GetCachedSize());
}

template <typename Written>
std::size_t KnownBytes(const Written& detail) {
  return FieldMeter::Of(detail);
}

void Write(const google::protobuf::MessageLite& message, CodedOutputStream& out) {
  message.SerializeWithCachedSizes(&out);
}

template <typename Written>
void Write(const Written& detail, CodedOutputStream& out) {
  FieldWriter writer(out);
  detail.SayTo(writer);
}

std::size_t AnyBytes(std::string_view name, std::size_t value) {
  const std::size_t url = FieldBytes(kTypeUrlPrefix.size() + name.size());
  return value == 0 ? url : url + FieldBytes(value);
}

}  // namespace

// Field by field instead of through the messages Status and Any, which would hold and copy it all.
std::string Pack(const Draft& draft, std::size_t status_bytes) {
  std::string packed(status_bytes, '\0');
  ArrayOutputStream array(packed.data(), static_cast<int>(packed.size()));
  CodedOutputStream out(&array);
  // Map fields come out of a hash table: only the deterministic writer sorts them.
  out.SetSerializationDeterministic(true);
  if (draft.code != grpcwire::Code::kOk) {
    out.WriteTag(kCodeField << 3 | kVarint);
    out.WriteVarint32(static_cast<std::uint32_t>(grpcwire::CodeNumber(draft.code)));
  }
  if (!draft.message.empty()) WriteField(kMessageField, draft.message, out);
  draft.ForEachDetail([&](std::string_view name, const auto& detail) {
    const std::size_t value = KnownBytes(detail);
    WriteHead(kDetailsField, AnyBytes(name, value), out);
    WriteHead(kTypeUrlField, kTypeUrlPrefix.size() + name.size(), out);
    WriteText(kTypeUrlPrefix, out);
    WriteText(name, out);
    if (value == 0) return;
    WriteHead(kAnyValueField, value, out);
    Write(detail, out);
  });
  return packed;
}

std::size_t StatusBytes(const Draft& draft) {
  std::size_t bytes = 0;
  if (draft.code != grpcwire::Code::kOk) bytes += 2;  // A tag and a number below 128.
  if (!draft.message.empty()) bytes += FieldBytes(draft.message.size());
  draft.ForEachDetail([&](std::string_view name, const auto& detail) {
    bytes += FieldBytes(AnyBytes(name, Measure(detail)));
  });
  return bytes;
}

std::size_t BlockBytes(const Draft& draft, std::size_t status_bytes) {
  using grpcwire::kFieldOverheadBytes;
  auto field = [](std::string_view name, std::size_t value) {
    return name.size() + value + kFieldOverheadBytes;
  };
  std::size_t bytes = grpcwire::kTrailersOnlyHeadBytes;
  bytes += field(kGrpcStatus, DecimalDigits(grpcwire::CodeNumber(draft.code)));
  bytes += field(kGrpcMessage, grpcwire::PercentEncodedSize(draft.message));
  bytes += field(kGrpcStatusDetails, grpcwire::Base64EncodedSize(status_bytes));
  if (draft.pushback_ms) bytes += field(kGrpcRetryPushback, DecimalDigits(*draft.pushback_ms));
  return bytes;
}

}  // namespace scoregate::translation
