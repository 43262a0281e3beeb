// Deployments that callers may choose: patterns, and what is refused.
#include "gateway/dialect/deployment.h"

#include <gtest/gtest.h>

namespace scoregate::dialect {
namespace {

TEST(Deployment, PatternsAreWholeNamesWithStars) {
  struct Case {
    const char* pattern;
    const char* name;
    bool fits;
  };
  const Case cases[] = {
      {"blue", "blue", true},
      {"blue", "blue2", false},
      {"blue", "Blue", false},
      {"*", "anything", true},
      {"blue-*", "blue-2", true},
      {"blue-*", "blue-", true},
      {"blue-*", "green-2", false},
      {"*-v2", "blue-v2", true},
      {"*-v2", "blue-v22", false},
      {"a*b*c", "a-b-b-c", true},
      {"a*b*c", "a-c-b", false},
      {"a**b", "ab", true},
      {"", "a", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FitsPattern(c.pattern, c.name), c.fits) << c.pattern << " " << c.name;
  }
}

TEST(Deployment, ManyStarsCostLittle) {
  std::string pattern;
  for (int i = 0; i < 2'000; ++i) pattern += "*a";
  EXPECT_FALSE(FitsPattern(pattern + "b", std::string(4'000, 'a')));
}

std::string Choose(std::vector<std::string_view> named, std::vector<std::string> allowed,
                   http::UpstreamKind kind = http::UpstreamKind::kOnlineEndpoint) {
  endpoint::EndpointSettings settings;
  settings.name = "churn";
  settings.kind = kind;
  settings.deployments = std::move(allowed);
  http::HttpRequest request;
  request.headers.Add("Azureml-Model-Deployment", "default");
  auto refused = ChooseDeployment(named, settings, request);
  if (!refused) return request.headers.Joined(kDeploymentHeader);
  EXPECT_EQ(refused->kind, http::FaultKind::kRequestInvalid);
  EXPECT_EQ(refused->field, "azureml-model-deployment");
  return refused->text;
}

TEST(Deployment, IsSetWhereItIsAllowed) {
  EXPECT_EQ(Choose({"green-2"}, {"blue", "green-*"}), "green-2") << "in place of a configured one";
  EXPECT_EQ(Choose({"red"}, {"blue", "green-*"}),
            "Endpoint 'churn' lets callers choose deployments by these names only: blue green-*.");
  EXPECT_EQ(Choose({"blue"}, {}),
            "Endpoint 'churn' lets callers choose no deployment; leave the metadata out.");
  for (const char* forged : {"", "a\r\nx: y", "a b", "\xC3\xA9",
                             "12345678901234567890123456789012345678901234567890123456789012345"}) {
    EXPECT_EQ(Choose({forged}, {"*"}),
              "Endpoint 'churn' lets callers choose deployments by these names only: *.");
  }
  EXPECT_EQ(Choose({}, {"blue"}), "default") << "nobody chose";
  EXPECT_EQ(Choose({"blue"}, {"*"}, http::UpstreamKind::kOpaque), "default")
      << "means nothing to other upstreams";
}

TEST(Deployment, NamedTwiceIsRefused) {
  for (const char* second : {"blue", "red", "green"}) {
    EXPECT_EQ(Choose({"blue", second}, {"blue", "green"}),
              "The metadata is there 2 times; send it once, with the deployment that is to answer.")
        << "all of them would have to be allowed, and one would be dropped: " << second;
  }
}

}  // namespace
}  // namespace scoregate::dialect
