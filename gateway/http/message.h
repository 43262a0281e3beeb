// HTTP requests and answers as values, whoever carries them.
#pragma once

#include <cstddef>
#include <string>

#include "gateway/http/header_map.h"

namespace scoregate::http {

/// A request to an upstream. `target` is path and query as they go on the wire; the host is the
/// client's business. Content-Length is added by the client.
struct HttpRequest {
  std::string method = "POST";
  std::string target = "/";
  HeaderMap headers;
  std::string body;
};

/// Spare capacity behind an answer's body: with it, one whose length was announced can be read
/// where it is. A body without it has to be copied.
inline constexpr std::size_t kBodyPadding = 64;

/// An answer, whatever its status. The body is decoded from its transfer coding.
struct HttpResponse {
  /// 100 to 999.
  int status = 0;
  HeaderMap headers;
  /// Fields after a chunked body.
  HeaderMap trailers;
  std::string body;
  /// True where the body of an error answer was longer than the limit and the rest was dropped.
  bool body_cut = false;
};

}  // namespace scoregate::http
