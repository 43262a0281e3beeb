// One call of a stub, as every client here makes it: deadline, language, outcome.
#pragma once

#include <grpcpp/client_context.h>

#include <utility>

#include "client/call_metadata.h"
#include "client/scoring_client.h"

namespace scoregate::client {

/// Calls `method` of `stub` with the options' time limit, language and metadata. Blocks.
///
///   return UnaryCall<Operation>(*stub_, &Stub::CreateBatchJob, request, options_);
template <typename Response, typename Stub, typename Request>
Outcome<Response> UnaryCall(Stub& stub,
                            grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                         Response*),
                            const Request& request, const ClientOptions& options) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + options.timeout);
  AddMetadata(options, context);
  Response response;
  grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return ReadError(status);
  return response;
}

}  // namespace scoregate::client
