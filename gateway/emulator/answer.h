// What the emulator does with one request: an answer, and how it is to be delivered.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "gateway/http/message.h"

namespace scoregate::emulator {

/// What becomes of the connection.
enum class Ending {
  kKeepOpen,            ///< The answer goes out; the connection stays, if the peer wants it to.
  kCloseWithoutAnswer,  ///< No answer; the connection ends where one was due.
};

/// An answer and its delivery. Content-Length and Connection are the connection's business.
struct Answer {
  http::HttpResponse response;
  /// Time that passes before the answer goes out.
  std::chrono::milliseconds delay{0};
  Ending ending = Ending::kKeepOpen;
};

inline constexpr std::string_view kJsonType = "application/json; charset=utf-8";
inline constexpr std::string_view kTextType = "text/plain; charset=utf-8";

/// An answer with that body; an empty `content_type` sends no such field.
inline Answer MakeAnswer(int status, std::string_view content_type, std::string body) {
  Answer answer;
  answer.response.status = status;
  if (!content_type.empty()) answer.response.headers.Set("content-type", std::string(content_type));
  answer.response.body = std::move(body);
  return answer;
}

}  // namespace scoregate::emulator
