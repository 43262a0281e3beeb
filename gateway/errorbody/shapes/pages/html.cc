// Pages of proxies and servers: nginx, HTTP.sys, IIS and its router, gunicorn, HAProxy. Other
// markup reads in the same way, but is no page.
#include <optional>
#include <string>
#include <string_view>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/pages/markup.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

// Whether the header or the page's beginning says so.
bool IsLatin1(const Answer& answer) {
  constexpr std::string_view kName = "iso-8859-1";
  constexpr std::size_t kBeginning = 1024;
  const auto says = [&](std::string_view text) {
    for (std::size_t at = text.find('8'); at < text.size(); at = text.find('8', at + 1)) {
      constexpr std::size_t kBefore = kName.find('8');
      if (at < kBefore) continue;
      if (EqualsIgnoringCase(text.substr(at - kBefore, kName.size()), kName)) return true;
    }
    return false;
  };
  return says(answer.response.headers.First("content-type")) ||
         says(answer.body.substr(0, kBeginning));
}

bool IsTypedHtml(const Answer& answer) {
  constexpr std::string_view kHtmlType = "text/html";
  const std::string_view type = Trimmed(answer.response.headers.First("content-type"));
  return EqualsIgnoringCase(type.substr(0, kHtmlType.size()), kHtmlType);
}

bool MatchesMarkup(const Answer& answer) {
  return answer.body.starts_with('<');
}

bool Matches(const Answer& answer) {
  return MatchesMarkup(answer) && (IsTypedHtml(answer) || BeginsHtml(answer.body));
}

void Read(const Answer& answer, ReportedError& error) {
  std::string storage;
  std::string_view page = answer.body;
  if (IsLatin1(answer)) {
    storage = Latin1AsUtf8(page);
    page = storage;
  }
  const std::optional<std::string_view> title = ElementInside(page, "title");
  if (title) error.message = MarkupText(*title, kMaxTextBytes);
  if (error.message.empty()) error.message = MarkupText(page, kMaxTextBytes);
}

}  // namespace

constinit const Shape kHtml = {"html", Matches, Read};
constinit const Shape kMarkup = {"markup", MatchesMarkup, Read};

}  // namespace scoregate::errorbody
