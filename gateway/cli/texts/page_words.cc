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

std::size_t ColumnsOf(std::string_view text) {
  std::size_t columns = 0;
  for (char byte : text) {
    if (Begins(byte)) columns += IsAscii(byte) ? 1 : 2;
  }
  return columns;
}

}  // namespace scoregate::cli
