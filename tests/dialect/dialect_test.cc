// The list of dialects, raw calls of all of them, and authorization.
#include "gateway/dialect/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/dialect/tables.h"

namespace scoregate::dialect {
namespace {

using http::FaultKind;
using http::UpstreamKind;

scoring::v1::ScoreRawRequest RawRequest(std::string content_type, std::string data) {
  scoring::v1::ScoreRawRequest request;
  request.set_endpoint("e");
  request.mutable_body()->set_content_type(std::move(content_type));
  request.mutable_body()->set_data(std::move(data));
  return request;
}

TEST(Dialects, WhatThisBuildSpeaks) {
  EXPECT_NE(DialectOf(UpstreamKind::kClassic), nullptr);
  EXPECT_NE(DialectOf(UpstreamKind::kOpaque), nullptr);
  EXPECT_NE(DialectOf(UpstreamKind::kClassic), DialectOf(UpstreamKind::kOpaque));
  EXPECT_NE(DialectOf(UpstreamKind::kOnlineEndpoint), nullptr);
}

TEST(RawCalls, GoAsTheyCame) {
  struct Case {
    const char* name;
    UpstreamKind kind;
    const char* path;
    const char* query;
    const char* content_type;
    const char* target;
    const char* sent_type;
  };
  const Case cases[] = {
      {"opaque", UpstreamKind::kOpaque, "/score", "", "text/csv", "/score", "text/csv"},
      {"opaque with a query", UpstreamKind::kOpaque, "/s", "a=b&c", "a/b; charset=\"x\"",
       "/s?a=b&c", "a/b; charset=\"x\""},
      {"no type is JSON", UpstreamKind::kOpaque, "/", "", "", "/", "application/json"},
      {"an opaque path that looks classic", UpstreamKind::kOpaque, "/services/s", "", "",
       "/services/s", "application/json"},
      {"an online endpoint's path", UpstreamKind::kOnlineEndpoint, "/score", "a=b", "text/csv",
       "/score?a=b", "text/csv"},
      {"classic goes to execute", UpstreamKind::kClassic, "/services/s", "", "",
       "/services/s/execute?api-version=2.0&details=true", "application/json"},
  };
  for (const Case& c : cases) {
    endpoint::EndpointSettings settings;
    settings.address.path = c.path;
    settings.address.query = c.query;
    const std::string bytes("\0{not json", 10);
    auto request = DialectOf(c.kind)->EncodeRaw(RawRequest(c.content_type, bytes), settings);
    ASSERT_TRUE(request.ok()) << c.name;
    EXPECT_EQ(request.value().method, "POST") << c.name;
    EXPECT_EQ(request.value().target, c.target) << c.name;
    EXPECT_EQ(request.value().headers.First("content-type"), c.sent_type) << c.name;
    EXPECT_EQ(request.value().body, bytes) << c.name;
  }
}

TEST(RawCalls, AreRefusedWithTheField) {
  endpoint::EndpointSettings settings;
  settings.limits.max_request_bytes = 4;
  for (UpstreamKind kind :
       {UpstreamKind::kClassic, UpstreamKind::kOnlineEndpoint, UpstreamKind::kOpaque}) {
    const Dialect& dialect = *DialectOf(kind);
    EXPECT_TRUE(dialect.EncodeRaw(RawRequest("", "1234"), settings).ok());
    auto large = dialect.EncodeRaw(RawRequest("", "12345"), settings);
    ASSERT_FALSE(large.ok());
    EXPECT_EQ(large.fault().kind, FaultKind::kRequestTooLarge);
    EXPECT_EQ(large.fault().text, "The request's body is over the endpoint's limit of 4 bytes.");
    auto nameless = dialect.EncodeRaw(scoring::v1::ScoreRawRequest(), settings);
    ASSERT_FALSE(nameless.ok());
    EXPECT_EQ(nameless.fault().field, "endpoint");
    for (const char* forged : {"a/b\r\nx: y", "a\n", "\x7F", "\xC3\xA9"}) {
      auto refused = dialect.EncodeRaw(RawRequest(forged, ""), settings);
      ASSERT_FALSE(refused.ok()) << forged;
      EXPECT_EQ(refused.fault().kind, FaultKind::kRequestInvalid);
      EXPECT_EQ(refused.fault().field, "body.content_type");
    }
  }
}

TEST(RawCalls, TheAnswerIsUnread) {
  http::HttpResponse answer;
  answer.headers.Add("Content-Type", "text/csv");
  answer.body = std::string("\xFF\0x", 3);
  google::api::HttpBody body;
  DecodeRaw(std::move(answer), body);
  EXPECT_EQ(body.content_type(), "text/csv");
  EXPECT_EQ(body.data(), std::string("\xFF\0x", 3));
}

TEST(TypedCalls, NeedADeclaredShape) {
  for (UpstreamKind kind : {UpstreamKind::kOnlineEndpoint, UpstreamKind::kOpaque}) {
    auto encoded =
        DialectOf(kind)->EncodeScore(scoring::v1::ScoreRequest(), endpoint::EndpointSettings());
    ASSERT_FALSE(encoded.ok());
    EXPECT_EQ(encoded.fault().kind, FaultKind::kMethodNotFound);
    EXPECT_EQ(encoded.fault().text,
              "The endpoint declares no request_shape, so it has no typed tables; call ScoreRaw.");
  }
}

TEST(Authorization, TheKeyGoesAsItIs) {
  http::HttpRequest request;
  request.headers.Add("Authorization", "old");
  Authorize(request, "a+/b==");
  EXPECT_EQ(request.headers.All("authorization"), std::vector<std::string_view>{"Bearer a+/b=="});
  http::HttpRequest keyless;
  Authorize(keyless, "");
  EXPECT_FALSE(keyless.headers.Has("authorization"));
}

}  // namespace
}  // namespace scoregate::dialect
