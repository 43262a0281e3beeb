#include "gateway/service/trace_context.h"

namespace scoregate::service {
namespace {

// Takes a field's number and its bytes off the front; empty where another one stands there.
std::string_view TakeField(std::string_view& bytes, char number, std::size_t size) {
  if (bytes.size() < size + 1 || bytes.front() != number) return {};
  const std::string_view value = bytes.substr(1, size);
  bytes.remove_prefix(size + 1);
  return value;
}

bool IsId(std::string_view id) {
  return id.find_first_not_of('\0') != id.npos;
}

void AppendHex(std::string& out, std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {kHex[byte >> 4], kHex[byte & 15]};
  }
}

}  // namespace

std::optional<std::string> TraceParentOf(std::string_view trace_bin) {
  constexpr std::size_t kTraceIdBytes = 16;
  constexpr std::size_t kSpanIdBytes = 8;
  if (!trace_bin.starts_with('\0')) return std::nullopt;
  trace_bin.remove_prefix(1);
  const std::string_view trace = TakeField(trace_bin, '\0', kTraceIdBytes);
  const std::string_view span = TakeField(trace_bin, '\1', kSpanIdBytes);
  if (!IsId(trace) || !IsId(span)) return std::nullopt;
  const std::string_view options = TakeField(trace_bin, '\2', 1);
  // Of the options only the lowest bit, "sampled", has a meaning in both.
  const bool sampled = !options.empty() && (options.front() & 1) != 0;
  std::string parent = "00-";
  AppendHex(parent, trace);
  parent += '-';
  AppendHex(parent, span);
  parent += sampled ? "-01" : "-00";
  return parent;
}

}  // namespace scoregate::service
