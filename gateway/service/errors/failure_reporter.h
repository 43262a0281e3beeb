// The one way in which a call fails: facts of the call are gathered, the failure is translated,
// kept for operators, and written as trailers.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "gateway/http/fault.h"
#include "gateway/http/message.h"
#include "gateway/rpc/call_view.h"
#include "gateway/rpc/outcome.h"
#include "gateway/service/endpoints.h"
#include "gateway/telemetry/failure_log.h"
#include "gateway/translation/translate.h"

namespace scoregate::service {

/// How errors are written; the same for all lanes.
struct ErrorOptions {
  /// Where Help links point; empty for the default.
  std::string help_base_url;
  /// Whether a caller that asks for it (x-scoregate-debug: 1) gets DebugInfo.
  bool allow_debug_info = false;
  /// Whether GetErrorReport answers callers from other machines.
  bool allow_remote_error_reports = false;
};

/// A call as its failure needs to know it. Made when the call begins; `caller` outlives it.
struct CallContext {
  const rpc::CallView& caller;
  http::CallKind call = http::CallKind::kScore;
  /// The caller's x-request-id where it is usable, else an id of the gateway's own; of
  /// [A-Za-z0-9._-].
  std::string request_id;
  /// Null until the endpoint is known.
  SharedEndpoint* endpoint = nullptr;
  /// The batch operation that the call is about, or leaves behind though it fails; empty for none.
  std::string operation = {};
  /// The size of the request's message.
  std::size_t request_bytes = 0;
  /// See translation::CallFacts::work_done.
  bool work_done = false;
  /// Where a failure notes after how long it advises to try again, or that it does not (nothing);
  /// null where nobody asks. Outlives the call.
  std::optional<std::chrono::milliseconds>* advised_delay = nullptr;
};

/// Translates, keeps and writes the failures of one lane. Lives and is used on its lane.
class FailureReporter {
 public:
  explicit FailureReporter(const ErrorOptions& options);

  CallContext Begin(const rpc::CallView& caller, http::CallKind call);

  /// No answer came, or the gateway refused the call.
  rpc::Outcome Fail(const CallContext& context, const http::Fault& fault);
  /// The upstream answered with an error to what was sent. The endpoint's health learns whose fault
  /// it was. Secrets of the endpoint and of the request are hidden before anything reads the
  /// answer.
  rpc::Outcome Fail(const CallContext& context, const http::HttpRequest& sent,
                    const http::HttpResponse& answer);
  /// The upstream answered with a success that could not be understood.
  rpc::Outcome FailInvalidSuccess(const CallContext& context, const http::Fault& fault,
                                  const http::HttpRequest& sent, const http::HttpResponse& answer);
  /// A failure that is part of an answer, such as a failed batch job's. Kept as a failed call's is,
  /// under the id of the call that saw it first: who asks for a failed job again and again sees the
  /// same failure, and pushes no other out.
  google::rpc::Status Describe(const CallContext& context, const errorbody::ReportedError& error);
  google::rpc::Status Describe(const CallContext& context, const http::Fault& fault);
  /// For rpc::SessionsOptions::write_failure.
  rpc::Metadata Write(const http::Fault& fault, const rpc::CallView& caller);

  const telemetry::FailureLog& failures() const { return failures_; }
  const ErrorOptions& options() const { return options_; }

 private:
  translation::CallFacts FactsOf(const CallContext& context);
  rpc::Outcome Finish(const CallContext& context, translation::Translation translated,
                      const http::HttpResponse* answer);
  google::rpc::Status KeepPart(const CallContext& context, translation::Translation translated);
  CallContext AsPart(const CallContext& context) const;
  void Keep(const CallContext& context, std::string operation, translation::Translation translated,
            const http::HttpResponse* answer);
  std::string NewRequestId();

  const ErrorOptions& options_;
  telemetry::FailureLog failures_;
  std::mt19937_64 random_;
};

}  // namespace scoregate::service
