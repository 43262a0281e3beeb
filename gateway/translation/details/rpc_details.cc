// Details of a google.rpc.Status that an upstream sent as JSON: checked, redacted, passed on
// (contract 2.6). What is not understood is left out; UpstreamError still has the words.
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "gateway/errorbody/tolerant_json.h"
#include "gateway/translation/details/compose.h"
#include "gateway/translation/rules/reason.h"
#include "gateway/translation/texts/wording.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

using errorbody::JsonTree;
using errorbody::JsonValue;

/// Most elements that one list of the upstream's is read for.
constexpr int kMaxElements = 16;
constexpr std::size_t kMaxTextBytes = 256;
constexpr std::size_t kMaxReadBytes = 4096;
constexpr std::size_t kMaxLocaleBytes = 64;

// Members are lowerCamelCase in proto3 JSON; hand-made bodies use the field's own name as well.
JsonValue Member(JsonValue object, std::string_view camel, std::string_view snake) {
  JsonValue value = object[camel];
  return value ? value : object[snake];
}

std::string Text(JsonValue value, std::size_t limit = kMaxTextBytes) {
  return value.IsString() || value.IsNumber() ? CleanText(value.Text(kMaxReadBytes), limit)
                                              : std::string();
}

// A whole number, as proto3 JSON writes int64: in quotes or without. Nothing for anything else.
std::optional<std::int64_t> WholeNumber(JsonValue value) {
  if (!value.IsString() && !value.IsNumber()) return std::nullopt;
  const std::string_view text = value.raw();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template <typename Visitor>
void ForEach(JsonValue list, Visitor visit) {
  int seen = 0;
  if (!list.IsArray()) return;
  for (JsonValue element = list.first(); element && seen < kMaxElements; element = element.next()) {
    if (element.IsObject()) visit(element);
    ++seen;
  }
}

void PassErrorInfo(JsonValue json, Draft& draft) {
  draft.error_info.metadata.Set(key::kUpstreamReason, Text(json["reason"], kMaxReasonBytes));
  draft.error_info.metadata.Set(key::kUpstreamDomain, Text(json["domain"]));
}

void PassBadRequest(JsonValue json, Draft& draft) {
  google::rpc::BadRequest passed;
  ForEach(Member(json, "fieldViolations", "field_violations"), [&](JsonValue element) {
    std::string field = Text(element["field"]);
    std::string description = Text(element["description"]);
    if (field.empty() && description.empty()) return;
    auto* violation = passed.add_field_violations();
    violation->set_field(std::move(field));
    violation->set_description(std::move(description));
    std::string reason = Text(element["reason"], kMaxReasonBytes + 1);
    if (IsReason(reason)) violation->set_reason(std::move(reason));
    const JsonValue localized = Member(element, "localizedMessage", "localized_message");
    std::string locale = Text(localized["locale"], kMaxLocaleBytes);
    std::string message = Text(localized["message"]);
    if (locale.empty() || message.empty()) return;
    violation->mutable_localized_message()->set_locale(std::move(locale));
    violation->mutable_localized_message()->set_message(std::move(message));
  });
  if (passed.field_violations_size() == 0) return;
  draft.bad_request = draft.Make<google::rpc::BadRequest>();
  *draft.bad_request = passed;
}

void PassPrecondition(JsonValue json, Draft& draft) {
  google::rpc::PreconditionFailure passed;
  ForEach(json["violations"], [&](JsonValue element) {
    auto* violation = passed.add_violations();
    violation->set_type(Text(element["type"]));
    violation->set_subject(Text(element["subject"]));
    violation->set_description(Text(element["description"]));
  });
  if (passed.violations_size() == 0) return;
  draft.precondition = draft.Make<google::rpc::PreconditionFailure>();
  *draft.precondition = passed;
}

void PassDimensions(JsonValue dimensions, google::rpc::QuotaFailure::Violation& violation) {
  if (!dimensions.IsObject()) return;
  int seen = 0;
  for (JsonValue member = dimensions.first(); member && seen < kMaxElements;
       member = member.next(), ++seen) {
    std::string name = CleanText(member.Key(kMaxReadBytes), kMaxTextBytes);
    std::string value = Text(member);
    if (name.empty() || value.empty()) continue;
    (*violation.mutable_quota_dimensions())[std::move(name)] = std::move(value);
  }
}

void PassQuota(JsonValue json, Draft& draft) {
  google::rpc::QuotaFailure passed;
  ForEach(json["violations"], [&](JsonValue element) {
    auto* violation = passed.add_violations();
    violation->set_subject(Text(element["subject"]));
    violation->set_description(Text(element["description"]));
    violation->set_api_service(Text(Member(element, "apiService", "api_service")));
    violation->set_quota_metric(Text(Member(element, "quotaMetric", "quota_metric")));
    violation->set_quota_id(Text(Member(element, "quotaId", "quota_id")));
    PassDimensions(Member(element, "quotaDimensions", "quota_dimensions"), *violation);
    const auto value = WholeNumber(Member(element, "quotaValue", "quota_value"));
    if (value) violation->set_quota_value(*value);
    const auto future = WholeNumber(Member(element, "futureQuotaValue", "future_quota_value"));
    if (future) violation->set_future_quota_value(*future);
  });
  if (passed.violations_size() == 0) return;
  draft.quota = draft.Make<google::rpc::QuotaFailure>();
  *draft.quota = passed;
}

void PassResource(JsonValue json, Draft& draft) {
  std::string type = Text(Member(json, "resourceType", "resource_type"));
  std::string name = Text(Member(json, "resourceName", "resource_name"));
  if (type.empty() && name.empty()) return;
  draft.resource = draft.Make<google::rpc::ResourceInfo>();
  draft.resource->set_resource_type(std::move(type));
  draft.resource->set_resource_name(std::move(name));
  draft.resource->set_owner(Text(json["owner"]));
  draft.resource->set_description(Text(json["description"]));
}

void PassHelp(JsonValue json, Draft& draft) {
  HelpDraft passed;
  ForEach(json["links"], [&](JsonValue element) {
    std::string url = Text(element["url"]);
    if (!url.starts_with("https://") && !url.starts_with("http://")) return;
    passed.links.push_back({Text(element["description"]), std::move(url)});
  });
  if (!passed.links.empty()) draft.help = std::move(passed);
}

void PassLocalized(JsonValue json, Draft& draft) {
  std::string locale = Text(json["locale"], kMaxLocaleBytes);
  std::string message = Text(json["message"]);
  if (draft.localized != nullptr || locale.empty() || message.empty()) return;
  draft.localized = draft.Make<google::rpc::LocalizedMessage>();
  draft.localized->set_locale(std::move(locale));
  draft.localized->set_message(std::move(message));
}

void PassDebug(JsonValue json, Draft& draft) {
  std::string detail = Text(json["detail"], kMaxReadBytes);
  if (detail.empty()) return;
  draft.debug = draft.Make<google::rpc::DebugInfo>();
  draft.debug->set_detail(std::move(detail));
}

// "3s", "0.5s", or {"seconds": 3, "nanos": 500000000}. Nothing where it is neither.
std::optional<std::chrono::milliseconds> Duration(JsonValue value) {
  double seconds = 0;
  auto number = [](const std::string& text, double& out) {
    char* end = nullptr;
    out = std::strtod(text.c_str(), &end);
    return end == text.c_str() + text.size() && !text.empty() && std::isfinite(out);
  };
  if (value.IsString()) {
    std::string text = value.Text(64);
    if (text.empty() || text.back() != 's') return std::nullopt;
    text.pop_back();
    if (!number(text, seconds)) return std::nullopt;
  } else if (value.IsObject()) {
    double nanos = 0;
    if (!number(value["seconds"].Text(64), seconds)) return std::nullopt;
    if (value["nanos"] && !number(value["nanos"].Text(64), nanos)) return std::nullopt;
    seconds += nanos / 1e9;
  } else {
    return std::nullopt;
  }
  if (!(seconds >= 0)) return std::nullopt;
  double most = static_cast<double>(kMaxHint.count());
  double milliseconds = std::min(std::round(seconds * 1000), most);
  return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
}

}  // namespace

