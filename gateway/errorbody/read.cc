// The list of shapes, and the steps from an answer's bytes to a ReportedError.
#include "gateway/errorbody/read.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/errorbody/header_facts.h"
#include "gateway/errorbody/json/find_json.h"
#include "gateway/errorbody/retry_hints.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/shapes/shape.h"
#include "gateway/errorbody/text.h"
#include "gateway/errorbody/tolerant_json.h"

namespace scoregate::errorbody {
namespace {

bool IsAnything(const Answer&) {
  return true;
}

// The first that matches reads: the more a shape demands, the earlier it stands.
constexpr std::array<Shape, 15> kJsonShapes = {{
    {"google_rpc", IsGoogleRpc, ReadGoogleRpc},
    {"odata3", IsODataVersion3, ReadODataVersion3},
    {"odata", IsODataEnvelope, ReadEnvelope},
    {"classic", IsEnvelope, ReadEnvelope},
    {"hugging_face", IsHuggingFace, ReadHuggingFace},
    {"torchserve", IsTorchServe, ReadTorchServe},
    {"mlflow", IsMlflow, ReadMlflow},
    {"seldon", IsSeldon, ReadSeldon},
    {"sagemaker", IsSageMaker, ReadSageMaker},
    {"problem", IsProblem, ReadProblem},
    {"oauth", IsOAuth, ReadOAuth},
    {"error_string", IsErrorString, ReadErrorString},
    {"fastapi", IsFastApi, ReadFastApi},
    {"flat", IsFlat, ReadAnyJson},
    {"json", IsAnything, ReadAnyJson},
}};

// The same for bodies that are no JSON object or array.
constexpr std::array<Shape, 5> kTextShapes = {{
    {"empty", IsEmpty, ReadNothing},
    {"xml", IsXmlError, ReadXmlError},
    {"online_sentence", IsOnlineSentence, ReadPlainText},
    {"html", IsHtml, ReadHtml},
    {"text", IsAnything, ReadPlainText},
}};

// JSON inside a string inside JSON: how often it is unpacked.
constexpr int kMaxNesting = 3;

bool IsSuccessStatus(int status) {
  return status >= 200 && status < 300;
}

template <std::size_t N>
void ReadByShape(const std::array<Shape, N>& shapes, const Answer& answer, ReportedError& error) {
  const auto shape =
      std::ranges::find_if(shapes, [&](const Shape& row) { return row.matches(answer); });
  error.shape = shape->name;
  shape->read(answer, error);
}

bool ReadJson(const Answer& answer, int nesting, ReportedError& error);

// A relay often puts the error that it was given into its own message, as JSON text: what has the
// code counts.
void ReadNested(const Answer& answer, int nesting, ReportedError& error) {
  const auto is_json = [](std::string_view text) { return Trimmed(text).starts_with('{'); };
  const bool in_item = !is_json(error.message);
  if (in_item && (error.items.empty() || !is_json(error.items.front().message))) return;
  const std::string text = in_item ? error.items.front().message : error.message;
  ReportedError nested;
  nested.http_status = error.http_status;
  const Answer inside = {answer.response, answer.kind, Trimmed(text), {}, {}};
  if (!ReadJson(inside, nesting + 1, nested) || nested.outer_code.empty()) return;
  if (error.outer_code.empty()) {
    error.outer_code = std::move(nested.outer_code);
    if (!in_item && !nested.message.empty()) error.message = std::move(nested.message);
    if (error.items.empty()) {
      error.items = std::move(nested.items);
      error.omitted_items = nested.omitted_items;
    }
  }
  if (error.inner_code.empty()) error.inner_code = std::move(nested.inner_code);
  if (!error.body_retry_delay) error.body_retry_delay = nested.body_retry_delay;
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
  ReadByShape(kJsonShapes, found, error);
  if (IsSuccessStatus(error.http_status)) error.embedded_status = EmbeddedStatus(root);
  ReadNested(found, nesting, error);
  if (error.inner_code.empty()) error.inner_code = error.outer_code;
  return true;
}

void ReadBody(const http::HttpResponse& response, http::UpstreamKind kind, ReportedError& error) {
  std::string storage;
  const std::string_view body = Trimmed(WithoutByteOrderMark(response.body, storage));
  const Answer answer = {response, kind, body, {}, {}};
  if (ReadJson(answer, 0, error)) {
    error.voice = Voice::kApplication;
    return;
  }
  ReadByShape(kTextShapes, answer, error);
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
