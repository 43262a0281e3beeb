// A secret that one of the bounds on text falls into does not leave by its first half (I11).
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "gateway/errorbody/read.h"
#include "gateway/translation/translate.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

// So much of a secret in a row gives it away.
constexpr std::size_t kWindow = 6;
// 64 bytes in base64.
constexpr std::string_view kKey =
    "Zx8Qm1rT0vB7nL4kW+eYpA2sDfGhJ/kLzXcVbNmQwErTyUiOpAsDfGhJkL3ZxCvB5nM6qW7eR8tY9uI0oP1aSg==";
constexpr std::string_view kPassword = "S3cr3tCanaryX9";

struct Place {
  const char* name;
  /// What stands around the text that is cut.
  const char* before;
  const char* after;
  /// The bound of the text.
  std::size_t limit;
};

constexpr Place kPlaces[] = {
    {"message", R"({"error":{"code":"A","message":")", R"("}})", 4096},
    {"escaped message", R"({"error":{"code":"A","message":"\n)", R"("}})", 4096},
    {"error as text", R"({"error":")", R"("}})", 4096},
    {"detail's message", R"({"error":{"code":"A","details":[{"message":")", R"("}]}})", 4096},
    {"any JSON", R"({"x":")", R"("})", 4096},
    {"text", "", "", 4096},
    {"page", "<html><body>", "</body></html>", 4096},
    {"code", R"({"error":{"message":"m","code":")", R"("}})", 384},
    {"target", R"({"error":{"code":"A","details":[{"message":"m","target":")", R"("}]}})", 384},
};

struct Secret {
  const char* name;
  const char* before;
  std::string_view secret;
  const char* after;
};

constexpr Secret kSecrets[] = {
    {"user information", "at https://user:", kPassword, "@host.example/"},
    {"user information without a space", ",https://user:", kPassword, "@host.example/"},
    {"key", "the key ", kKey, " is wrong"},
    {"key after a quote", "the key '", kKey, "' is wrong"},
};

bool Survives(std::string_view secret, const std::string& text) {
  for (std::size_t at = 0; at + kWindow <= secret.size(); ++at) {
    if (text.find(secret.substr(at, kWindow)) != text.npos) return true;
  }
  return false;
}

// The text begins with a secret that redaction shortens, so that the end of what was kept is not
// cut away again by the smaller bounds of what is sent.
std::string TextOf(const Place& place, const Secret& secret, std::size_t shown) {
  std::string text = "Password=" + std::string(place.limit * 3 / 5, 'p') + "; ";
  const std::string_view before = secret.before;
  text.append(place.limit - text.size() - before.size() - shown, '.');
  return text.append(before).append(secret.secret).append(secret.after);
}

TEST(CutSecrets, NoneLeavesByHalf) {
  for (const Place& place : kPlaces) {
    for (const Secret& secret : kSecrets) {
      for (std::size_t shown = kWindow; shown < secret.secret.size(); shown += 4) {
        http::HttpResponse answer;
        answer.status = 500;
        answer.body = place.before + TextOf(place, secret, shown) + place.after;
        CallFacts facts = FactsOf(http::UpstreamKind::kOpaque);
        facts.debug_info = true;
        const errorbody::ReportedError error = errorbody::Read(answer, facts.kind, std::nullopt);
        const Translation translation = Translate(error, facts);
        EXPECT_FALSE(Survives(secret.secret, translation.packed))
            << place.name << ", " << secret.name << ", " << shown << TextOf(translation);
      }
    }
  }
}

}  // namespace
}  // namespace scoregate::translation
