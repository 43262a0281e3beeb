#include "gateway/dialect/dialect.h"

#include <array>
#include <string>
#include <utility>

#include "gateway/dialect/classic/classic.h"
#include "gateway/dialect/opaque.h"

namespace scoregate::dialect {
namespace {

const ClassicDialect kClassicDialect;
const OpaqueDialect kOpaqueDialect;

// The list of what this build speaks: one row a kind.
constexpr std::array<std::pair<http::UpstreamKind, const Dialect*>, 3> kDialects{{
    {http::UpstreamKind::kClassic, &kClassicDialect},
    // What tells an online endpoint apart, its errors and its deployments, is not in the bodies.
    {http::UpstreamKind::kOnlineEndpoint, &kOpaqueDialect},
    {http::UpstreamKind::kOpaque, &kOpaqueDialect},
}};

}  // namespace

const Dialect* DialectOf(http::UpstreamKind kind) {
  for (const auto& [known, dialect] : kDialects) {
    if (known == kind) return dialect;
  }
  return nullptr;
}

void DecodeRaw(http::HttpResponse answer, google::api::HttpBody& body) {
  body.set_content_type(std::string(answer.headers.First("content-type")));
  body.set_data(std::move(answer.body));
}

void Authorize(http::HttpRequest& request, std::string_view key) {
  if (key.empty()) return;
  constexpr std::string_view kScheme = "Bearer ";
  std::string value;
  value.reserve(kScheme.size() + key.size());
  value.append(kScheme).append(key);
  request.headers.Set("authorization", std::move(value));
}

}  // namespace scoregate::dialect
