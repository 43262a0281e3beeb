// Turns orders into answers.
#include "gateway/emulator/errors/raise_desk.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "gateway/catalogue/catalogue.h"
#include "gateway/emulator/errors/envelope.h"
#include "gateway/emulator/errors/parameter_values.h"
#include "gateway/emulator/errors/raise_order.h"
#include "gateway/emulator/json_text.h"

namespace scoregate::emulator {
namespace {

std::string DetailMessage(const catalogue::ErrorCode& row) {
  if (row.parameters > 0) {
    return MessageWith(row.error_class, row.name, ParameterValues(row.error_class, row.name));
  }
  // 27 rows of the documentation have no message; nobody has seen what the wire says there.
  return row.has_message ? InWords(row.name) : std::string();
}

Answer DocumentedAnswer(const RaiseOrder& order) {
  std::vector<ErrorDetail> details;
  for (const std::string_view code : order.codes) {
    const catalogue::ErrorCode* row = catalogue::FindCode(order.error_class, code);
    if (row != nullptr) details.push_back({row->name, "", DetailMessage(*row)});
  }
  return EnvelopeAnswer(order.error_class, details);
}

std::string HtmlPage(int status) {
  const std::string title = std::to_string(status) + " from a proxy";
  return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
         "</h1></center>\r\n<hr>\r\n</body>\r\n</html>\r\n";
}

Answer OddAnswer(const OddBody& odd) {
  Answer answer = MakeAnswer(odd.status, "", std::string(odd.body));
  std::string_view rest = odd.headers;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t colon = line.find(": ");
    answer.response.headers.Add(line.substr(0, colon), line.substr(colon + 2));
  }
  return answer;
}

Answer RaisedAnswer(const RaiseOrder& order) {
  const std::string number = std::to_string(order.status);
  switch (order.kind) {
    case RaiseKind::kDocumented:
      return DocumentedAnswer(order);
    case RaiseKind::kJson:
      return MakeAnswer(order.status, kJsonType,
                        R"({"message":)" + Quoted("Status " + number + " was asked for.") + "}");
    case RaiseKind::kHtml:
      return MakeAnswer(order.status, "text/html", HtmlPage(order.status));
    case RaiseKind::kText:
      return MakeAnswer(order.status, kTextType, "Status " + number + " was asked for.\n");
    case RaiseKind::kEmpty:
    case RaiseKind::kSlow:
      return MakeAnswer(order.status, "", "");
    case RaiseKind::kOnline:
      if (order.online) return OnlineErrorAnswer(*order.online);
      break;
    case RaiseKind::kOdd:
      return OddAnswer(*order.odd);
    case RaiseKind::kClose: {
      Answer answer;
      answer.ending = Ending::kCloseWithoutAnswer;
      return answer;
    }
  }
  return {};
}

}  // namespace

RaiseVerdict RaiseDesk::Decide(std::string_view text, std::string_view path) {
  RaiseVerdict verdict;
  if (text.empty()) return verdict;
  const auto order = ParseRaise(text);
  if (!order.ok()) {
    const ErrorDetail detail{"UserParameterInvalid", "raise", order.fault().text};
    verdict.answer = EnvelopeAnswer("BadArgument", detail);
    return verdict;
  }
  const RaiseOrder& wanted = order.value();
  if (wanted.count && !StillCounts(text, path, *wanted.count)) return verdict;
  if (wanted.kind == RaiseKind::kSlow) {
    verdict.delay = wanted.delay;
    return verdict;
  }
  verdict.answer = RaisedAnswer(wanted);
  if (!wanted.retry_after.empty()) {
    verdict.answer->response.headers.Set("retry-after", wanted.retry_after);
  }
  return verdict;
}

bool RaiseDesk::StillCounts(std::string_view text, std::string_view path, std::uint32_t count) {
  std::string key = std::string(path) + '\n' + std::string(text);
  const auto [entry, added] = raised_.try_emplace(key, 0);
  const bool raises = entry->second < count;
  if (raises) ++entry->second;
  if (added) {
    oldest_first_.push_back(std::move(key));
    if (oldest_first_.size() > kMaxCountedOrders) {
      raised_.erase(oldest_first_.front());
      oldest_first_.pop_front();
    }
  }
  return raises;
}

}  // namespace scoregate::emulator
