// Rules for the names of callers' certificates.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/rpc/tls/allowed_names.h"

namespace scoregate::rpc {
namespace {

using Kind = CertificateName::Kind;

struct NameCase {
  const char* rule;
  Kind kind;
  const char* name;
  bool allowed;
};

TEST(AllowedNames, OneRuleOneName) {
  const NameCase cases[] = {
      {"client.example", Kind::kDns, "client.example", true},
      {"client.example", Kind::kDns, "CLIENT.Example", true},
      {"client.example", Kind::kDns, "client.example.", false},
      {"client.example", Kind::kDns, "a.client.example", false},
      {"client.example", Kind::kDns, "client.exampl", false},
      {"*.example", Kind::kDns, "a.example", true},
      {"*.EXAMPLE", Kind::kDns, "a.example", true},
      {"*.example", Kind::kDns, "a.b.example", false},
      {"*.example", Kind::kDns, "example", false},
      {"*.example", Kind::kDns, ".example", false},
      {"*.b.example", Kind::kDns, "a.b.example", true},
      {"*.example", Kind::kDns, "*.example", false},
      {"client.example", Kind::kDns, "*.example", false},
      {"spiffe://td/ns/a/sa/b", Kind::kUri, "spiffe://td/ns/a/sa/b", true},
      {"spiffe://td/ns/a/sa/b", Kind::kUri, "spiffe://td/ns/a/sa/B", false},
      {"spiffe://td/ns/a/sa/b", Kind::kUri, "spiffe://td/ns/a/sa/b/c", false},
      {"spiffe://td/ns/a/*", Kind::kUri, "spiffe://td/ns/a/sa/b", true},
      {"spiffe://td/ns/a/*", Kind::kUri, "spiffe://td/ns/a", false},
      {"spiffe://td/ns/a/*", Kind::kUri, "spiffe://td/ns/a/", false},
      {"spiffe://td/ns/a/*", Kind::kUri, "spiffe://td/ns/ab/c", false},
      {"*.example", Kind::kUri, "spiffe://a.example", false},
      {"spiffe://td/*", Kind::kDns, "td", false},
      // Names whose text reads like the other kind's.
      {"client.example", Kind::kUri, "client.example", false},
      {"*.example", Kind::kUri, "a.example", false},
      {"spiffe://td/ns/a/sa/b", Kind::kDns, "spiffe://td/ns/a/sa/b", false},
      {"spiffe://td/ns/a/*", Kind::kDns, "spiffe://td/ns/a/sa/b", false},
  };
  for (const NameCase& c : cases) {
    const std::vector<std::string> rules = {c.rule};
    const std::vector<CertificateName> names = {{c.kind, c.name}};
    EXPECT_EQ(IsNameAllowed(rules, names), c.allowed) << c.rule << " for " << c.name;
  }
}

TEST(AllowedNames, AnyNameMayFitAnyRule) {
  const std::vector<std::string> rules = {"a.example", "spiffe://td/x"};
  const CertificateName a{Kind::kDns, "a.example"};
  const CertificateName b{Kind::kDns, "b.example"};
  const CertificateName x{Kind::kUri, "spiffe://td/x"};
  const CertificateName y{Kind::kUri, "spiffe://td/y"};
  EXPECT_TRUE(IsNameAllowed(rules, std::vector{b, x}));
  EXPECT_FALSE(IsNameAllowed(rules, std::vector{b, y}));
  EXPECT_FALSE(IsNameAllowed(rules, {}));
  EXPECT_FALSE(IsNameAllowed({}, std::vector{a}));
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
