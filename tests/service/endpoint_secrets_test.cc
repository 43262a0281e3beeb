// What the gateway holds for an endpoint, and what of it an answer may quote.
#include "gateway/service/errors/endpoint_secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scoregate::service {
namespace {

endpoint::EndpointSettings Settings() {
  endpoint::EndpointSettings settings;
  settings.api_keys = {"first-key-0123", "second-key-4567"};
  settings.headers = {{"accept", "application/json"},
                      {"x-api-key", "fixed-header-8901"},
                      {"x-auth", "Token scheme-header-2345"},
                      {"x-team", "blue"}};
  settings.address.query = "api-version=2024-05-01&sv=2015-04-05&code=of%2Fthe%2Bquery&a=short";
  settings.proxy_authorization = "Basic cHJveHktdXNlcjpwcm94eS1wYXNzd29yZA==";
  settings.forward_metadata = {"authorization", "x-team-secret", "cookie", "x-trace-name"};
  return settings;
}

http::HttpRequest Sent() {
  http::HttpRequest sent;
  sent.headers.Add("Authorization", "Bearer token-in-use-6789");
  sent.headers.Add("x-team-secret", "callers-secret-0123");
  sent.headers.Add("cookie", "theme=dark; session=callers-session-45");
  sent.headers.Add("x-trace-name", "a-plain-name");
  return sent;
}

TEST(EndpointSecrets, EachIsHiddenInTheBody) {
  const endpoint::EndpointSettings settings = Settings();
  const EndpointSecrets secrets(settings);
  const char* hidden[] = {"first-key-0123",
                          "second-key-4567",
                          "fixed-header-8901",
                          "scheme-header-2345",
                          "of/the+query",
                          "of%2Fthe%2Bquery",
                          "cHJveHktdXNlcjpwcm94eS1wYXNzd29yZA==",
                          "proxy-user:proxy-password",
                          "proxy-password",
                          "token-in-use-6789",
                          "callers-secret-0123",
                          "callers-session-45"};
  for (const std::string quoted : hidden) {
    http::HttpResponse answer;
    answer.body = "so " + quoted + " it is";
    const auto shown = secrets.Hidden(Sent(), answer);
    ASSERT_TRUE(shown) << quoted;
    EXPECT_EQ(shown->body, "so [redacted] it is");
    EXPECT_EQ(secrets.Hidden(Sent(), http::Fault(http::FaultKind::kInternal, answer.body)).text,
              shown->body);
  }
}

// Each would be looked for in all of the answer.
TEST(EndpointSecrets, OfManyCookiesTheRestIsOneSecret) {
  const endpoint::EndpointSettings settings = Settings();
  const EndpointSecrets secrets(settings);
  std::string cookies;
  for (int i = 1'000; i < 2'200; ++i) {
    cookies.append("a=cookie-of-").append(std::to_string(i)).append("; ");
  }
  http::HttpRequest sent;
  sent.headers.Add("cookie", cookies);
  std::string said = "early cookie-of-1001, rest cookie-of-1014" +
                     cookies.substr(cookies.find("cookie-of-1014") + 14, 1'000);
  secrets.HideIn(sent, said);
  EXPECT_EQ(said, "early [redacted], rest [redacted]");
  said = "a=cookie-of-2099";
  secrets.HideIn(sent, said);
  EXPECT_EQ(said, "a=cookie-of-2099");
}

TEST(EndpointSecrets, WhatOnlyDescribesTheRequestStays) {
  const endpoint::EndpointSettings settings = Settings();
  const EndpointSecrets secrets(settings);
  http::HttpResponse answer;
  answer.headers.Add("x-ms-error-code", "BadArgument");
  answer.body = "application/json of blue, 2024-05-01, 2015-04-05, short, proxy-user, a-plain-name";
  EXPECT_FALSE(secrets.Hidden(Sent(), answer));
}

// Of a fixed header or a parameter: by its name, or by its looks.
TEST(EndpointSecrets, AFixedValueIsSecretByItsNameOrItsLooks) {
  struct Case {
    const char* name;
    const char* value;
    bool secret;
  };
  const Case cases[] = {
      {"x-api-key", "ordinary", true},
      {"x-functions-key", "ordinary", true},
      {"ocp-apim-subscription-key", "ordinary", true},
      {"authorization", "ordinary", true},
      {"cookie", "ordinary", true},
      {"code", "ordinary", true},
      {"sig", "ordinary", true},
      {"x-tenant", "4f1c0b52-7d0e-4c57-9d58-0a5b8f7f2a11", true},
      {"x-tenant", "Q7wE5rT3yU1iO9pA4sD6", true},
      {"accept-encoding", "identity", false},
      {"prefer", "respond-async", false},
      {"prefer", "respond-async, wait=10", false},
      {"x-region", "westeurope", false},
      {"x-region", "australiasoutheast", false},
      {"x-ms-version", "2024-05-01-preview", false},
      {"x-ms-client", "scoregate-2", false},
      {"accept", "application/vnd.scores.v2+json", false},
  };
  for (const Case& c : cases) {
    const std::string said = std::string("Managed ") + c.value + " lacks access";
    const std::string shown = c.secret ? "Managed [redacted] lacks access" : said;
    endpoint::EndpointSettings header;
    header.headers = {{c.name, c.value}};
    std::string text = said;
    EndpointSecrets(header).HideIn({}, text);
    EXPECT_EQ(text, shown) << "header " << c.name;
    if (std::string_view(c.name) == "accept") continue;
    endpoint::EndpointSettings query;
    query.address.query = std::string("a=b&") + c.name + "=" + c.value;
    text = said;
    EndpointSecrets(query).HideIn({}, text);
    EXPECT_EQ(text, shown) << "parameter " << c.name;
  }
}

TEST(EndpointSecrets, HeadersTrailersAndUtf16AreLookedThrough) {
  const endpoint::EndpointSettings settings = Settings();
  const EndpointSecrets secrets(settings);
  http::HttpResponse answer;
  answer.status = 401;
  answer.body_cut = true;
  answer.headers.Add("x-ms-error-code", "bad first-key-0123");
  answer.headers.Add("x-request-id", "one");
  answer.trailers.Add("x-ms-server-version", "first-key-0123");
  answer.body = "plain";
  const auto shown = secrets.Hidden(Sent(), answer);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->status, 401);
  EXPECT_TRUE(shown->body_cut);
  EXPECT_EQ(shown->headers.First("x-ms-error-code"), "bad [redacted]");
  EXPECT_EQ(shown->headers.First("x-request-id"), "one");
  EXPECT_EQ(shown->trailers.First("x-ms-server-version"), "[redacted]");
  EXPECT_EQ(shown->body, "plain");

  http::HttpResponse wide;
  wide.body = "\xFF\xFE";
  for (char c : std::string("key first-key-0123")) (wide.body += c) += '\0';
  const auto narrow = secrets.Hidden(Sent(), wide);
  ASSERT_TRUE(narrow);
  EXPECT_EQ(narrow->body, "key [redacted]");
}

}  // namespace
}  // namespace scoregate::service
