// Bodies that are no JSON: nothing, XML errors of storage services, what the front ends of online
// endpoints say in a word, pages of proxies, plain text.
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/errorbody/json/find_json.h"
#include "gateway/errorbody/shapes/markup.h"
#include "gateway/errorbody/shapes/shape.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

// The inside of the XML error element: <Error>, or the one in S3's <ErrorResponse>.
std::optional<std::string_view> XmlErrorInside(std::string_view body) {
  const std::string_view markup = WithoutProlog(body);
  if (StartsWithTag(markup, "Error")) return ElementInside(markup, "Error");
  if (StartsWithTag(markup, "ErrorResponse")) return ElementInside(markup, "Error");
  return std::nullopt;
}

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

bool Matches(const Sentence& sentence, std::string_view text) {
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

}  // namespace

bool IsEmpty(const Answer& answer) {
  return answer.body.empty();
}

void ReadNothing(const Answer&, ReportedError&) {}

bool IsXmlError(const Answer& answer) {
  const std::optional<std::string_view> inside = XmlErrorInside(answer.body);
  return inside && ElementInside(*inside, "Code");
}

void ReadXmlError(const Answer& answer, ReportedError& error) {
  const std::string_view inside = XmlErrorInside(answer.body).value_or("");
  const std::string_view code = ElementInside(inside, "Code").value_or("");
  // Without its end tag the code may have been cut short, and then be another one's name.
  if (code.data() + code.size() != inside.data() + inside.size()) {
    error.outer_code = MarkupText(code, kMaxCodeBytes);
  }
  error.message = MarkupText(ElementInside(inside, "Message").value_or(""), kMaxTextBytes);
}

bool IsOnlineSentence(const Answer& answer) {
  if (answer.kind != http::UpstreamKind::kOnlineEndpoint) return false;
  for (const Sentence& sentence : kOnlineSentences) {
    if (Matches(sentence, answer.body)) return true;
  }
  return false;
}

bool IsHtml(const Answer& answer) {
  return answer.body.starts_with('<');
}

void ReadHtml(const Answer& answer, ReportedError& error) {
  const std::optional<std::string_view> title = ElementInside(answer.body, "title");
  if (title) error.message = MarkupText(*title, kMaxTextBytes);
  if (error.message.empty()) error.message = MarkupText(answer.body, kMaxTextBytes);
}

void ReadPlainText(const Answer& answer, ReportedError& error) {
  // A JSON string is a text in quotes.
  const std::optional<std::string> unquoted = PackedJson(answer.body);
  error.message = Repaired(unquoted ? Trimmed(*unquoted) : answer.body, kMaxTextBytes);
}

}  // namespace scoregate::errorbody
