// Files that are no configuration at all: not YAML, too large, not readable; and what no URL and no
// file of a secret may be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/config/loading.h"

namespace scoregate::config {
namespace {

// The words are yaml-cpp's own; the place is ours to state.
TEST(NotYaml, HasItsPlace) {
  EXPECT_THAT(FindingsOf("listeners: [\n"),
              testing::StartsWith("f.yaml:2:1: error: this is not YAML: "));
  EXPECT_THAT(FindingsOf("lanes: *x\n"),
              testing::StartsWith("f.yaml:1:8: error: this is not YAML: "));
}

struct UrlCase {
  const char* url;
  const char* text;
};

TEST(Urls, ThatCannotBeCalled) {
  const UrlCase cases[] = {
      {"h", "this is not a URL; expected http://HOST/PATH or https://HOST/PATH"},
      {"http://a b/", "this is not a URL; expected http://HOST/PATH or https://HOST/PATH"},
      {"'POST http://h/'", "this is not a URL; expected http://HOST/PATH or https://HOST/PATH"},
      {"ftp://h/", "the scheme is not known; expected http://HOST/PATH or https://HOST/PATH"},
      {"http:/x",
       "the URL has no host that can be called; expected http://HOST/PATH or "
       "https://HOST/PATH"},
      {"http:///x",
       "the URL has no host that can be called; expected http://HOST/PATH or "
       "https://HOST/PATH"},
      {"http://a%20b/",
       "the URL has no host that can be called; expected http://HOST/PATH or "
       "https://HOST/PATH"},
      {"http://user:s3cr3t@h/", "a user or password must not stand in a URL; expected api_key"},
      {"http://h/x#y", "a URL to call has no fragment (#)"},
      {"http://h:0/", "the port is not one from 1 to 65535"},
      {"http://h:65536/", "the port is not one from 1 to 65535"},
  };
  for (const UrlCase& c : cases) {
    std::string yaml = std::string(kListener) +
                       "endpoints:\n- name: a\n  dialect: CLASSIC\n  url: " + c.url + "\n";
    EXPECT_EQ(FindingsOf(yaml),
              std::string("f.yaml:5:8: error: endpoints[0].url: ") + c.text + "\n")
        << c.url;
  }
}

TEST(Secrets, FilesThatHoldNoKey) {
  const std::string long_key(65'537, 'x');
  const std::pair<std::string, std::string> cases[] = {
      {"", "is empty"},
      {"\n", "is empty"},
      {"s3cr3t\nmore\n",
       "holds a space, a line end inside, or another character that a key cannot "
       "have"},
      {std::string("s3cr3t\0", 7),
       "holds a space, a line end inside, or another character that a "
       "key cannot have"},
      {long_key, "is longer than 65536 bytes"},
  };
  for (const auto& [content, text] : cases) {
    std::string file = WriteFile("key", content);
    EXPECT_EQ(FindingsOf(Good("  api_key: {file: " + file + "}\n")),
              "f.yaml:6:12: error: endpoints[0].api_key[0]: the file " + file + " " + text + "\n");
  }
}

TEST(Bounds, ALongFileIsNotRead) {
  EXPECT_EQ(FindingsOf(std::string(kMaxFileBytes + 1, '#')),
            "f.yaml:1:1: error: the file is longer than 1048576 bytes\n");
}

TEST(Bounds, DeepNestingIsRefused) {
  EXPECT_THAT(FindingsOf("lanes: " + std::string(100'000, '[')), testing::HasSubstr("not YAML"));
  std::string blocks;
  for (int i = 0; i < 700; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_THAT(FindingsOf(blocks), testing::HasSubstr("error"));
}

// Each alias stands for a list of a hundred aliases: a million values in a few hundred bytes.
TEST(Bounds, AliasesDoNotMultiply) {
  std::string yaml = "endpoints:\n- &a {name: a, dialect: OPAQUE, url: http://h/, inputs: &l [x";
  for (int i = 0; i < 2000; ++i) yaml += ",x";
  yaml += "]}\n";
  for (int i = 0; i < 2000; ++i) yaml += "- *a\n";
  EXPECT_THAT(FindingsOf(yaml),
              testing::HasSubstr("f.yaml:1:1: error: the file has too many values\n"));
  EXPECT_THAT(FindingsOf("endpoints: &a [*a, *a]\n"), testing::HasSubstr("error"));
}

TEST(Bounds, AHundredFindingsAreEnough) {
  std::string yaml;
  for (int i = 0; i < 1000; ++i) yaml += "key" + std::to_string(i) + ": 1\n";
  EXPECT_LT(LoadYaml(yaml).findings.size(), 110u);
}

TEST(Files, ThatCannotBeRead) {
  LoadInput input;
  input.file = "/no/such.yaml";
  EXPECT_EQ(FormatText(Load(input).findings),
            "/no/such.yaml: error: cannot read the file: No such file or directory\n");
  input.file = testing::TempDir();
  EXPECT_EQ(FormatText(Load(input).findings), input.file + ": error: this is not a regular file\n");
}

}  // namespace
}  // namespace scoregate::config
