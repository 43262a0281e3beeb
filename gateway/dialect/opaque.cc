#include "gateway/dialect/opaque.h"

#include "gateway/dialect/raw_call.h"

namespace scoregate::dialect {
namespace {

http::Fault NoTypedCalls() {
  return http::Fault(http::FaultKind::kMethodNotFound,
                     "An OPAQUE endpoint has no typed tables; call ScoreRaw.");
}

}  // namespace

http::Result<http::HttpRequest> OpaqueDialect::EncodeScore(
    const scoring::v1::ScoreRequest&, const endpoint::EndpointSettings&) const {
  return NoTypedCalls();
}

http::Result<void> OpaqueDialect::DecodeScore(const http::HttpResponse&,
                                              scoring::v1::ScoreResponse&) const {
  return NoTypedCalls();
}

http::Result<http::HttpRequest> OpaqueDialect::EncodeRaw(
    const scoring::v1::ScoreRawRequest& request, const endpoint::EndpointSettings& settings) const {
  const endpoint::Address& address = settings.address;
  std::string target = address.path;
  if (!address.query.empty()) target += "?" + address.query;
  return EncodeRawTo(std::move(target), request, settings);
}

}  // namespace scoregate::dialect
