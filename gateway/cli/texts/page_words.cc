#include "gateway/cli/texts/page_words.h"

#include <algorithm>
#include <array>

namespace scoregate::cli {
namespace {

// The default stands first.
constexpr std::array<PageWords, 2> kWords{{
    {
        .locale = "en-US",
        .what_to_do = "what to do",
        .retry = "retry",
        .fault_of = "fault of",
        .grpc_code = "gRPC code",
        .reason = "reason",
        .domain = "domain",
        .http_status = "HTTP status",
        .details = "details",
        .metadata = "metadata",
        .read_more = "read more",
        .try_it = "try it",
        .no_retry = "not advised: the same call would fail again",
        .retry_after = "yes, after {} s, doubling with each attempt",
        .how_to_try = "scoregate emulator, then call with the parameter raise={}",
        .no_retry_briefly = "no retry",
        .retry_briefly = "retry after {} s",
        .fault_briefly = "fault of {}",
        .several_rules = "{} rules give this reason. UpstreamError.rule, which `scorectl report "
                         "REQUEST_ID` prints, says which one it was:",
        .overridden = "The endpoint's `overrides` change code, reason or retry of this one.",
        .reinterpreted = "The endpoint has gateway_faults: REINTERPRET, so the code is INTERNAL "
                         "and no retry is advised.",
    },
    {
        .locale = "ko-KR",
        .what_to_do = "조치",
        .retry = "재시도",
        .fault_of = "책임",
        .grpc_code = "gRPC 코드",
        .reason = "이유",
        .domain = "도메인",
        .http_status = "HTTP 상태",
        .details = "세부 정보",
        .metadata = "메타데이터",
        .read_more = "자세히",
        .try_it = "재현",
        .no_retry = "권하지 않음: 같은 호출은 다시 실패합니다",
        .retry_after = "예, {}초 후에. 시도할 때마다 두 배로 기다리십시오",
        .how_to_try = "scoregate emulator를 실행하고 매개 변수 raise={}을(를) 넣어 호출하십시오",
        .no_retry_briefly = "재시도 안 함",
        .retry_briefly = "{}초 후 재시도",
        .fault_briefly = "책임: {}",
        .several_rules = "이 이유에는 규칙이 {}개 있습니다. 어느 것이었는지는 `scorectl report "
                         "REQUEST_ID`가 보여 주는 UpstreamError.rule에 나옵니다.",
        .overridden = "엔드포인트의 `overrides`가 이 오류의 코드나 이유, 재시도를 바꿉니다.",
        .reinterpreted = "엔드포인트에 gateway_faults: REINTERPRET가 있으므로 코드는 INTERNAL이고 "
                         "재시도는 권하지 않습니다.",
    },
}};

// Whether the byte begins a character; the others go on with one.
bool Begins(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

bool IsAscii(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

}  // namespace

const PageWords& WordsFor(std::string_view locale) {
  const auto* found = std::ranges::find(kWords, locale, &PageWords::locale);
  return found == kWords.end() ? kWords.front() : *found;
}

std::string With(std::string_view sentence, std::string_view value) {
  constexpr std::string_view kPlace = "{}";
  const std::size_t place = sentence.find(kPlace);
  std::string text(sentence.substr(0, place));
  if (place == sentence.npos) return text;
  text += value;
  text += sentence.substr(place + kPlace.size());
  return text;
}

std::string RetryText(bool retryable, std::chrono::milliseconds delay, const PageWords& words) {
  if (!retryable) return std::string(words.no_retry);
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(delay);
  return With(words.retry_after, std::to_string(seconds.count()));
}

void AddLine(std::string& page, std::string_view label, std::string_view text) {
  constexpr std::size_t kLabelColumns = 14;
  if (text.empty()) return;
  page += label;
  page.append(kLabelColumns - std::min(ColumnsOf(label), kLabelColumns), ' ');
  page += text;
  page += '\n';
}

std::size_t ColumnsOf(std::string_view text) {
  std::size_t columns = 0;
  for (char byte : text) {
    if (Begins(byte)) columns += IsAscii(byte) ? 1 : 2;
  }
  return columns;
}

}  // namespace scoregate::cli
