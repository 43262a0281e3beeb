// Cuts what the scanner finds out of the text.
#include "gateway/redact/redact.h"

#include <algorithm>

#include "gateway/redact/counted_redact.h"
#include "gateway/redact/logical_text.h"
#include "gateway/redact/scanner.h"
#include "gateway/redact/value_end.h"

namespace scoregate::redact {
namespace {

// Most names and ids: without a separator or a full stop, and too short for a key, a text can only
// name something.
bool IsOneShortWord(std::string_view text) {
  return text.size() < kCutKeyCharacters && std::ranges::all_of(text, IsWordCharacter);
}

}  // namespace

CountedRedaction RedactCounted(std::string_view text) {
  const LogicalText logical(text);
  const Scanner::Spans secrets = Scanner(logical).Scan();
  CountedRedaction result;
  result.text.reserve(text.size() + secrets.size() * kRedacted.size());
  std::size_t copied = 0;
  for (const Span& secret : secrets) {
    result.text.append(text.substr(copied, secret.begin - copied));
    result.text.append(kRedacted);
    copied = secret.end;
  }
  result.text.append(text.substr(copied));
  result.reads = logical.reads();
  return result;
}

std::string Redact(std::string_view text) {
  if (IsOneShortWord(text)) return std::string(text);
  return RedactCounted(text).text;
}

}  // namespace scoregate::redact
