// A translation as text, one detail a line, so that a test can state the whole expected result.
#pragma once

#include <string>
#include <string_view>

#include "gateway/errorbody/reported_error.h"
#include "gateway/translation/translate.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "scoring/v1/errors.pb.h"

namespace scoregate::translation {

/// Code, message, pushback and rule, then each detail in order in protobuf's text format.
std::string TextOf(const Translation& translation);

/// The detail of type M; dies where there is none or more than one.
template <typename M>
M DetailOf(const google::rpc::Status& status);

/// Whether a detail of that short type name ("RetryInfo") is there.
bool HasDetail(const google::rpc::Status& status, std::string_view short_name);

/// ErrorInfo.metadata[key]; "(none)" where there is no such key.
std::string MetadataOf(const google::rpc::Status& status, const std::string& key);

/// What classic says: class, code, the code's message, under the class's documented status.
errorbody::ReportedError Classic(std::string_view error_class, std::string_view code,
                                 std::string_view message);

/// Reads a body as the gateway does.
struct Answer {
  int status = 0;
  std::string body;
  http::UpstreamKind kind = http::UpstreamKind::kClassic;
  std::vector<std::pair<std::string, std::string>> headers;
};
errorbody::ReportedError ReadAnswer(const Answer& answer);

/// Facts of a call to an upstream of that kind, as `scoregate translate` has them.
CallFacts FactsOf(http::UpstreamKind kind);

}  // namespace scoregate::translation
