#include "tests/errorbody/promises.h"

#include <simdjson.h>

#include <chrono>
#include <optional>

#include "gateway/errorbody/retry_hints.h"

namespace scoregate::errorbody {
namespace {

bool IsGoodText(std::string_view text, std::size_t limit) {
  return text.size() <= limit && simdjson::validate_utf8(text.data(), text.size());
}

bool IsGoodDelay(const std::optional<std::chrono::milliseconds>& delay) {
  return !delay || (delay->count() >= 0 && *delay <= kLongestDelay);
}

}  // namespace

std::string_view BrokenPromise(const ReportedError& error, const http::HttpResponse& response) {
  if (error.http_status != response.status) return "status";
  if (error.shape.empty()) return "shape";
  if (!IsGoodText(error.outer_code, kMaxCodeBytes)) return "outer_code";
  if (!IsGoodText(error.inner_code, kMaxCodeBytes)) return "inner_code";
  if (error.inner_code.empty() && !error.outer_code.empty()) return "inner without outer";
  if (!IsGoodText(error.message, kMaxTextBytes)) return "message";
  if (error.items.size() > kMaxItems) return "items";
  for (const ReportedItem& item : error.items) {
    if (!IsGoodText(item.code, kMaxCodeBytes)) return "item.code";
    if (!IsGoodText(item.target, kMaxCodeBytes)) return "item.target";
    if (!IsGoodText(item.message, kMaxTextBytes)) return "item.message";
  }
  const bool error_status = error.embedded_status >= 400 && error.embedded_status < 600;
  if (error.embedded_status != 0 && !error_status) return "embedded_status";
  if (error.rpc_status) {
    if (error.rpc_status->code < 1 || error.rpc_status->code > 16) return "rpc code";
    if (error.rpc_status->details.size() > kMaxItems) return "rpc details";
    for (const auto& [type, json] : error.rpc_status->details) {
      if (!IsGoodText(type, kMaxCodeBytes) || !IsGoodText(json, kMaxTextBytes)) return "rpc detail";
    }
  }
  const bool delays = IsGoodDelay(error.header_retry_delay) &&
                      IsGoodDelay(error.body_retry_delay) && IsGoodDelay(error.prose_retry_delay);
  return delays ? "" : "delay";
}

}  // namespace scoregate::errorbody
