#include "tests/translation/status_text.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>

#include "gateway/catalogue/catalogue.h"
#include "gateway/errorbody/read.h"
#include "gateway/grpcwire/code.h"

namespace scoregate::translation {
namespace {

std::string ShortName(const google::protobuf::Any& any) {
  return any.type_url().substr(any.type_url().rfind('.') + 1);
}

std::string Printed(const google::protobuf::Message& message) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  printer.PrintToString(message, &text);
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string PrintedDetail(const google::protobuf::Any& any) {
  std::string name = any.type_url().substr(any.type_url().rfind('/') + 1);
  const auto* type =
      google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(name);
  if (type == nullptr) return "unknown type " + name;
  std::unique_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  if (!message->ParseFromString(any.value())) return "unreadable " + name;
  return Printed(*message);
}

// The metadata on one line, sorted by key.
std::string PrintedErrorInfo(const google::protobuf::Any& any) {
  google::rpc::ErrorInfo info;
  if (!any.UnpackTo(&info)) return "unreadable";
  std::map<std::string, std::string> sorted(info.metadata().begin(), info.metadata().end());
  std::string text = info.reason() + " " + info.domain();
  for (const auto& [key, value] : sorted) text += "\n  " + key + "=" + value;
  return text;
}

}  // namespace

std::string TextOf(const Translation& translation) {
  const google::rpc::Status& status = translation.Status();
  auto code = grpcwire::CodeFromNumber(status.code());
  std::string text = std::string(code ? grpcwire::CodeName(*code) : "?") + ": " + status.message();
  text += "\nrule " + translation.rule;
  if (translation.pushback_ms) text += "\npushback " + std::to_string(*translation.pushback_ms);
  for (const google::protobuf::Any& any : status.details()) {
    bool is_info = ShortName(any) == "ErrorInfo";
    text += "\n" + ShortName(any) + " " + (is_info ? PrintedErrorInfo(any) : PrintedDetail(any));
  }
  return text;
}

template <typename M>
M DetailOf(const google::rpc::Status& status) {
  M found;
  int count = 0;
  for (const google::protobuf::Any& any : status.details()) {
    if (any.UnpackTo(&found)) ++count;
  }
  EXPECT_EQ(count, 1) << M::descriptor()->full_name() << " in " << status.DebugString();
  return found;
}

template google::rpc::ErrorInfo DetailOf(const google::rpc::Status&);
template google::rpc::RetryInfo DetailOf(const google::rpc::Status&);
template google::rpc::BadRequest DetailOf(const google::rpc::Status&);
template google::rpc::PreconditionFailure DetailOf(const google::rpc::Status&);
template google::rpc::QuotaFailure DetailOf(const google::rpc::Status&);
template google::rpc::ResourceInfo DetailOf(const google::rpc::Status&);
template google::rpc::RequestInfo DetailOf(const google::rpc::Status&);
template google::rpc::Help DetailOf(const google::rpc::Status&);
template google::rpc::LocalizedMessage DetailOf(const google::rpc::Status&);
template google::rpc::DebugInfo DetailOf(const google::rpc::Status&);
template scoring::v1::UpstreamError DetailOf(const google::rpc::Status&);

bool HasDetail(const google::rpc::Status& status, std::string_view short_name) {
  for (const google::protobuf::Any& any : status.details()) {
    if (ShortName(any) == short_name) return true;
  }
  return false;
}

std::string MetadataOf(const google::rpc::Status& status, const std::string& key) {
  auto info = DetailOf<google::rpc::ErrorInfo>(status);
  auto found = info.metadata().find(key);
  return found == info.metadata().end() ? "(none)" : found->second;
}

errorbody::ReportedError Classic(std::string_view error_class, std::string_view code,
                                 std::string_view message) {
  const catalogue::ErrorClass* found = catalogue::FindClass(error_class);
  EXPECT_NE(found, nullptr) << error_class;
  errorbody::ReportedError error;
  error.http_status = found == nullptr ? 500 : found->http_status;
  error.voice = errorbody::Voice::kApplication;
  error.shape = "classic";
  error.outer_code = error_class;
  error.inner_code = error_class;
  if (code.empty()) {
    error.message = message;
  } else {
    error.message = "A sentence about the class.";
    error.items.push_back({std::string(code), "", std::string(message)});
  }
  return error;
}

errorbody::ReportedError ReadAnswer(const Answer& answer) {
  http::HttpResponse response;
  response.status = answer.status;
  response.body = answer.body;
  for (const auto& [name, value] : answer.headers) response.headers.Add(name, value);
  return errorbody::Read(response, answer.kind, std::nullopt);
}

CallFacts FactsOf(http::UpstreamKind kind) {
  CallFacts facts;
  facts.kind = kind;
  return facts;
}

}  // namespace scoregate::translation
