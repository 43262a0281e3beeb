// The error bodies of model servers: TorchServe, MLflow, Seldon, Hugging Face, SageMaker, and the
// many whose `error` is a text (Triton, KServe, TensorFlow Serving).
#include <string>

#include "gateway/errorbody/retry_hints.h"
#include "gateway/errorbody/shapes/members.h"
#include "gateway/errorbody/shapes/shape.h"

namespace scoregate::errorbody {

bool IsTorchServe(const Answer& answer) {
  const JsonValue root = answer.root;
  return root["code"].IsNumber() && root["type"].IsString() && root["message"].IsString();
}

void ReadTorchServe(const Answer& answer, ReportedError& error) {
  // Its code only repeats the HTTP status; the exception's name says more.
  error.outer_code = CodeOf(answer.root["type"]);
  error.message = MessageOf(answer.root["message"]);
}

bool IsMlflow(const Answer& answer) {
  return answer.root["error_code"].IsString() && answer.root["message"];
}

void ReadMlflow(const Answer& answer, ReportedError& error) {
  // Its stack trace is left out: it tells a caller nothing.
  error.outer_code = FindCode(answer.root);
  error.message = MessageOf(answer.root["message"]);
}

bool IsSeldon(const Answer& answer) {
  const JsonValue status = answer.root["status"];
  return status["reason"].IsString() || status["info"].IsString();
}

void ReadSeldon(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = FirstMessage(answer.root["status"], {"info", "message", "reason"});
}

bool IsHuggingFace(const Answer& answer) {
  return !answer.error.IsNothing() && answer.root["estimated_time"].IsNumber();
}

void ReadHuggingFace(const Answer& answer, ReportedError& error) {
  ReadErrorString(answer, error);
  if (answer.root["estimated_time"].finished()) {
    error.body_retry_delay = DelayFromSeconds(answer.root["estimated_time"].raw());
  }
}

bool IsSageMaker(const Answer& answer) {
  return answer.root["ErrorCode"].IsString() && answer.root["Message"].IsString();
}

void ReadSageMaker(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = MessageOf(answer.root["Message"]);
  // The names that it writes with capitals are not in the contract's search order.
  ReportedItem item;
  item.code = CodeOf(answer.root["ErrorCode"]);
  item.message = MessageOf(answer.root["OriginalMessage"]);
  error.items.push_back(std::move(item));
}

bool IsErrorString(const Answer& answer) {
  return answer.error.IsString() || answer.error.first().IsString();
}

void ReadErrorString(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  // Some frameworks put the status text into `error` and what happened beside it.
  error.message = FirstMessage(answer.root, {"message", "detail"});
  if (error.message.empty()) {
    error.message = MessageOf(answer.error.IsArray() ? answer.error.first() : answer.error);
  }
  if (answer.error.IsArray() && answer.error.count() > 1) ReadItems(answer.error, error);
  if (error.items.empty()) ReadItems(answer.root["details"], error);
}

}  // namespace scoregate::errorbody
