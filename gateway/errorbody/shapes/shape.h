// What every shape of error body is given, and what it is: a name, a test of structure, a reader.
#pragma once

#include <string_view>

#include "gateway/errorbody/reported_error.h"
#include "gateway/errorbody/tolerant_json.h"
#include "gateway/http/call_kind.h"
#include "gateway/http/message.h"

namespace scoregate::errorbody {

/// An answer, as far as it was understood before its shape is known.
struct Answer {
  const http::HttpResponse& response;
  http::UpstreamKind kind = http::UpstreamKind::kClassic;
  /// The body without its byte order mark and the blanks around it.
  std::string_view body;
  /// The JSON object to read: the body's, or the first element's where the body is an array. None
  /// where there is none.
  JsonValue root;
  /// root["error"].
  JsonValue error;
};

/// A shape is recognized by structure alone; the first of the list that matches reads. A reader
/// fills outer_code, inner_code, message, items, omitted_items, rpc_status, body_retry_delay.
struct Shape {
  std::string_view name;
  bool (*matches)(const Answer&);
  void (*read)(const Answer&, ReportedError&);
};

}  // namespace scoregate::errorbody
