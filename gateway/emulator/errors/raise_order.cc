// Reads orders to raise an error.
#include "gateway/emulator/errors/raise_order.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/catalogue/catalogue.h"
#include "gateway/emulator/errors/nearest_names.h"

namespace scoregate::emulator {
namespace {

using http::Fault;
using http::FaultKind;
using http::Result;

constexpr int kMinStatus = 200;
constexpr int kMaxStatus = 999;
constexpr std::size_t kMaxRetryAfter = 64;

struct Shape {
  std::string_view prefix;
  RaiseKind kind;
};

constexpr auto kStatusShapes = std::to_array<Shape>({{"status/", RaiseKind::kJson},
                                                     {"shape/html-", RaiseKind::kHtml},
                                                     {"shape/text-", RaiseKind::kText},
                                                     {"shape/empty-", RaiseKind::kEmpty}});

Fault Refuse(std::string text) {
  return Fault(FaultKind::kRequestInvalid, "raise", std::move(text));
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string_view NextPart(std::string_view& rest, char separator) {
  const auto end = std::min(rest.find(separator), rest.size());
  const auto part = Trim(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::optional<std::uint32_t> ParseNumber(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Fault UnknownName(std::string_view name) {
  std::string text = "nothing to raise is named '" + std::string(name) + "'";
  std::string_view before = "; nearest: ";
  for (const std::string& near : NearestNames(name)) {
    text += before;
    text += near;
    before = ", ";
  }
  return Refuse(std::move(text));
}

Result<RaiseOrder> ParseStatusShape(std::string_view name, const Shape& shape) {
  const auto status = ParseNumber(name.substr(shape.prefix.size()));
  if (!status || *status < kMinStatus || *status > kMaxStatus) {
    return Refuse("'" + std::string(name) + "' needs a status from 200 to 999, as in '" +
                  std::string(shape.prefix) + "503'");
  }
  RaiseOrder order;
  order.kind = shape.kind;
  order.status = static_cast<int>(*status);
  return order;
}

Result<RaiseOrder> ParseSlow(std::string_view name, std::string_view wait) {
  const bool milliseconds = wait.ends_with("ms");
  const std::size_t unit = milliseconds ? 2 : 1;
  const auto number =
      wait.ends_with('s') ? ParseNumber(wait.substr(0, wait.size() - unit)) : std::nullopt;
  RaiseOrder order;
  order.kind = RaiseKind::kSlow;
  if (number) {
    order.delay = milliseconds ? std::chrono::milliseconds(*number) : std::chrono::seconds(*number);
  }
  if (!number || order.delay > kMaxDelay) {
    return Refuse("'" + std::string(name) + "' needs a time up to 60s, as in 'shape/slow=500ms'");
  }
  return order;
}

Result<RaiseOrder> ParseOnline(std::string_view name) {
  RaiseOrder order;
  order.kind = RaiseKind::kOnline;
  // The name in the row may be a view of the order's text, which does not last.
  order.online = FindOnlineError(name);
  if (!order.online) {
    return Refuse("no answer of an online endpoint is named '" + std::string(name) +
                  "'; there are " + OnlineErrorNames());
  }
  order.online->name = {};
  return order;
}

Result<RaiseOrder> ParseDocumented(std::string_view name) {
  std::string_view rest = name;
  const catalogue::ErrorClass* error_class = catalogue::FindClass(NextPart(rest, '/'));
  if (error_class == nullptr || name.ends_with('/') || name.ends_with('+')) {
    return UnknownName(name);
  }
  RaiseOrder order;
  order.error_class = error_class->name;
  while (!rest.empty()) {
    const std::string_view code = NextPart(rest, '+');
    const catalogue::ErrorCode* row = catalogue::FindCode(error_class->name, code);
    if (row == nullptr) {
      return UnknownName(std::string(error_class->name) + "/" + std::string(code));
    }
    if (order.codes.size() == kMaxRaisedCodes)
      return Refuse("at most 8 codes can be raised at once");
    order.codes.push_back(row->name);
  }
  return order;
}

Result<RaiseOrder> ParseName(std::string_view name) {
  constexpr std::string_view kSlow = "shape/slow=";
  constexpr std::string_view kOnline = "online/";
  for (const Shape& shape : kStatusShapes) {
    if (name.starts_with(shape.prefix)) return ParseStatusShape(name, shape);
  }
  if (name.starts_with(kSlow)) return ParseSlow(name, name.substr(kSlow.size()));
  if (name.starts_with(kOnline)) return ParseOnline(name.substr(kOnline.size()));
  if (name == "shape/close") {
    RaiseOrder order;
    order.kind = RaiseKind::kClose;
    return order;
  }
  constexpr std::string_view kShape = "shape/";
  if (name.starts_with(kShape)) {
    RaiseOrder order;
    order.kind = RaiseKind::kOdd;
    order.odd = FindOddBody(name.substr(kShape.size()));
    if (order.odd == nullptr) return UnknownName(name);
    order.status = order.odd->status;
    return order;
  }
  return ParseDocumented(name);
}

// The value becomes a header field: anything but printable ASCII could end the field early.
bool IsFieldValue(std::string_view value) {
  return !value.empty() && value.size() <= kMaxRetryAfter &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::optional<Fault> ReadOption(std::string_view option, RaiseOrder& order) {
  std::string_view value = option;
  const std::string_view name = NextPart(value, '=');
  value = Trim(value);
  if (name == "count") {
    order.count = ParseNumber(value);
    if (order.count) return std::nullopt;
    return Refuse("count needs a whole number, as in 'count=2'");
  }
  if (name == "retry-after") {
    order.retry_after = value;
    if (IsFieldValue(value)) return std::nullopt;
    return Refuse("retry-after needs a short printable value, as in 'retry-after=7'");
  }
  if (name == "id") return std::nullopt;
  return Refuse("no option is named '" + std::string(name) + "'; there are count, retry-after, id");
}

}  // namespace

Result<RaiseOrder> ParseRaise(std::string_view text) {
  if (text.size() > kMaxRaiseText) return Refuse("an order has at most 1024 bytes");
  auto order = ParseName(NextPart(text, ';'));
  if (!order.ok()) return order;
  while (!text.empty()) {
    const std::string_view option = NextPart(text, ';');
    if (option.empty()) continue;
    if (auto fault = ReadOption(option, order.value())) return *std::move(fault);
  }
  return order;
}

}  // namespace scoregate::emulator
