// Rules for the names of callers' certificates.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/rpc/tls/allowed_names.h"

namespace scoregate::rpc {
namespace {

struct NameCase {
  const char* rule;
  const char* name;
  bool allowed;
};

TEST(AllowedNames, OneRuleOneName) {
  const NameCase cases[] = {
      {"client.example", "client.example", true},
      {"client.example", "CLIENT.Example", true},
      {"client.example", "client.example.", false},
      {"client.example", "a.client.example", false},
      {"client.example", "client.exampl", false},
      {"*.example", "a.example", true},
      {"*.EXAMPLE", "a.example", true},
      {"*.example", "a.b.example", false},
      {"*.example", "example", false},
      {"*.example", ".example", false},
      {"*.b.example", "a.b.example", true},
      {"*.example", "*.example", false},
      {"client.example", "*.example", false},
      {"spiffe://td/ns/a/sa/b", "spiffe://td/ns/a/sa/b", true},
      {"spiffe://td/ns/a/sa/b", "spiffe://td/ns/a/sa/B", false},
      {"spiffe://td/ns/a/sa/b", "spiffe://td/ns/a/sa/b/c", false},
      {"spiffe://td/ns/a/*", "spiffe://td/ns/a/sa/b", true},
      {"spiffe://td/ns/a/*", "spiffe://td/ns/a", false},
      {"spiffe://td/ns/a/*", "spiffe://td/ns/a/", false},
      {"spiffe://td/ns/a/*", "spiffe://td/ns/ab/c", false},
      {"*.example", "spiffe://a.example", false},
      {"spiffe://td/*", "td", false},
  };
  for (const NameCase& c : cases) {
    const std::vector<std::string> rules = {c.rule};
    const std::vector<std::string> names = {c.name};
    EXPECT_EQ(IsNameAllowed(rules, names), c.allowed) << c.rule << " for " << c.name;
  }
}

TEST(AllowedNames, AnyNameMayFitAnyRule) {
  const std::vector<std::string> rules = {"a.example", "spiffe://td/x"};
  EXPECT_TRUE(IsNameAllowed(rules, std::vector<std::string>{"b.example", "spiffe://td/x"}));
  EXPECT_FALSE(IsNameAllowed(rules, std::vector<std::string>{"b.example", "spiffe://td/y"}));
  EXPECT_FALSE(IsNameAllowed(rules, {}));
  EXPECT_FALSE(IsNameAllowed({}, std::vector<std::string>{"a.example"}));
}

TEST(AllowedNames, WhatIsNoRule) {
  for (const char* good : {"a.example", "*.example", "a_b-c.example", "spiffe://td", "https://h/*",
                           "spiffe://td/ns/x/*"}) {
    EXPECT_EQ(WhyNoNameRule(good), std::nullopt) << good;
  }
  struct BadRule {
    const char* rule;
    const char* why;
  };
  const BadRule bad[] = {
      {"", "the name is empty"},
      {"*", "a * in a DNS name stands only for its first label"},
      {"a.*.example", "a * in a DNS name stands only for its first label"},
      {"*a.example", "a * in a DNS name stands only for its first label"},
      {"*.", "this is neither a DNS name nor a URI"},
      {"me@example", "this is neither a DNS name nor a URI"},
      {"spiffe:/td/x", "this is neither a DNS name nor a URI"},
      {"a b", "this is neither a DNS name nor a URI"},
      {"spiffe://td/*/x", "a * in a URI stands only at its end, after a slash"},
      {"spiffe://td/x*", "a * in a URI stands only at its end, after a slash"},
  };
  for (const BadRule& c : bad) EXPECT_EQ(WhyNoNameRule(c.rule), c.why) << c.rule;
}

}  // namespace
}  // namespace scoregate::rpc
