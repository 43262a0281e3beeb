// What a caller gets of an error answer, as one line.
#include <string>

#include "gateway/grpcwire/code.h"
#include "gateway/translation/translate.h"
#include "google/rpc/error_details.pb.h"
#include "scoring/v1/errors.pb.h"
#include "tests/errorbody/cases.h"

namespace scoregate::errorbody {
namespace {

template <typename Detail>
Detail Find(const google::rpc::Status& status) {
  Detail detail;
  for (const google::protobuf::Any& any : status.details()) {
    if (any.UnpackTo(&detail)) break;
  }
  return detail;
}

class Line {
 public:
  explicit Line(std::string text) : text_(std::move(text)) {}
  void Add(const std::string& name, const std::string& value) {
    if (!value.empty()) text_ += ", " + name + " " + value;
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string Fields(const google::rpc::Status& status) {
  std::string fields;
  const auto request = Find<google::rpc::BadRequest>(status);
  for (const auto& violation : request.field_violations()) {
    fields += (fields.empty() ? "" : " ") + violation.field();
  }
  return fields;
}

std::string Delay(const google::rpc::Status& status) {
  const auto delay = Find<google::rpc::RetryInfo>(status).retry_delay();
  const std::int64_t ms = delay.seconds() * 1000 + delay.nanos() / 1'000'000;
  return ms == 0 ? "" : std::to_string(ms) + " ms";
}

std::string Source(const google::rpc::Status& status) {
  using scoring::v1::UpstreamError;
  const auto source = Find<UpstreamError>(status).retry_source();
  return source == 0 ? "" : UpstreamError::RetrySource_Name(source);
}

}  // namespace

std::string Outcome(const ReportedError& error, http::UpstreamKind kind) {
  translation::CallFacts facts;
  facts.kind = kind;
  const translation::Translation translated = translation::Translate(error, facts);
  const google::rpc::Status& status = translated.Status();
  auto info = Find<google::rpc::ErrorInfo>(status);
  auto& metadata = *info.mutable_metadata();
  Line line(std::string(grpcwire::CodeName(*grpcwire::CodeFromNumber(status.code()))) + " " +
            info.reason());
  line.Add("class", metadata["upstreamClass"]);
  line.Add("code", metadata["upstreamCode"]);
  line.Add("fields", Fields(status));
  line.Add("retry", Delay(status));
  line.Add("pushback", translated.pushback_ms ? std::to_string(*translated.pushback_ms) : "");
  line.Add("unused hint", metadata["retryAfterMs"]);
  line.Add("said in", Source(status));
  return line.Take();
}

}  // namespace scoregate::errorbody
