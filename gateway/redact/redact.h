// Takes secrets out of text before it is stored, logged or sent.
#pragma once

#include <string>
#include <string_view>

namespace scoregate::redact {

/// What stands where a secret was.
inline constexpr std::string_view kRedacted = "[redacted]";

/// The text without secrets: values of `sig=` and whole SAS queries, AccountKey=,
/// SharedAccessSignature, SharedAccessKey, Password= and other connection-string secrets, Bearer,
/// Basic and key headers, base64 keys of 64 bytes (86 characters and padding), JSON Web Tokens, URL
/// user information. Names and structure stay readable. Idempotent; linear in the text's length;
/// also finds percent-encoded and JSON-escaped forms.
std::string Redact(std::string_view text);

/// True for most names and ids: without a separator or a full stop, and too short for a key, they
/// can only name something, and Redact gives them back as they are.
bool IsOneShortWord(std::string_view text);

/// Whether a header's value must never be shown at all (authorization, cookie, api-key, ...), by
/// lower-case name.
bool IsSecretHeader(std::string_view lower_case_name);

}  // namespace scoregate::redact
