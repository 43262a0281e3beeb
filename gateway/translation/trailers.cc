#include "gateway/translation/trailers.h"

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/field_size.h"
#include "gateway/grpcwire/percent_encoding.h"

namespace scoregate::translation {

std::vector<std::pair<std::string, std::string>> Trailers(const Translation& translation) {
  std::vector<std::pair<std::string, std::string>> trailers;
  trailers.reserve(4);
  trailers.emplace_back(kGrpcStatus, std::to_string(translation.status.code()));
  trailers.emplace_back(kGrpcMessage, grpcwire::PercentEncode(translation.status.message()));
  // No map stands in a Status itself, so its bytes are the same at every run.
  trailers.emplace_back(kGrpcStatusDetails,
                        grpcwire::Base64Encode(translation.status.SerializeAsString()));
  if (translation.pushback_ms) {
    trailers.emplace_back(kGrpcRetryPushback, std::to_string(*translation.pushback_ms));
  }
  return trailers;
}

std::size_t TrailersOnlyBytes(const std::vector<std::pair<std::string, std::string>>& trailers) {
  return grpcwire::kTrailersOnlyHeadBytes + grpcwire::FieldsSize(trailers);
}

}  // namespace scoregate::translation
