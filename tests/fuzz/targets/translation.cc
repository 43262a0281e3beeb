// Translation as a whole: the bytes of an answer become a Status that keeps every invariant and
// fits into its trailers.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/endpoint/endpoint_settings.h"
#include "gateway/errorbody/read.h"
#include "gateway/translation/translate.h"
#include "tests/fuzz/exchange.h"
#include "tests/fuzz/invariants.h"
#include "tests/fuzz/require.h"

namespace scoregate::fuzz {
namespace {

constexpr http::UnixSeconds kNow{std::chrono::seconds(1'700'000'000)};
// Stands for a key in inputs, since mutation would break a real one. The blank keeps an unfinished
// escape before it from eating the beginning of its name.
constexpr std::string_view kKeyMark = "@KEY@";
constexpr std::string_view kKey =
    " AccountKey="
    "q7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0Pq7Zx9Kw2Vb5Nm8Jr4Tf6Hy3Gd1Sa0Pq7Zx9Kw2Vb5Nm8Jr4Tf6Hy="
    "=;";
constexpr std::size_t kWindow = 12;
constexpr std::size_t kLengthBytes = 2;

// Puts the key where the mark stands; whether it did.
bool PlantKey(std::string& body) {
  bool planted = false;
  for (std::size_t at = body.find(kKeyMark); at != body.npos; at = body.find(kKeyMark, at)) {
    body.replace(at, kKeyMark.size(), kKey);
    at += kKey.size();
    planted = true;
  }
  return planted;
}

endpoint::EndpointSettings SettingsOf(const Exchange& exchange) {
  endpoint::EndpointSettings settings;
  settings.name = "churn";
  settings.kind = exchange.kind;
  settings.inputs = {"input1", "age"};
  settings.parameters = {"seed"};
  if (exchange.Has('r')) settings.gateway_faults = endpoint::GatewayFaults::kReinterpret;
  if (exchange.Has('i')) settings.error_voice = endpoint::ErrorVoice::kIntermediary;
  if (exchange.Has('l')) settings.locale = "ko-KR";
  return settings;
}

translation::CallFacts FactsOf(const Exchange& exchange) {
  translation::CallFacts facts;
  facts.kind = exchange.kind;
  facts.idempotent = !exchange.Has('n');
  facts.debug_info = exchange.Has('d');
  facts.caller_owns_body = exchange.Has('o');
  if (exchange.Has('k')) facts.accept_language = "ko-KR, en;q=0.5";
  if (exchange.Has('q')) facts.request_id = "0af7651916cd43dd";
  if (exchange.Has('a')) facts.previous_attempts = 3;
  if (exchange.Has('x')) facts.remaining_deadline = std::chrono::milliseconds(900);
  if (exchange.Has('s')) facts.endpoint = "churn";
  facts.jitter_factor = exchange.Has('j') ? 1.2 : 1.0;
  return facts;
}

void Run(std::string_view input) {
  Exchange exchange = ReadExchange(input);
  const bool planted = PlantKey(exchange.response.body);
  const errorbody::ReportedError error = errorbody::Read(exchange.response, exchange.kind, kNow);
  translation::CallFacts facts = FactsOf(exchange);
  const endpoint::EndpointSettings settings = SettingsOf(exchange);
  if (exchange.Has('s')) facts.settings = &settings;
  const translation::Translation translated = translation::Translate(error, facts);
  const std::string_view broken = BrokenInvariant(translated);
  Require(broken.empty(), broken);
  const translation::Translation again = translation::Translate(error, facts);
  const std::string& bytes = translated.packed;
  Require(again.packed == bytes, "I13, the same bytes twice");
  if (!planted) return;
  for (std::size_t at = kKey.find('=') + 1; at + kWindow < kKey.size(); ++at) {
    const std::string_view window = kKey.substr(at, kWindow);
    // What the input holds itself is no secret; bytes of a length before it may complete a window.
    const bool own = input.find(window.substr(kLengthBytes)) != input.npos;
    Require(own || bytes.find(window) == bytes.npos, "I11, nothing secret leaves");
  }
}

}  // namespace
}  // namespace scoregate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  scoregate::fuzz::Run({reinterpret_cast<const char*>(data), size});
  return 0;
}
