// The search orders, each in one place.
#include "gateway/errorbody/shapes/members.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

ReportedItem ItemOf(JsonValue element) {
  ReportedItem item;
  if (!element.IsObject()) {
    item.message = MessageOf(element);
    return item;
  }
  for (std::string_view name : {"code", "Code", "errorCode"}) {
    if (item.code.empty()) item.code = CodeOf(element[name]);
  }
  item.target = FirstOf(element, {"target", "Target"}).Text(kMaxCodeBytes);
  item.message = FirstMessage(element, {"message", "Message", "errorMessage", "description"});
  if (item.code.empty() && item.target.empty() && item.message.empty() && element.count() > 0 &&
      element.finished()) {
    item.message = element.Text(kMaxTextBytes);
  }
  return item;
}

void AppendItem(ReportedItem item, ReportedError& error) {
  if (item.code.empty() && item.target.empty() && item.message.empty()) return;
  if (error.items.size() < kMaxItems) {
    error.items.push_back(std::move(item));
  } else {
    ++error.omitted_items;
  }
}

void AppendText(JsonValue member, JsonValue text, ReportedError& error) {
  ReportedItem item;
  item.message = MessageOf(text);
  if (item.message.empty()) return;
  item.target = member.Key(kMaxCodeBytes);
  AppendItem(std::move(item), error);
}

// `{"age":["must be a number","is too long"],"name":"is missing"}`
void ReadItemMap(JsonValue map, ReportedError& error) {
  std::uint32_t seen = 0;
  for (JsonValue member = map.first(); member; member = member.next(), ++seen) {
    if (!member.IsArray()) {
      AppendText(member, member, error);
      continue;
    }
    std::uint32_t texts = 0;
    for (JsonValue text = member.first(); text; text = text.next(), ++texts) {
      AppendText(member, text, error);
    }
    error.omitted_items += member.count() - texts;
  }
  error.omitted_items += map.count() - seen;
}

}  // namespace

JsonValue FirstOf(JsonValue object, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    if (const JsonValue member = object[name]; !member.IsNothing()) return member;
  }
  return {};
}

std::string CodeOf(JsonValue value) {
  if (!(value.IsString() || value.IsNumber()) || !value.finished()) return {};
  return value.Text(kMaxCodeBytes);
}

std::string FindCode(JsonValue root) {
  const JsonValue error = root["error"];
  for (std::string_view name : {"code", "errorCode"}) {
    if (std::string code = CodeOf(error[name]); !code.empty()) return code;
  }
  for (std::string_view name : {"code", "error_code", "errorCode", "error_type", "errorType"}) {
    if (std::string code = CodeOf(root[name]); !code.empty()) return code;
  }
  if (std::string code = CodeOf(root["status"]["reason"]); !code.empty()) return code;
  return CodeOf(root["detail"].IsArray() ? root["detail"].first()["type"] : JsonValue());
}

std::string MessageOf(JsonValue value) {
  if (value.IsNothing()) return {};
  if (value.IsObject()) {
    const JsonValue text = FirstOf(value, {"message", "value"});
    if (text.IsString()) return text.Text(kMaxTextBytes);
  }
  return value.Text(kMaxTextBytes);
}

std::string FirstMessage(JsonValue object, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    if (std::string message = MessageOf(object[name]); !message.empty()) return message;
  }
  return {};
}

void ReadItem(JsonValue element, ReportedError& error) {
  AppendItem(ItemOf(element), error);
}

void ReadItems(JsonValue details, ReportedError& error) {
  if (details.IsArray()) {
    std::uint32_t seen = 0;
    for (JsonValue element = details.first(); element; element = element.next(), ++seen) {
      AppendItem(ItemOf(element), error);
    }
    error.omitted_items += details.count() - seen;
    return;
  }
  const JsonValue item_member = FirstOf(details, {"code", "Code", "message", "Message"});
  if (details.IsObject() && !item_member) {
    ReadItemMap(details, error);
  } else if (!details.IsNothing()) {
    AppendItem(ItemOf(details), error);
  }
}

std::string DeepestInnerCode(JsonValue error) {
  std::string deepest;
  for (JsonValue inner = FirstOf(error, {"innererror", "innerError"}); inner.IsObject();
       inner = FirstOf(inner, {"innererror", "innerError"})) {
    if (std::string code = CodeOf(inner["code"]); !code.empty()) deepest = std::move(code);
  }
  return deepest;
}

int StatusOf(JsonValue value) {
  if (!(value.IsNumber() || value.IsString()) || !value.finished()) return 0;
  const std::string_view digits = value.raw();
  if (digits.size() != 3 || !std::ranges::all_of(digits, IsDigit) || digits[0] == '0') return 0;
  return (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
}

int EmbeddedStatus(JsonValue root) {
  const JsonValue error = root["error"];
  const std::array<JsonValue, 10> places = {
      root["statusCode"], root["StatusCode"], error["statusCode"], error["status"],
      error["code"],      error["errorCode"], root["status"],      root["code"],
      root["error_code"], root["errorCode"]};
  for (JsonValue place : places) {
    const int status = StatusOf(place);
    if (status >= 400 && status < 600) return status;
  }
  return 0;
}

}  // namespace scoregate::errorbody
