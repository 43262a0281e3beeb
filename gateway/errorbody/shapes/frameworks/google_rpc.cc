// google.rpc.Status as JSON (AIP-193): wrapped in `error` as Google's REST APIs and Vertex AI send
// it, or bare as transcoders do.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/text.h"

namespace scoregate::errorbody {
namespace {

// google/rpc/code.proto; the place is the number.
constexpr std::array<std::string_view, 17> kCodeNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

// The number of a canonical name other than OK, or 0.
int CodeNumber(JsonValue name) {
  if (!name.IsString() || !name.finished()) return 0;
  const auto found = std::ranges::find(kCodeNames, name.raw());
  return found == kCodeNames.end() ? 0 : static_cast<int>(found - kCodeNames.begin());
}

// A number from 1 to 16, or 0. HTTP statuses are larger.
int SmallCode(JsonValue value) {
  if (!value.IsNumber() || !value.finished()) return 0;
  const std::string_view digits = value.raw();
  int number = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = result.ec == std::errc() && result.ptr == digits.data() + digits.size();
  return whole && number > 0 && number < static_cast<int>(kCodeNames.size()) ? number : 0;
}

bool HasTypedDetail(JsonValue details) {
  return details.IsArray() && details.first()["@type"].IsString();
}

// A code that small may be a module's error number; the rest has to look like a Status too.
bool IsBareStatus(const Answer& answer) {
  const JsonValue root = answer.root;
  if (answer.error.IsObject() || root["type"] || !root["message"].IsString()) return false;
  return SmallCode(root["code"]) != 0 ||
         (root["code"].IsNumber() && CodeNumber(root["status"]) != 0);
}

bool IsWrappedStatus(JsonValue error) {
  if (CodeNumber(error["status"]) != 0) return true;
  return SmallCode(error["code"]) != 0 && HasTypedDetail(error["details"]);
}

void ReadDetails(JsonValue details, ReportedStatus& status, ReportedError& error) {
  std::uint32_t seen = 0;
  for (JsonValue detail = details.first(); detail; detail = detail.next(), ++seen) {
    const std::string type = detail["@type"].Text(kMaxCodeBytes);
    // What was cut, or would have to be, is no JSON any more.
    const bool whole = detail.finished() && detail.raw().size() <= kMaxTextBytes;
    std::string json = whole ? detail.Text(kMaxTextBytes) : std::string();
    if (type.empty() || json.empty() || status.details.size() == kMaxItems) {
      ++error.omitted_items;
      continue;
    }
    status.details.emplace_back(type.substr(type.rfind('/') + 1), std::move(json));
  }
  error.omitted_items += details.count() - seen;
}

bool Matches(const Answer& answer) {
  return IsWrappedStatus(answer.error) || IsBareStatus(answer);
}

void Read(const Answer& answer, ReportedError& error) {
  const JsonValue object = answer.error.IsObject() ? answer.error : answer.root;
  error.outer_code = FindCode(answer.root);
  error.message = FirstMessage(object, {"message"});
  ReportedStatus status;
  status.code = CodeNumber(object["status"]);
  if (status.code != 0) {
    status.status = std::string(object["status"].raw());
  } else {
    status.code = SmallCode(object["code"]);
  }
  if (object["details"].IsArray()) ReadDetails(object["details"], status, error);
  error.rpc_status = std::move(status);
}

}  // namespace

constinit const Shape kGoogleRpc = {"google_rpc", Matches, Read};

}  // namespace scoregate::errorbody