std::optional<std::chrono::milliseconds> RpcRetryDelay(const errorbody::ReportedError& error) {
  if (!error.rpc_status) return std::nullopt;
  for (const auto& [type, text] : error.rpc_status->details) {
    if (type != "google.rpc.RetryInfo") continue;
    JsonTree tree(text);
    return Duration(Member(tree.root(), "retryDelay", "retry_delay"));
  }
  return std::nullopt;
}

void PassRpcDetails(const Source& source, Draft& draft) {
  if (source.error == nullptr || !source.error->rpc_status) return;
  for (const auto& [type, text] : source.error->rpc_status->details) {
    JsonTree tree(text);
    JsonValue json = tree.root();
    // Of a type that comes twice the later one stands: every type goes out at most once (I2).
    if (type == "google.rpc.ErrorInfo") PassErrorInfo(json, draft);
    if (type == "google.rpc.BadRequest") PassBadRequest(json, draft);
    if (type == "google.rpc.PreconditionFailure") PassPrecondition(json, draft);
    if (type == "google.rpc.QuotaFailure") PassQuota(json, draft);
    if (type == "google.rpc.ResourceInfo") PassResource(json, draft);
    if (type == "google.rpc.Help") PassHelp(json, draft);
    if (type == "google.rpc.LocalizedMessage") PassLocalized(json, draft);
    if (type == "google.rpc.DebugInfo" && source.facts.debug_info) PassDebug(json, draft);
    // RetryInfo by I4 (see RpcRetryDelay). RequestInfo is the gateway's own.
  }
}

}  // namespace scoregate::translation
