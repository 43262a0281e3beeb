// Secrets that the gateway holds itself, taken out of a text wherever they stand in it: they need
// not look like secrets.
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace scoregate::redact {

/// A shorter value is no secret that can be looked for: it stands in ordinary words.
inline constexpr std::size_t kLeastKnownSecret = 8;

/// What Hide made of a text, and how much work it was, so that a test can hold it to linear work.
struct CountedHiding {
  std::optional<std::string> text;
  /// How often a character of a secret was compared.
  std::size_t steps = 0;
};

/// Views of secrets, which outlive it. Holds no copy of them.
class KnownSecrets {
 public:
  /// One of less than kLeastKnownSecret characters, base64 padding not counted, is passed over, and
  /// one that is there already.
  void Add(std::string_view secret);

  /// The text with "[redacted]" in the place of each secret, whether it stands there as it is or
  /// with its special characters escaped: for JSON (in JSON), in a URL, in HTML; base64 with its
  /// padding or without. So are the first kLeastKnownSecret characters or more of one that is cut
  /// off: by the text's end, or before a double quote or an ellipsis. Nothing where no
  /// secret stands, which costs one search a secret. A text that was made to begin a secret again
  /// and again is hidden as a whole, since callers choose some secrets and peers the text: the work
  /// is linear in the text's length.
  std::optional<std::string> Hide(std::string_view text) const { return HideCounted(text).text; }

  /// As Hide.
  CountedHiding HideCounted(std::string_view text) const;

  /// No shorter text holds a whole secret.
  std::size_t shortest() const { return shortest_; }
  bool empty() const { return secrets_.empty(); }

 private:
  struct Secret {
    std::string_view text;
    /// A part of it that no spelling changes.
    std::size_t anchor = 0;
    std::size_t anchor_size = 0;
  };

  absl::InlinedVector<Secret, 6> secrets_;
  std::size_t shortest_ = std::string_view::npos;
};

/// The credentials of a header's value: what stands behind the scheme, as in "Bearer abc", or all.
std::string_view CredentialsIn(std::string_view header_value);

}  // namespace scoregate::redact
