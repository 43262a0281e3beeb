// Secrets that are known word for word, in the spellings in which peers quote them.
#include "gateway/redact/known_secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace scoregate::redact {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPlain = "Q7wE5rT3yU1iO9pA4sD6fG8hJ2kL0zXc";
constexpr std::string_view kSpecial = R"(k+9/"a&b<c>%d\e f=)";
constexpr std::string_view kBase64 = "c2NvcmVnYXRl+Y2FuYXJ5/a2V5IQ==";

std::string Hidden(std::string_view text) {
  KnownSecrets secrets;
  for (std::string_view secret : {kPlain, kSpecial, kBase64}) secrets.Add(secret);
  return secrets.Hide(text).value_or("nothing");
}

TEST(KnownSecrets, AreHiddenInEverySpelling) {
  struct Case {
    const char* name;
    std::string text;
    const char* expected;
  };
  const std::string plain(kPlain);
  const Case cases[] = {
      {"in a sentence", "Invalid key " + plain + ".", "Invalid key [redacted]."},
      {"alone", plain, "[redacted]"},
      {"twice", plain + plain + " " + plain, "[redacted][redacted] [redacted]"},
      {"cut off by the end", "key Q7wE5rT3yU1iO9pA4sD6", "key [redacted]"},
      {"as it is", R"(<k+9/"a&b<c>%d\e f=>)", "<[redacted]>"},
      {"in JSON", R"({"a":"k+9/\"a&b<c>%d\\e f="})", R"({"a":"[redacted]"})"},
      {"in careful JSON", R"("k\u002b9\/\u0022a\u0026b\u003Cc\u003e%d\u005Ce f\u003d")",
       R"("[redacted]")"},
      {"in JSON in JSON", R"("{\"m\":\"k\\u002b9\\/\\\"a&b<c>%d\\\\e f=\"}")",
       R"("{\"m\":\"[redacted]\"}")"},
      {"in a URL", "x?k=k%2B9%2f%22a%26b%3Cc%3E%25d%5Ce%20f%3D&y=1", "x?k=[redacted]&y=1"},
      {"in a URL in a URL", "k%252B9%252F%2522a%2526b%253Cc%253E%25d%255Ce%2520f%253D&",
       "[redacted]&"},
      {"in HTML", "<p>k&#43;9/&quot;a&amp;b&lt;c&gt;%d\\e f=</p>", "<p>[redacted]</p>"},
      {"in numbers of HTML", "<p>k&#x2B;9&#x2f;&#34;a&#38;b&lt;c&gt;%d&#92;e f&#61;</p>",
       "<p>[redacted]</p>"},
      {"in Python", R"('k\x2b9/"a&b<c>%d\\e f=')", "'[redacted]'"},
      {"with padding", "key c2NvcmVnYXRl+Y2FuYXJ5/a2V5IQ== is bad", "key [redacted] is bad"},
      {"without padding", "key c2NvcmVnYXRl+Y2FuYXJ5/a2V5IQ is bad", "key [redacted] is bad"},
      {"with padding in a URL", "c2NvcmVnYXRl%2BY2FuYXJ5%2Fa2V5IQ%3D%3D&b", "[redacted]&b"},
      {"cut off in an escape", "key c2NvcmVnYXRl+Y2FuYXJ5\\u00", "key [redacted]"},
      {"another of the same beginning", "key Q7wE5rT3yU1iO9pA4sD6fG8hJ2kL0zXd", "nothing"},
      {"another of the same end", "key R7wE5rT3yU1iO9pA-4sD6fG8hJ2kL0zXc", "nothing"},
      {"prose", "the key is wrong: value not found", "nothing"},
      {"nothing", "", "nothing"},
  };
  for (const Case& c : cases) EXPECT_EQ(Hidden(c.text), c.expected) << c.name;
}

TEST(KnownSecrets, ShortOnesArePassedOver) {
  KnownSecrets secrets;
  for (std::string_view secret : {"", "true", "blue-07", "abcdefg=", "======="}) {
    secrets.Add(secret);
  }
  EXPECT_TRUE(secrets.empty());
  secrets.Add("abcdefgh");
  EXPECT_EQ(secrets.Hide("x abcdefgh abcdefg"), "x [redacted] abcdefg");
}

TEST(KnownSecrets, OneMayHoldAnother) {
  for (bool outer_first : {true, false}) {
    KnownSecrets secrets;
    const std::string_view outer = "user:password-77", inner = "password-77";
    secrets.Add(outer_first ? outer : inner);
    secrets.Add(outer_first ? inner : outer);
    EXPECT_EQ(secrets.Hide("as user:password-77, password-77"), "as [redacted], [redacted]");
  }
}

TEST(KnownSecrets, OfSpecialCharactersOnlyAreKnownAsTheyAre) {
  KnownSecrets secrets;
  secrets.Add("!$/(+)?*#");
  EXPECT_EQ(secrets.Hide("a!$/(+)?*#b"), "a[redacted]b");
}

// Whoever cuts it, and wherever: so little of a key is worth hiding.
TEST(KnownSecrets, TheHeadOfOneThatWasCutOffIsHidden) {
  struct Case {
    const char* name;
    const char* behind;
  };
  const Case cases[] = {
      {"the text's end", ""},
      {"a string's end", "\", ...}"},
      {"a string's end in JSON in JSON", "\\\", ...}"},
      {"full stops", "... (truncated)"},
      {"an ellipsis", "\xE2\x80\xA6 and more"},
      {"an ellipsis in JSON", "\\u2026 and more"},
  };
  for (const Case& c : cases) {
    for (std::size_t size = kLeastKnownSecret; size <= kPlain.size(); ++size) {
      const std::string text = "key " + std::string(kPlain.substr(0, size)) + c.behind;
      EXPECT_EQ(Hidden(text), std::string("key [redacted]") + c.behind) << c.name << ", " << size;
    }
    const std::string less(kPlain.substr(0, kLeastKnownSecret - 1));
    EXPECT_EQ(Hidden("key " + less + c.behind), "nothing") << c.name;
  }
  KnownSecrets token;
  token.Add("header.01.payload");
  EXPECT_EQ(token.Hide("token header.01...?"), "token [redacted]..?");
  EXPECT_EQ(token.Hide("token header.01.?"), std::nullopt);
}

// What an answer is made of that begins a secret again and again.
std::string Repeat(std::string_view piece, std::size_t size) {
  std::string text;
  while (text.size() < size) text += piece;
  return text;
}

TEST(KnownSecrets, TextsMadeToProvokeAreLittleWork) {
  // What Hide allows itself, the comparison at which it stops, and the least.
  constexpr std::size_t kMostSteps = 8 + 1;
  constexpr std::size_t kFloor = 8192;
  struct Case {
    const char* name;
    std::vector<std::string> secrets;
  };
  std::vector<std::string> cookies, lengths;
  for (int i = 0; i < 40; ++i) cookies.push_back("0000000" + std::to_string(i));
  for (std::size_t size = 8; size < 40; ++size) lengths.emplace_back(size, '0');
  const Case cases[] = {
      {"with a special character", {std::string(40, 'a') + "/" + std::string(40, 'a')}},
      {"of one letter", {std::string(7'000, 'a') + "b"}},
      {"of one letter behind special ones", {"%%%%/" + std::string(7'000, 'a') + "b"}},
      {"of special characters", {std::string(7'000, '/') + "?"}},
      {"of backslashes", {std::string(7'000, '\\') + "a" + std::string(7'000, '\\')}},
      {"many", cookies},
      {"of many lengths", lengths},
  };
  for (const Case& c : cases) {
    KnownSecrets secrets;
    for (const std::string& secret : c.secrets) secrets.Add(secret);
    for (const char* piece : {"a", "0", "\\", "/", "%", "&", "a\\", "a%2F", "\\u002f", "%252F"}) {
      for (std::size_t size = 1'000; size < 100'000; size *= 2) {
        const std::string text = Repeat(piece, size);
        const std::size_t most = kMostSteps * text.size() + kFloor;
        ASSERT_LE(secrets.HideCounted(text).steps, most)
            << c.name << ", " << size << " of " << piece;
      }
    }
  }
}

TEST(KnownSecrets, ATextMadeToProvokeIsHiddenAsAWhole) {
  KnownSecrets secrets;
  const std::string secret = std::string(7'000, 'a') + "b";
  secrets.Add(secret);
  EXPECT_EQ(secrets.Hide(std::string(65'536, 'a') + "."), "[redacted]");
  // Short ones are read to the end: they are no work.
  EXPECT_EQ(secrets.Hide(std::string(50, 'a') + "."), std::nullopt);
  const std::string quoted = "key " + secret + ", ";
  EXPECT_EQ(secrets.Hide(Repeat(quoted, 20 * quoted.size())), Repeat("key [redacted], ", 20 * 16));
}

// Every cut of a text that quotes a secret shows less of it than is worth having.
TEST(KnownSecrets, NoCutShowsMuch) {
  KnownSecrets secrets;
  secrets.Add(kBase64);
  const std::string text = R"(bad key c2NvcmVnYXRl\u002bY2FuYXJ5\/a2V5IQ\u003d\u003d)";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string_view cut = std::string_view(text).substr(0, size);
    const std::string shown = secrets.Hide(cut).value_or(std::string(cut));
    EXPECT_THAT(shown, Not(HasSubstr("c2NvcmVnYXRl\\"))) << cut;
  }
}

TEST(CredentialsIn, StandBehindTheScheme) {
  EXPECT_EQ(CredentialsIn("Bearer abc"), "abc");
  EXPECT_EQ(CredentialsIn("abc"), "abc");
  EXPECT_EQ(CredentialsIn("two words more"), "two words more");
  EXPECT_EQ(CredentialsIn(""), "");
}

}  // namespace
}  // namespace scoregate::redact
