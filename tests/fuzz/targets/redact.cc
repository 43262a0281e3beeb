// Redaction: a secret in a context that names it never survives, whatever stands around it; the
// work is linear; redacting twice changes nothing; valid UTF-8 stays valid.
#include <simdjson.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/redact/counted_redact.h"
#include "gateway/redact/redact.h"
#include "tests/fuzz/require.h"

namespace scoregate::fuzz {
namespace {

struct Context {
  std::string_view before;
  std::string_view secret;
  std::string_view after;
};

// A secret is of letters and digits that no word of a text has in a row.
constexpr auto kContexts = std::to_array<Context>({
    {"AccountKey=",
     "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0Pq7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0Pq7Zx9Kw2Vb5Nm8Jr4Tf6Hy==", ";"},
    {"Authorization: Bearer ", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P", "\r\n"},
    {"https://a.blob.core.windows.net/c/b.csv?sv=2015&sig=", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P%3D",
     " "},
    {"Server=s;Password=", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P", ";"},
    {"{\"api_key\":\"", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P", "\"}"},
    {"{\\\"api_key\\\":\\\"", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P", "\\\"}"},
    {"amqp://user:", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P", "@host.example/v"},
    {"eyJhbGciOiJIUzI1NiJ9.eyJ", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P.q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P",
     " "},
    {"<Password>", "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0P", "</Password>"},
});
// So much of a secret in a row gives it away.
constexpr std::size_t kWindow = 8;
// Looks at a character: 16 each time that the text is read, which is four times at most. A floor for
// short texts.
constexpr std::size_t kMostReads = 64;
constexpr std::size_t kFloor = 256;

bool Survives(std::string_view secret, std::string_view redacted, std::string_view around) {
  for (std::size_t at = 0; at + kWindow <= secret.size(); ++at) {
    const std::string_view window = secret.substr(at, kWindow);
    const bool found = redacted.find(window) != std::string_view::npos;
    if (found && around.find(window) == std::string_view::npos) return true;
  }
  return false;
}

std::string Checked(const std::string& text) {
  redact::CountedRedaction redacted = redact::RedactCounted(text);
  Require(redacted.reads <= kMostReads * text.size() + kFloor, "linear work");
  Require(redacted.text == redact::Redact(text), "counting changes nothing");
  Require(redact::Redact(redacted.text) == redacted.text, "redacting twice changes nothing");
  const bool utf8 = simdjson::validate_utf8(text.data(), text.size());
  Require(!utf8 || simdjson::validate_utf8(redacted.text.data(), redacted.text.size()),
          "UTF-8 stays UTF-8");
  return std::move(redacted.text);
}

// The first byte chooses the context; the first zero byte behind it is where the secret goes.
void Run(std::string_view input) {
  if (input.empty()) return;
  const Context& context = kContexts[static_cast<unsigned char>(input[0]) % kContexts.size()];
  input.remove_prefix(1);
  Checked(std::string(input));
  const std::size_t place = input.find('\0');
  if (place == input.npos) return;
  const std::string_view before = input.substr(0, place);
  const std::string_view after = input.substr(place + 1);
  std::string text(before);
  // A line of its own: what an unfinished quote or value before it hides is another matter.
  text.append("\n").append(context.before).append(context.secret).append(context.after);
  text.append("\n").append(after);
  Require(!Survives(context.secret, Checked(text), input), "no secret survives");
}

}  // namespace
}  // namespace scoregate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scoregate::fuzz::Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
