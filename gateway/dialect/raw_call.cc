#include "gateway/dialect/raw_call.h"

#include <algorithm>
#include <utility>

namespace scoregate::dialect {
namespace {

using http::Fault;
using http::FaultKind;
using http::HttpRequest;

// Longest content type that is passed on, in bytes.
constexpr std::size_t kMaxContentTypeBytes = 1024;

// A caller's text becomes a header's value: a line end in it would forge another header.
bool IsHeaderValue(std::string_view text) {
  return text.size() <= kMaxContentTypeBytes &&
         std::ranges::all_of(text, [](char c) { return c >= 0x20 && c <= 0x7E; });
}

}  // namespace

Fault RequestTooLarge(std::string field, const endpoint::EndpointSettings& settings) {
  return Fault(FaultKind::kRequestTooLarge, std::move(field),
               "The request's body is over the endpoint's limit of " +
                   std::to_string(settings.limits.max_request_bytes) + " bytes.");
}

http::Result<HttpRequest> MakeRequest(std::string target, std::string_view content_type,
                                      std::string body,
                                      const endpoint::EndpointSettings& settings) {
  if (body.size() > settings.limits.max_request_bytes) return RequestTooLarge("inputs", settings);
  HttpRequest request;
  request.target = std::move(target);
  request.headers.Add("content-type", content_type);
  request.headers.Add("accept", kJsonContentType);
  for (const auto& [name, value] : settings.headers) request.headers.Set(name, value);
  request.body = std::move(body);
  return request;
}

http::Result<HttpRequest> EncodeRawTo(std::string target,
                                      const scoring::v1::ScoreRawRequest& request,
                                      const endpoint::EndpointSettings& settings) {
  if (request.endpoint().empty()) {
    return Fault(FaultKind::kRequestInvalid, "endpoint", "The request names no endpoint.");
  }
  const google::api::HttpBody& body = request.body();
  if (!IsHeaderValue(body.content_type())) {
    return Fault(FaultKind::kRequestInvalid, "body.content_type",
                 "A content type is at most " + std::to_string(kMaxContentTypeBytes) +
                     " printable ASCII characters.");
  }
  if (body.data().size() > settings.limits.max_request_bytes) {
    return RequestTooLarge("body", settings);
  }
  std::string_view content_type = body.content_type();
  if (content_type.empty()) content_type = kJsonContentType;
  return MakeRequest(std::move(target), content_type, body.data(), settings);
}

}  // namespace scoregate::dialect
