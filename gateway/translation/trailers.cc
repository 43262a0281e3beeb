#include "gateway/translation/trailers.h"

#include <charconv>
#include <cstdint>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/field_size.h"
#include "gateway/grpcwire/percent_encoding.h"

namespace scoregate::translation {

std::vector<std::pair<std::string, std::string>> Trailers(const Translation& translation) {
  std::vector<std::pair<std::string, std::string>> trailers;
  trailers.reserve(4);
  trailers.emplace_back(kGrpcStatus, std::to_string(grpcwire::CodeNumber(translation.code)));
  trailers.emplace_back(kGrpcMessage, grpcwire::PercentEncode(translation.message));
  trailers.emplace_back(kGrpcStatusDetails, grpcwire::Base64Encode(translation.packed));
  if (translation.pushback_ms) {
    trailers.emplace_back(kGrpcRetryPushback, std::to_string(*translation.pushback_ms));
  }
  return trailers;
}

google::rpc::Status StatusOf(const std::vector<std::pair<std::string, std::string>>& trailers) {
  google::rpc::Status status;
  for (const auto& [name, value] : trailers) {
    if (name != kGrpcStatusDetails) continue;
    if (auto bytes = grpcwire::Base64Decode(value); bytes && status.ParseFromString(*bytes)) {
      return status;
    }
  }
  status.Clear();
  for (const auto& [name, value] : trailers) {
    if (name == kGrpcStatus) {
      std::int32_t code = 0;
      std::from_chars(value.data(), value.data() + value.size(), code);
      status.set_code(code);
    }
    if (name == kGrpcMessage) status.set_message(value);
  }
  return status;
}

std::size_t TrailersOnlyBytes(const std::vector<std::pair<std::string, std::string>>& trailers) {
  return grpcwire::kTrailersOnlyHeadBytes + grpcwire::FieldsSize(trailers);
}

}  // namespace scoregate::translation
