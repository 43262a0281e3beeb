// Redaction of what nobody writes: it must be done after one time, whatever the text.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>

#include "gateway/redact/redact.h"

namespace scoregate::redact {
namespace {

// Pieces that texts with secrets are made of. Chance puts them together in orders that nobody
// writes; what must hold, holds for these as well.
constexpr auto kPieces = std::to_array<std::string_view>({
    "?",
    "&",
    "=",
    ":",
    ";",
    ",",
    " ",
    "  ",
    "\"",
    "'",
    "\\\"",
    "\\\\\"",
    "\\\\\\\"",
    "\\",
    "/",
    "//",
    "://",
    "@",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "</",
    ".",
    "..",
    "==",
    "\n",
    "\\n",
    "%3D",
    "%253D",
    "%26",
    "%3F",
    "%22",
    "%20",
    "%",
    "%25",
    "&amp;",
    "&quot;",
    "&lt;",
    "\\u0026",
    "\\u0022",
    "\\\\u0022",
    "+",
    "sig",
    "sv",
    "se",
    "Password",
    "pwd",
    "AccountKey",
    "Authorization",
    "Bearer",
    "Basic",
    "cookie",
    "token",
    "key",
    "code",
    "api",
    "null",
    "eyJhbGci",
    "eyJzdWIi",
    "abc",
    "A1b2C3d4",
    "A1b2C3d4E5f6G7h8",
    "Signature",
    "NTLM ",
    "Negotiate ",
    "Bearer: ",
    "ghp_",
    "github_pat_",
    "[redacted]",
    "https",
    "a.blob.core.windows.net",
    "한국어",
    "\xFF",
    "SasBlobToken",
    "SharedKey",
    "-",
    "_",
    "x",
});

std::string Jumble(std::mt19937& random, std::size_t pieces) {
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[random() % kPieces.size()];
  return text;
}

TEST(Redact, TwiceIsOnceForAnyJumble) {
  std::mt19937 random(20161116);
  int changed = 0;
  for (int i = 0; i < 40'000; ++i) {
    const std::string text = Jumble(random, 1 + random() % 14);
    const std::string once = Redact(text);
    changed += once != text ? 1 : 0;
    ASSERT_EQ(Redact(once), once) << "from: " << text;
  }
  EXPECT_GT(changed, 2'000) << "the pieces should often make a secret";
}

}  // namespace
}  // namespace scoregate::redact
