#include "client/score_error.h"

#include <charconv>

#include "google/rpc/code.pb.h"

namespace scoregate::client {
namespace {

template <typename Detail, typename Take>
bool TakeDetail(const google::protobuf::Any& any, Take take) {
  Detail detail;
  if (!any.Is<Detail>() || !any.UnpackTo(&detail)) return false;
  take(std::move(detail));
  return true;
}

template <typename Repeated>
auto Values(const Repeated& repeated) {
  return std::vector<typename Repeated::value_type>(repeated.begin(), repeated.end());
}

std::chrono::milliseconds Milliseconds(const google::protobuf::Duration& duration) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::seconds(duration.seconds()) + std::chrono::nanoseconds(duration.nanos()));
}

// The details that say what to do.
bool TakeAdvice(const google::protobuf::Any& any, ScoreError& error) {
  return TakeDetail<google::rpc::ErrorInfo>(
             any,
             [&](auto&& info) {
               error.reason = info.reason();
               error.domain = info.domain();
               error.metadata = {info.metadata().begin(), info.metadata().end()};
             }) ||
         TakeDetail<google::rpc::RetryInfo>(
             any, [&](auto&& retry) { error.retry_delay = Milliseconds(retry.retry_delay()); }) ||
         TakeDetail<google::rpc::BadRequest>(
             any, [&](auto&& bad) { error.field_violations = Values(bad.field_violations()); }) ||
         TakeDetail<google::rpc::PreconditionFailure>(any,
                                                      [&](auto&& failure) {
                                                        error.precondition_violations =
                                                            Values(failure.violations());
                                                      }) ||
         TakeDetail<google::rpc::QuotaFailure>(
             any, [&](auto&& failure) { error.quota_violations = Values(failure.violations()); });
}

// The details that say more about it.
bool TakeContext(const google::protobuf::Any& any, ScoreError& error) {
  return TakeDetail<google::rpc::ResourceInfo>(
             any,
             [&](google::rpc::ResourceInfo&& resource) { error.resource = std::move(resource); }) ||
         TakeDetail<google::rpc::RequestInfo>(
             any, [&](auto&& request) { error.request_id = request.request_id(); }) ||
         TakeDetail<google::rpc::DebugInfo>(any,
                                            [&](auto&& debug) { error.debug = debug.detail(); }) ||
         TakeDetail<google::rpc::Help>(
             any, [&](auto&& help) { error.help_links = Values(help.links()); }) ||
         TakeDetail<google::rpc::LocalizedMessage>(any,
                                                   [&](auto&& text) {
                                                     error.locale = text.locale();
                                                     error.localized_message = text.message();
                                                   }) ||
         TakeDetail<scoring::v1::UpstreamError>(any, [&](scoring::v1::UpstreamError&& upstream) {
           error.upstream = std::move(upstream);
         });
}

}  // namespace

std::string ScoreError::Metadata(const std::string& key) const {
  auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : found->second;
}

int ScoreError::http_status() const {
  int status_number = 0;
  std::string text = Metadata("httpStatus");
  std::from_chars(text.data(), text.data() + text.size(), status_number);
  return status_number;
}

ScoreError ReadError(const grpc::Status& status) {
  ScoreError error;
  error.code = status.error_code();
  error.message = status.error_message();
  bool parsed = !status.error_details().empty() &&
                error.status.ParseFromString(status.error_details()) &&
                error.status.code() == static_cast<int>(status.error_code());
  if (!parsed) {
    error.status.Clear();
    error.status.set_code(static_cast<int>(status.error_code()));
    error.status.set_message(status.error_message());
    return error;
  }
  for (const google::protobuf::Any& any : error.status.details()) {
    if (TakeAdvice(any, error) || TakeContext(any, error)) error.has_details = true;
  }
  return error;
}

ScoreError ReadError(const google::rpc::Status& status) {
  return ReadError(grpc::Status(static_cast<grpc::StatusCode>(status.code()), status.message(),
                                status.SerializeAsString()));
}

std::string CodeName(grpc::StatusCode code) {
  std::string name = google::rpc::Code_Name(static_cast<google::rpc::Code>(code));
  return name.empty() ? "CODE_" + std::to_string(static_cast<int>(code)) : name;
}

}  // namespace scoregate::client
