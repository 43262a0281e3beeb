// The steps from an answer's bytes to a ReportedError.
#include "gateway/errorbody/read.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/errorbody/header_facts.h"
#include "gateway/errorbody/json/find_json.h"
#include "gateway/errorbody/retry_hints.h"
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/shapes/shape.h"
#include "gateway/errorbody/text.h"
#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {
namespace {

// JSON inside a string inside JSON: how often it is unpacked.
constexpr int kMaxNesting = 3;

bool IsSuccessStatus(int status) {
  return status >= 200 && status < 300;
}

void ReadByShape(std::span<const Shape* const> shapes, const Answer& answer, ReportedError& error) {
  const Shape& shape =
      **std::ranges::find_if(shapes, [&](const Shape* row) { return row->matches(answer); });
  error.shape = shape.name;
  shape.read(answer, error);
}

// In how many seconds the service will be there, a number or a text of one.
std::optional<std::chrono::milliseconds> EstimatedTime(JsonValue root) {
  const JsonValue time = root["estimated_time"];
  if (!(time.IsNumber() || time.IsString()) || !time.finished()) return std::nullopt;
  return DelayFromSeconds(Trimmed(time.raw()));
}

bool ReadJson(const Answer& answer, int nesting, ReportedError& error);

// The JSON object in a text, with up to kMaxProseBytes of prose before it; empty where there is
// none.
std::string_view JsonInText(std::string_view text) {
  const std::string_view json = FindJson(Trimmed(text));
  return json.starts_with('{') ? json : std::string_view();
}

// Takes over what the text that stands for the whole of an answer says.
void TakeWhole(ReportedError nested, ReportedError& error) {
  error.outer_code = std::move(nested.outer_code);
  if (!nested.message.empty()) error.message = std::move(nested.message);
  if (!error.items.empty()) return;
  error.items = std::move(nested.items);
  error.omitted_items = nested.omitted_items;
}

// A relay often puts the error that it was given into its own message, or into its first detail, as
// JSON text: what has the code counts, and the innermost code is the most specific.
void ReadNested(const Answer& answer, int nesting, ReportedError& error) {
  std::string_view json = JsonInText(error.message);
  const bool in_item = json.empty() && !error.items.empty();
  if (in_item) json = JsonInText(error.items.front().message);
  if (json.empty()) return;
  const std::string text(json);
  const std::string_view around = in_item ? error.items.front().message : error.message;
  const bool whole = Trimmed(around).size() == text.size();
  ReportedError nested;
  nested.http_status = error.http_status;
  const Answer inside = {answer.response, answer.kind, text, {}, {}};
  if (!ReadJson(inside, nesting + 1, nested)) return;
  if (!nested.inner_code.empty()) error.inner_code = nested.inner_code;
  if (!error.body_retry_delay) error.body_retry_delay = nested.body_retry_delay;
  if (!error.outer_code.empty()) return;
  // What stands somewhere in prose may be the caller's own data, which must not choose a row of the
  // catalogue. Of the other kinds no row is asked, and the class is the outermost code that is
  // found (contract, part 0).
  const bool classic = answer.kind == http::UpstreamKind::kClassic;
  if (in_item || !whole) {
    if (whole || !classic) error.outer_code = std::move(nested.outer_code);
  } else if (nested.shape != "json" || !nested.outer_code.empty()) {
    TakeWhole(std::move(nested), error);
  }
}

// Fills what a body of JSON says; false where it is none.
bool ReadJson(const Answer& answer, int nesting, ReportedError& error) {
  if (nesting > kMaxNesting) return false;
  if (const std::optional<std::string> packed = PackedJson(answer.body)) {
    const Answer inside = {answer.response, answer.kind, Trimmed(*packed), {}, {}};
    return ReadJson(inside, nesting + 1, error);
  }
  const std::string_view text = FindJson(answer.body);
  if (text.empty()) return false;
  const JsonTree tree(text);
  JsonValue root = tree.root();
  if (root.IsArray() && root.first().IsObject()) root = root.first();
  const Answer found = {answer.response, answer.kind, text, root, root["error"]};
  ReadByShape(JsonShapes(), found, error);
  if (!error.body_retry_delay) error.body_retry_delay = EstimatedTime(root);
  if (IsSuccessStatus(error.http_status)) error.embedded_status = EmbeddedStatus(root);
  ReadNested(found, nesting, error);
  if (error.inner_code.empty()) error.inner_code = error.outer_code;
  return true;
}

// What is no JSON: text, a page, XML, also where all of it stands in one JSON string.
void ReadText(const Answer& answer, int nesting, ReportedError& error) {
  const std::optional<std::string> packed = PackedJson(answer.body);
  if (!packed || nesting == kMaxNesting) return ReadByShape(TextShapes(), answer, error);
  std::string storage;
  const std::string_view text = Trimmed(WithoutByteOrderMark(*packed, storage));
  ReadText({answer.response, answer.kind, text, {}, {}}, nesting + 1, error);
}

void ReadBody(const http::HttpResponse& response, http::UpstreamKind kind, ReportedError& error) {
  std::string storage;
  std::string_view body = WithoutByteOrderMark(response.body, storage);
  if (response.body_cut) body = WithoutCutWord(body);
  body = Trimmed(body);
  const Answer answer = {response, kind, body, {}, {}};
  if (ReadJson(answer, 0, error)) {
    error.voice = Voice::kApplication;
    return;
  }
  ReadText(answer, 0, error);
  error.inner_code = error.outer_code;
  const bool application =
      error.shape == "xml" || error.shape == "online_sentence" || HasApplicationHeader(response);
  error.voice = application ? Voice::kApplication : Voice::kIntermediary;
}

void ReadProse(ReportedError& error) {
  error.prose_retry_delay = ProseDelay(error.message);
  for (const ReportedItem& item : error.items) {
    if (error.prose_retry_delay) return;
    error.prose_retry_delay = ProseDelay(item.message);
  }
}

}  // namespace

ReportedError Read(const http::HttpResponse& response, http::UpstreamKind kind,
                   std::optional<http::UnixSeconds> now) {
  ReportedError error;
  error.http_status = response.status;
  ReadHeaderFacts(response, now, error);
  ReadBody(response, kind, error);
  ReadProse(error);
  return error;
}

}  // namespace scoregate::errorbody
