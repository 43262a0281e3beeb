// Targets and routes, keys, and the writing of JSON: the pure parts of the emulator.
#include "gateway/emulator/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gateway/emulator/application.h"
#include "gateway/emulator/errors/envelope.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

TEST(ParseTarget, SplitsAndDecodes) {
  struct Case {
    const char* text;
    const char* path;
    const char* query;
  };
  const Case cases[] = {
      {"/a/b?x=1&Y=2", "/a/b", "x=1|Y=2|"},
      {"/a?x", "/a", "x=|"},
      {"/a?x=%20%2B+b", "/a", "x= + b|"},
      {"/a?x=%2", "/a", "x=%2|"},
      {"/a?x=%zz%4", "/a", "x=%zz%4|"},
      {"/a?&&x=1&", "/a", "=|=|x=1|"},
      {"/a?x=1=2#frag", "/a", "x=1=2|"},
      {"", "/", ""},
      {"*", "/*", ""},
      {"http://host:80/a?x=1", "/a", "x=1|"},
      {"http://host", "/", ""},
      {"/a?u=http://other/path", "/a", "u=http://other/path|"},
  };
  for (const Case& c : cases) {
    const Target target = ParseTarget(c.text);
    std::string query;
    for (const auto& [name, value] : target.query) query += name + "=" + value + "|";
    EXPECT_EQ(target.path, c.path) << c.text;
    EXPECT_EQ(query, c.query) << c.text;
  }
  EXPECT_EQ(ParseTarget("/?Api-Version=2.0").Find("api-version"), "2.0");
  EXPECT_EQ(ParseTarget("/?x=1").Find("y"), std::nullopt);
}

TEST(PathFits, ComparesSegments) {
  EXPECT_TRUE(PathFits("/", "/"));
  EXPECT_FALSE(PathFits("/", "/a"));
  EXPECT_TRUE(PathFits("/a/*/c", "/a/b/c"));
  EXPECT_FALSE(PathFits("/a/*/c", "/a//c"));
  EXPECT_FALSE(PathFits("/a/*/c", "/a/b/c/d"));
  EXPECT_FALSE(PathFits("/a/*/c", "/a/b"));
  EXPECT_FALSE(PathFits("/a", "/A"));
  EXPECT_TRUE(PathFits("/**", "/"));
  EXPECT_TRUE(PathFits("/**", "/a/b"));
}

TEST(BearerKey, TakesTheSchemeInAnyCase) {
  EXPECT_EQ(BearerKey("Bearer a b"), "a b");
  EXPECT_EQ(BearerKey("bEARER  a=="), "a==");
  EXPECT_EQ(BearerKey("Bearer"), "");
  EXPECT_EQ(BearerKey("Bearer "), "");
  EXPECT_EQ(BearerKey("Basic a"), "");
  EXPECT_EQ(BearerKey(""), "");
}

TEST(JsonText, QuotesWhateverItGets) {
  EXPECT_EQ(Quoted("a\"b\\c\n\r\t\x01\x7F"), "\"a\\\"b\\\\c\\n\\r\\t\\u0001\x7F\"");
  EXPECT_EQ(Quoted("\xED\x95\x9C"), "\"\xED\x95\x9C\"");
  EXPECT_EQ(Quoted("a\xFFz"), "\"a?z\"");
  EXPECT_EQ(Quoted(std::string_view("\0", 1)), "\"\\u0000\"");
}

TEST(JsonText, NumbersReadBackAsTheyWere) {
  for (const double number : {0.1, 1.0, 1e-300, 0.9815835166145922, 1e22}) {
    EXPECT_EQ(std::stod(NumberText(number)), number);
  }
  EXPECT_EQ(NumberText(0.5), "0.5");
}

TEST(Envelope, WritesTheClassTheTargetAndTheWords) {
  const ErrorDetail detail{"MissingRequestInput", "input1", "no \"table\""};
  const Answer answer = EnvelopeAnswer("BadArgument", detail);
  EXPECT_EQ(answer.response.status, 400);
  EXPECT_EQ(answer.response.body,
            R"({"error":{"code":"BadArgument","message":"Bad argument.","details":[)"
            R"({"code":"MissingRequestInput","target":"input1","message":"no \"table\""}]}})");
  EXPECT_EQ(EnvelopeAnswer("NotFound", std::span<const ErrorDetail>()).response.body,
            R"({"error":{"code":"NotFound","message":"Not found.","details":[]}})");
}

}  // namespace
}  // namespace scoregate::emulator
