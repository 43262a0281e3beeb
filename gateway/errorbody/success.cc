// Which answers are successes: the status alone does not tell (translation contract, 2.6).
#include <simdjson.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "gateway/errorbody/read.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/text.h"
#include "gateway/errorbody/tolerant_json.h"
#include "gateway/http/job_id.h"

namespace scoregate::errorbody {
namespace {

// Only the members of the outermost object matter here; their insides are read and not kept.
constexpr JsonLimits kOutermostOnly = {.depth = 1, .children = 4096, .nodes = 8192};

// JSON by RFC 8259, plus the bare NaN and infinities that scoring scripts really answer.
bool IsJson(const JsonTree& tree, std::string_view text) {
  return tree.root() && tree.exact() && simdjson::validate_utf8(text.data(), text.size());
}

// `"error":null` and the like say that there is none.
bool SaysError(JsonValue error) {
  return !error.IsNothing() && !error.Is(JsonKind::kFalse) &&
         !(error.IsString() && error.raw().empty());
}

// An error inside a 2xx answer: a top-level object with `error`, or with a status from 400 up
// beside a message or, where a relay wrapped the answer that it was given, a body.
bool IsErrorObject(JsonValue root) {
  if (!root.IsObject()) return false;
  if (SaysError(root["error"])) return true;
  if (FirstOf(root, {"message", "Message", "body"}).IsNothing()) return false;
  return StatusOf(root["statusCode"]) >= 400 || StatusOf(root["StatusCode"]) >= 400;
}

// The state of a job. Its documented sample is no JSON, and one of its keys has a blank.
bool IsJobState(std::string_view text) {
  std::string storage;
  const std::string_view body = WithoutByteOrderMark(text, storage);
  const JsonTree tree(body);
  const JsonValue root = tree.root();
  return root.IsObject() && !IsErrorObject(root) &&
         FirstOf(root, {"StatusCode", "Status Code", "Results"});
}

// Scoring scripts often answer a string that holds the JSON: `json.dumps({"error": ...})`.
bool IsPackedErrorObject(JsonValue root) {
  if (!root.IsString() || !Trimmed(root.raw()).starts_with('{')) return false;
  const std::string inside = root.Text(root.raw().size());
  return IsErrorObject(JsonTree(inside, kOutermostOnly).root());
}

bool SaysJson(std::string_view content_type) {
  std::string media_type(content_type.substr(0, content_type.find(';')));
  std::ranges::transform(media_type, media_type.begin(), LowerCase);
  return media_type.find("json") != std::string::npos;
}

// A typed answer can only be made of JSON. What ScoreRaw passes through may be anything that says
// what it is; without a word, an Azure ML endpoint means JSON, and of an opaque one nothing is
// known.
bool IsJsonDue(const http::HttpResponse& response, http::UpstreamKind kind, http::CallKind call) {
  if (call != http::CallKind::kScoreRaw || kind == http::UpstreamKind::kClassic) return true;
  const std::string_view content_type = Trimmed(response.headers.First("content-type"));
  if (content_type.empty()) return kind == http::UpstreamKind::kOnlineEndpoint;
  return SaysJson(content_type);
}

bool IsScore(const http::HttpResponse& response, http::UpstreamKind kind, http::CallKind call) {
  std::string storage;
  const std::string_view body = WithoutByteOrderMark(response.body, storage);
  const JsonTree tree(body, kOutermostOnly);
  const JsonValue root = tree.root();
  if (!IsJson(tree, body)) return !IsJsonDue(response, kind, call);
  if (IsErrorObject(root)) return false;
  switch (kind) {
    case http::UpstreamKind::kClassic:
      return !root["Results"].IsNothing();
    case http::UpstreamKind::kOnlineEndpoint:
      return !IsPackedErrorObject(root);
    case http::UpstreamKind::kOpaque:
      return true;
  }
  return true;
}

}  // namespace

bool IsSuccess(const http::HttpResponse& response, http::UpstreamKind kind, http::CallKind call) {
  constexpr int kNotModified = 304;
  if (call == http::CallKind::kGetOperation && response.status == kNotModified) return true;
  if (response.status < 200 || response.status >= 300) return false;
  const bool classic = kind == http::UpstreamKind::kClassic;
  if (classic && call == http::CallKind::kCreateBatchJob) {
    return http::JobIdIn(response.body).has_value();
  }
  if (classic && call == http::CallKind::kGetOperation) return IsJobState(Trimmed(response.body));
  return IsScore(response, kind, call);
}

bool IsSuccessWithoutBody(const http::HttpResponse& response) {
  if (response.status < 200 || response.status >= 300) return false;
  std::string storage;
  const std::string_view body = WithoutByteOrderMark(response.body, storage);
  return !IsErrorObject(JsonTree(body, kOutermostOnly).root());
}

}  // namespace scoregate::errorbody
