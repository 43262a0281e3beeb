// The work of redaction grows as the text does, however the text is made to provoke it.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "gateway/redact/counted_redact.h"

namespace scoregate::redact {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;
// The most looks at a character that any of the texts below may cost: what held secrets is read
// twice.
constexpr std::size_t kMostReads = 32;

std::string Repeat(std::string_view piece, std::size_t size) {
  std::string text;
  while (text.size() < size) text += piece;
  return text;
}

// Each begins, again and again, something that has no end.
constexpr auto kProvocations = std::to_array<std::string_view>({
    "a",
    " ",
    "?",
    "&",
    "=",
    ":",
    ";",
    "\"",
    "'",
    "\\",
    "%",
    "%25",
    "%2525",
    "&amp;",
    "&",
    "/",
    "@",
    "[",
    "<",
    ">",
    "==",
    "-",
    ".",
    "\\u0022",
    "\xEA",
    "://",
    "://a",
    "a://b:c@",
    "%3A%2F%2F",
    "://%253A%252F",
    "?a=b",
    "?sig=",
    "sig=&",
    "sv=1&",
    "sig=a?",
    "?sv=%3F",
    "%3Fsig%3D",
    "Password=a ",
    "Password=a b;",
    ";Password=a ",
    ";Password= ",
    "Password=\"",
    "\"password\":\"",
    "\"password\":\\\"",
    "<password>",
    "<password> ",
    "password: ",
    "password:",
    "password=[",
    "token=[\"",
    "\"a\":[\"",
    "Bearer ",
    "bearer+",
    "Bearer realm",
    "Basic a+",
    "basic ",
    "Bearer\t\t",
    "Authorization: ",
    "authorization:a ",
    "Cookie: ",
    "Cookie: '",
    "eyJ",
    "-eyJ",
    ".eyJ",
    "eyJabcde.",
    "eyJabcde.a",
    "[redacted]",
    "[redacte",
    "api key ",
    "a b:",
    "A1b2C3/",
    "A1b2C3/.",
    "key=a&",
    "?key=",
    "?code=a",
    "Password\" ",
    "a\" \n",
    "password=null ",
    "password={",
    "&quot;",
    "\"\\",
    "SasBlobToken=a&",
    "a.core.windows.net?",
    "https://a.blob.core.windows.net/?",
    "://;a",
    "://;password",
    ";a",
    "_",
    "hf_",
    "ghp_a",
    "ghp_aaaaaaaaaaaaaaaa1",
    "hf_aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ", Signature=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "N",
    "NTLM ",
    "Negotiate a",
    "Bearer: aaaaaaaaaaaaaaa1",
    "Signature=aaaa",
    "Signature=aaaaaaaaaaaaaaa1",
});

// The ones that make the scanner look furthest ahead.
constexpr auto kWorst = std::to_array<std::string_view>({
    "Password=a ",
    ";Password= ",
    "\"password\":\\\"",
    "<password>",
    "Bearer realm",
    "://%253A%252F",
    "?sv=%3F",
    "-eyJ",
});

TEST(Work, IsBoundedForAMebibyte) {
  for (std::string_view piece : kWorst) {
    const std::string text = Repeat(piece, kMebibyte);
    EXPECT_LE(RedactCounted(text).reads, kMostReads * text.size()) << piece;
  }
}

TEST(Work, IsNoMoreThanTwiceForTwiceTheText) {
  for (std::string_view piece : kProvocations) {
    const std::size_t once = RedactCounted(Repeat(piece, kMebibyte / 64)).reads;
    const std::size_t twice = RedactCounted(Repeat(piece, kMebibyte / 32)).reads;
    EXPECT_LE(twice, 2 * once + once / 10) << piece;
  }
}

TEST(Work, IsBoundedForPairsOfProvocations) {
  for (std::string_view first : kWorst) {
    for (std::string_view second : kProvocations) {
      const std::string text = Repeat(std::string(first) + std::string(second), kMebibyte / 512);
      ASSERT_LE(RedactCounted(text).reads, kMostReads * text.size()) << first << " and " << second;
    }
  }
}

// Many beginnings, each of which might look through the same tail.
TEST(Work, IsBoundedForALongTailAfterManyBeginnings) {
  for (std::string_view first : kWorst) {
    for (std::string_view second : kProvocations) {
      const std::string text = Repeat(first, kMebibyte / 512) + Repeat(second, kMebibyte / 512);
      ASSERT_LE(RedactCounted(text).reads, kMostReads * text.size()) << first << " and " << second;
    }
  }
}

}  // namespace
}  // namespace scoregate::redact
