// What every shape of error body is given, and what it is: a name, a test of structure, a reader.
#pragma once

#include <string_view>

#include "gateway/errorbody/reported_error.h"
#include "gateway/errorbody/tolerant_json.h"
#include "gateway/http/call_kind.h"
#include "gateway/http/message.h"

namespace scoregate::errorbody {

/// An answer, as far as it was understood before its shape is known.
struct Answer {
  const http::HttpResponse& response;
  http::UpstreamKind kind = http::UpstreamKind::kClassic;
  /// The body without its byte order mark and the blanks around it.
  std::string_view body;
  /// The JSON object to read: the body's, or the first element's where the body is an array. None
  /// where there is none.
  JsonValue root;
  /// root["error"].
  JsonValue error;
};

/// A shape is recognized by structure alone; the first row of the list that matches reads. A reader
/// fills outer_code, inner_code, message, items, omitted_items, rpc_status, body_retry_delay.
struct Shape {
  std::string_view name;
  bool (*matches)(const Answer&);
  void (*read)(const Answer&, ReportedError&);
};

// envelope.cc: `{"error":{...}}` of Azure and OData.
bool IsODataVersion3(const Answer& answer);
void ReadODataVersion3(const Answer& answer, ReportedError& error);
bool IsODataEnvelope(const Answer& answer);
bool IsEnvelope(const Answer& answer);
void ReadEnvelope(const Answer& answer, ReportedError& error);

// google_rpc.cc: google.rpc.Status as JSON.
bool IsGoogleRpc(const Answer& answer);
void ReadGoogleRpc(const Answer& answer, ReportedError& error);

// model_servers.cc: what the servers behind online endpoints say.
bool IsTorchServe(const Answer& answer);
void ReadTorchServe(const Answer& answer, ReportedError& error);
bool IsMlflow(const Answer& answer);
void ReadMlflow(const Answer& answer, ReportedError& error);
bool IsSeldon(const Answer& answer);
void ReadSeldon(const Answer& answer, ReportedError& error);
bool IsHuggingFace(const Answer& answer);
void ReadHuggingFace(const Answer& answer, ReportedError& error);
bool IsSageMaker(const Answer& answer);
void ReadSageMaker(const Answer& answer, ReportedError& error);
/// Triton, KServe, TensorFlow Serving and many others: `error` is a text.
bool IsErrorString(const Answer& answer);
void ReadErrorString(const Answer& answer, ReportedError& error);

// web_frameworks.cc: what frameworks answer by themselves.
bool IsProblem(const Answer& answer);
void ReadProblem(const Answer& answer, ReportedError& error);
bool IsOAuth(const Answer& answer);
void ReadOAuth(const Answer& answer, ReportedError& error);
bool IsFastApi(const Answer& answer);
void ReadFastApi(const Answer& answer, ReportedError& error);
bool IsFlat(const Answer& answer);
/// Any other JSON object or array too.
void ReadAnyJson(const Answer& answer, ReportedError& error);

// page.cc: bodies that are no JSON.
bool IsEmpty(const Answer& answer);
void ReadNothing(const Answer& answer, ReportedError& error);
bool IsXmlError(const Answer& answer);
void ReadXmlError(const Answer& answer, ReportedError& error);
/// A token or sentence that an online endpoint's front end is known to answer (voice rule d).
bool IsOnlineSentence(const Answer& answer);
bool IsHtml(const Answer& answer);
void ReadHtml(const Answer& answer, ReportedError& error);
void ReadPlainText(const Answer& answer, ReportedError& error);

}  // namespace scoregate::errorbody
