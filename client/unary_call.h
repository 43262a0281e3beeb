// One call of a stub, as every client here makes it: deadline, language, outcome.
#pragma once

#include <grpcpp/client_context.h>

#include <string>
#include <utility>

#include "client/call_metadata.h"
#include "client/scoring_client.h"

namespace scoregate::client {

template <typename Response, typename Stub, typename Request>
using StubMethod = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

/// What all attempts of one call share, and how many were made before this one.
struct Attempt {
  std::chrono::system_clock::time_point deadline;
  int before = 0;
};

template <typename Response, typename Stub, typename Request>
Outcome<Response> OneAttempt(Stub& stub, StubMethod<Response, Stub, Request> method,
                             const Request& request, const ClientOptions& options,
                             const Attempt& attempt) {
  grpc::ClientContext context;
  context.set_deadline(attempt.deadline);
  AddMetadata(options, context);
  // As gRPC's own retries say it: the gateway advises longer waits then.
  if (attempt.before > 0) {
    context.AddMetadata("grpc-previous-rpc-attempts", std::to_string(attempt.before));
  }
  Response response;
  grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return ReadError(status);
  return response;
}

/// Calls `method` of `stub` with the options' time limit, language and metadata. Blocks.
///
///   return UnaryCall<Operation>(*stub_, &Stub::CreateBatchJob, request, options_);
template <typename Response, typename Stub, typename Request>
Outcome<Response> UnaryCall(Stub& stub, StubMethod<Response, Stub, Request> method,
                            const Request& request, const ClientOptions& options) {
  return OneAttempt(stub, method, request, options,
                    Attempt{std::chrono::system_clock::now() + options.timeout});
}

/// Who calls: how, and on which channel.
struct Caller {
  const ClientOptions& options;
  grpc::Channel& channel;
};

/// The same for a method that RetryServiceConfig lists: attempts are made here where on_retry wants
/// to be told of them, else by the channel.
template <typename Response, typename Stub, typename Request>
Outcome<Response> RepeatableCall(Stub& stub, StubMethod<Response, Stub, Request> method,
                                 const Request& request, const Caller& caller) {
  using Clock = std::chrono::system_clock;
  const ClientOptions& options = caller.options;
  if (!options.on_retry) return UnaryCall(stub, method, request, options);
  const Clock::time_point begun = Clock::now();
  Attempt attempt{begun + options.timeout};
  while (true) {
    auto outcome = OneAttempt(stub, method, request, options, attempt);
    if (outcome.ok()) return outcome;
    outcome.error().attempts = ++attempt.before;
    outcome.error().elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
    const auto delay = DelayBeforeRetry(outcome.error(), attempt.before);
    const bool last = attempt.before >= options.max_attempts;
    if (!delay || last || Clock::now() + *delay >= attempt.deadline) return outcome;
    options.on_retry(Retry{outcome.error(), *delay, attempt.before + 1, options.max_attempts});
    PauseBeforeRetry(caller.channel, outcome.error(), Clock::now() + *delay);
  }
}

}  // namespace scoregate::client
