// Tells JSON from prose by its first few characters.
#include "gateway/errorbody/json/find_json.h"

#include <algorithm>

#include "gateway/errorbody/json/json_token.h"
#include "gateway/errorbody/text.h"
#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {
namespace {

// What stands behind the brace or braces at the front, without blanks.
std::string_view BehindBrace(std::string_view text) {
  text = text.substr(1);
  // A formatter's doubled brace.
  if (text.starts_with('{')) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  return text;
}

bool StartsWithQuote(std::string_view text) {
  return !text.empty() && QuotePrefix(text, 0) != kNoQuote;
}

// An array that is one: prose such as "[error] worker died" begins with a bracket too.
bool IsArray(std::string_view text) {
  JsonLimits limits;
  limits.depth = 1;
  limits.children = 1;
  const JsonTree tree(text, limits);
  const JsonValue first = tree.root().first();
  return !tree.trailing() && !first.Is(JsonKind::kOther) &&
         (tree.exact() || first.IsString() || first.IsObject() || first.IsArray() || text == "[");
}

// Whether prose ends and an object begins here.
bool IsObjectInProse(std::string_view text) {
  const std::string_view behind = BehindBrace(text);
  if (!StartsWithQuote(behind)) return false;
  const StringToken key = ScanString(behind, QuotePrefix(behind, 0));
  const std::size_t colon = behind.find_first_not_of(" \t\r\n", key.end);
  return key.finished && colon != behind.npos && behind[colon] == ':';
}

}  // namespace

std::string_view FindJson(std::string_view body) {
  if (body.starts_with('{')) {
    const std::string_view behind = BehindBrace(body);
    if (behind.empty() || behind.front() == '}' || StartsWithQuote(behind)) return body;
  }
  if (body.starts_with('[') && IsArray(body)) return body;
  // A page's styles and scripts are full of braces.
  if (body.starts_with('<')) return {};
  const std::size_t last = std::min(body.size(), kMaxProseBytes + 1);
  for (std::size_t at = body.find('{', 0); at < last; at = body.find('{', at + 1)) {
    if (IsObjectInProse(body.substr(at))) return body.substr(at);
  }
  return {};
}

std::optional<std::string> PackedJson(std::string_view body) {
  // A byte that is no UTF-8 grows to the three of U+FFFD.
  constexpr std::size_t kGrowth = 3;
  if (body.starts_with('"')) {
    const StringToken token = ScanString(body, 0);
    if (token.end != body.size()) return std::nullopt;
    return Unescaped(token.inside, token.inside.size() * kGrowth);
  }
  if (!body.starts_with('{') || !BehindBrace(body).starts_with("\\\"")) return std::nullopt;
  return Unescaped(body, body.size() * kGrowth);
}

}  // namespace scoregate::errorbody
