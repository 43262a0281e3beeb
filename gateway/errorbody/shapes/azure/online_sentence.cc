// What the front ends of online endpoints say in a word or a sentence (voice rule d).
#include <algorithm>
#include <array>
#include <string_view>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

/// What stands before and behind a name, or all of it where `behind` is empty.
struct Sentence {
  std::string_view before;
  std::string_view behind;
};

// Wire page, 4.1: authentication at the managed front end, and the AKS front end of version 1.
constexpr std::array<Sentence, 5> kOnlineSentences = {{
    {"key_auth_access_denied", ""},
    {"key_auth_bad_header_forbidden", ""},
    {"Replica closed connection before replying", ""},
    {"Too many requests for service ", " (overloaded)"},
    {"No ready replicas for service ", "."},
}};

bool IsSentence(const Sentence& sentence, std::string_view text) {
  if (sentence.behind.empty()) {
    return text == sentence.before ||
           (text.ends_with('.') && text.substr(0, text.size() - 1) == sentence.before);
  }
  if (!text.starts_with(sentence.before)) return false;
  text.remove_prefix(sentence.before.size());
  if (!text.ends_with(sentence.behind)) return false;
  text.remove_suffix(sentence.behind.size());
  return !text.empty() && text.find_first_of(" \t\r\n") == text.npos;
}

bool Matches(const Answer& answer) {
  if (answer.kind != http::UpstreamKind::kOnlineEndpoint) return false;
  return std::ranges::any_of(kOnlineSentences, [&](const Sentence& sentence) {
    return IsSentence(sentence, answer.body);
  });
}

void Read(const Answer& answer, ReportedError& error) {
  error.message = Repaired(answer.body, kMaxTextBytes);
}

}  // namespace

constinit const Shape kOnlineSentence = {"online_sentence", Matches, Read};

}  // namespace scoregate::errorbody
