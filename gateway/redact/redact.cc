// Cuts what the scanner finds out of the text.
#include "gateway/redact/redact.h"

#include <vector>

#include "gateway/redact/counted_redact.h"
#include "gateway/redact/logical_text.h"
#include "gateway/redact/scanner.h"

namespace scoregate::redact {

CountedRedaction RedactCounted(std::string_view text) {
  const LogicalText logical(text);
  const std::vector<Span> secrets = Scanner(logical).Scan();
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
  return RedactCounted(text).text;
}

}  // namespace scoregate::redact
