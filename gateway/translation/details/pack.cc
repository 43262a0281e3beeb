#include "gateway/translation/details/pack.h"

#include <string>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/field_size.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/translation/trailers.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace scoregate::translation {
namespace {

using google::protobuf::io::ArrayOutputStream;
using google::protobuf::io::CodedOutputStream;

constexpr std::string_view kTypeUrlPrefix = "type.googleapis.com/";

/// A length-delimited field whose number fits into one byte of tag.
std::size_t FieldBytes(std::size_t content) {
  return 1 + CodedOutputStream::VarintSize64(content) + content;
}

std::size_t DecimalDigits(std::int64_t number) {
  return std::to_string(number).size();
}

// Map fields come out of a hash table: only the deterministic writer sorts them.
void Write(const google::protobuf::MessageLite& message, std::string& out) {
  std::size_t size = message.ByteSizeLong();
  out.resize(size);
  ArrayOutputStream array(out.data(), static_cast<int>(size));
  CodedOutputStream coded(&array);
  coded.SetSerializationDeterministic(true);
  message.SerializeWithCachedSizes(&coded);
}

void Write(const ErrorInfoDraft& info, std::string& out) {
  out.reserve(info.ByteSizeLong());
  info.AppendTo(out);
}

}  // namespace

google::rpc::Status Pack(const Draft& draft) {
  google::rpc::Status status;
  status.set_code(grpcwire::CodeNumber(draft.code));
  status.set_message(draft.message);
  draft.ForEachDetail([&](std::string_view name, const auto& detail) {
    google::protobuf::Any* any = status.add_details();
    std::string* url = any->mutable_type_url();
    url->reserve(kTypeUrlPrefix.size() + name.size());
    url->append(kTypeUrlPrefix).append(name);
    Write(detail, *any->mutable_value());
  });
  return status;
}

std::size_t StatusBytes(const Draft& draft) {
  std::size_t bytes = 0;
  if (draft.code != grpcwire::Code::kOk) bytes += 2;  // A tag and a number below 128.
  if (!draft.message.empty()) bytes += FieldBytes(draft.message.size());
  draft.ForEachDetail([&](std::string_view name, const auto& detail) {
    std::size_t value = detail.ByteSizeLong();
    std::size_t any = FieldBytes(kTypeUrlPrefix.size() + name.size());
    if (value != 0) any += FieldBytes(value);
    bytes += FieldBytes(any);
  });
  return bytes;
}

std::size_t BlockBytes(const Draft& draft) {
  using grpcwire::kFieldOverheadBytes;
  auto field = [](std::string_view name, std::size_t value) {
    return name.size() + value + kFieldOverheadBytes;
  };
  std::size_t bytes = grpcwire::kTrailersOnlyHeadBytes;
  bytes += field(kGrpcStatus, DecimalDigits(grpcwire::CodeNumber(draft.code)));
  bytes += field(kGrpcMessage, grpcwire::PercentEncodedSize(draft.message));
  bytes += field(kGrpcStatusDetails, grpcwire::Base64EncodedSize(StatusBytes(draft)));
  if (draft.pushback_ms) bytes += field(kGrpcRetryPushback, DecimalDigits(*draft.pushback_ms));
  return bytes;
}

}  // namespace scoregate::translation
