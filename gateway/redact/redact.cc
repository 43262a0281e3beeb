// Cuts what the scanner finds out of the text.
#include "gateway/redact/redact.h"

#include <algorithm>
#include <utility>

#include "gateway/redact/counted_redact.h"
#include "gateway/redact/logical_text.h"
#include "gateway/redact/scanner.h"
#include "gateway/redact/value_end.h"

namespace scoregate::redact {
namespace {

// Looks at one text, after which it is given up.
constexpr int kMostLooks = 4;

// A token with a prefix ("hf_") is longer.
constexpr std::size_t kLongestPlainWord = 18;

// One look over the text.
CountedRedaction HideSecrets(std::string_view text) {
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

}  // namespace

bool IsOneShortWord(std::string_view text) {
  return text.size() < kCutKeyCharacters && std::ranges::all_of(text, IsWordCharacter) &&
         (text.size() <= kLongestPlainWord || text.find('_') == text.npos);
}

// What was hidden may have held a quote or a query's end, by which the rest is read another way: so
// a text that held secrets is looked at until nothing more is found, which is mostly at once. One
// that shows something else each time was made to.
CountedRedaction RedactCounted(std::string_view text) {
  CountedRedaction result = HideSecrets(text);
  if (result.text == text) return result;
  for (int look = 1; look < kMostLooks; ++look) {
    CountedRedaction next = HideSecrets(result.text);
    next.reads += result.reads;
    const bool settled = next.text == result.text;
    result = std::move(next);
    if (settled) return result;
  }
  result.text = kRedacted;
  return result;
}

std::string Redact(std::string_view text) {
  if (IsOneShortWord(text)) return std::string(text);
  return RedactCounted(text).text;
}

}  // namespace scoregate::redact
