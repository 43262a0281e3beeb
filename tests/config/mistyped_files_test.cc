// What is often mistyped in a file, and is told in words of our own: tabs, quotes, names of codes.
#include <gtest/gtest.h>

#include "tests/config/loading.h"

namespace scoregate::config {
namespace {

TEST(NotYaml, NamesTheTab) {
  for (const auto& [yaml, place] : {
           std::pair{"server:\n\tx: 1\n", "2:1"},
           std::pair{"endpoints:\n\t- name: a\n\t  dialect: OPAQUE\n", "2:1"},
           std::pair{"server:\n  x: 1\n  \ty: 1\n", "3:3"},
       }) {
    EXPECT_EQ(FindingsOf(yaml), std::string("f.yaml:") + place +
                                    ": error: this is not YAML: lines are indented with blanks, "
                                    "and a tab stands here\n")
        << yaml;
  }
}

TEST(OpenQuotes, HaveTheirPlace) {
  for (const auto& [yaml, place] : {
           std::pair{Good("  locale: \"ko\n"), "6:11"},
           std::pair{Good("  locale: \"ko\n  timeout: 3s\n"), "6:11"},
           std::pair{Good("  headers: {a: \"b}\n  locale: \"ko-KR\"\n"), "6:16"},
           std::pair{Good("  inputs: [a, 'b]\n"), "6:15"},
           std::pair{Good("  inputs:\n  - 'it''s\n"), "7:5"},
           std::pair{Good("  locale: \"ko\\\"\n"), "6:11"},
           std::pair{"listeners:\n- address: \"127.0.0.1:0\n" + std::string(kEndpoint), "2:12"},
       }) {
    EXPECT_EQ(FindingsOf(yaml), std::string("f.yaml:") + place +
                                    ": error: the quote that begins here is not closed in its "
                                    "line; expected a second one behind the value\n")
        << yaml;
  }
}

TEST(OpenQuotes, AreNotSeenWhereThereIsNone) {
  for (const char* more : {
           "  inputs: [\"a\", 'it''s', \"\\\"\", don't]\n",
           "  inputs: [\n    \"a\",\n    'b' ]\n",
           "  parameters: [a'b, \"c: d\", e]   # don't: \"\n",
           "  inputs:\n  - |\n    \"as it stands\n\n    - 'x\n  - \"b\"\n",
           "  headers: {\"x-a\": 'b', x-b: it's}\n",
       }) {
    EXPECT_EQ(FindingsOf(Good(more)), "") << more;
  }
}

TEST(Overrides, WarnOfCodesThatNobodyDocumented) {
  struct OverrideCase {
    const char* code;
    const char* warning;
  };
  const std::string head = std::string(kListener) +
                           "endpoints:\n- name: a\n  dialect: CLASSIC\n  url: http://h/\n"
                           "  overrides: [{code: NOT_FOUND, error_class: BadArgument, error_code: ";
  for (const OverrideCase& c : {
           OverrideCase{"BlobNotFound", ""},
           OverrideCase{"BlobNotFond", "; did you mean BlobNotFound?"},
           OverrideCase{"InputParseError", "; it is a code of BadUserArgument"},
           OverrideCase{"Xyzzy", ""},
       }) {
    const bool known = std::string_view(c.code) == "BlobNotFound";
    std::string expected;
    if (!known) {
      expected = std::string(
                     "f.yaml:6:71: warning: endpoints[0].overrides[0].error_code: no "
                     "documented code of BadArgument is called '") +
                 c.code + "'; the override waits for an endpoint that sends it so" + c.warning +
                 "\n";
    }
    EXPECT_EQ(FindingsOf(head + c.code + "}]\n"), expected) << c.code;
  }
}

TEST(Overrides, NameTheNearestClass) {
  LoadInput input;
  input.check_override = [](const endpoint::RuleOverride&, http::UpstreamKind) {
    return std::optional<std::string>("I5: error_class is not a documented class");
  };
  EXPECT_EQ(FindingsOf(std::string(kListener) +
                           "endpoints:\n- name: a\n  dialect: CLASSIC\n  url: http://h/\n"
                           "  overrides: [{code: ABORTED, error_class: BadArgumnt}]\n",
                       input),
            "f.yaml:6:15: error: endpoints[0].overrides[0]: the override breaks a rule: I5: "
            "error_class is not a documented class; did you mean \"BadArgument\"?\n");
}

}  // namespace
}  // namespace scoregate::config
