#include "tests/conformance/interop_service.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "grpc/testing/empty.pb.h"
#include "grpc/testing/messages.pb.h"
#include "tests/conformance/host.h"

namespace scoregate::conformance {
namespace {

namespace suite = grpc::testing;
using rpc::AnswerCompression;
using rpc::Call;
using rpc::Metadata;
using rpc::Outcome;

constexpr char kEchoInitial[] = "x-grpc-test-echo-initial";
constexpr char kEchoTrailing[] = "x-grpc-test-echo-trailing-bin";
constexpr int kInvalidArgument = 3;

void EchoInitial(Call& call) {
  auto value = call.view().Find(kEchoInitial);
  if (value) call.AddInitialMetadata({{kEchoInitial, std::string(*value)}});
}

Outcome Ended(const Call& call, int code = 0, const std::string& message = "") {
  Metadata fields = {{"grpc-status", std::to_string(code)}};
  if (code != 0) fields.emplace_back("grpc-message", grpcwire::PercentEncode(message));
  auto value = call.view().Find(kEchoTrailing);
  if (value) fields.emplace_back(kEchoTrailing, grpcwire::Base64Encode(*value));
  return Outcome(std::move(fields));
}

// Where the caller says whether its message is compressed, that has to be so.
template <typename Request>
bool CameAsExpected(const Call& call, const Request& request) {
  return !request.has_expect_compressed() ||
         request.expect_compressed().value() == call.message_read().compressed;
}

Outcome NotAsExpected(const Call& call) {
  return Ended(call, kInvalidArgument, "the message is not compressed as the request says");
}

AnswerCompression CompressionOf(const suite::BoolValue& wanted) {
  return wanted.value() ? AnswerCompression::kWhereAccepted : AnswerCompression::kNever;
}

lane::Task<Outcome> EmptyCall(Call, const suite::Empty&, suite::Empty&) {
  co_return Outcome();
}

lane::Task<Outcome> UnaryCall(Call call, const suite::SimpleRequest& request,
                              suite::SimpleResponse& response) {
  EchoInitial(call);
  if (!CameAsExpected(call, request)) co_return NotAsExpected(call);
  const suite::EchoStatus& status = request.response_status();
  if (status.code() != 0) co_return Ended(call, status.code(), status.message());
  call.SetCompression(CompressionOf(request.response_compressed()));
  auto size = static_cast<std::size_t>(request.response_size());
  if (size > 0) response.mutable_payload()->set_body(std::string(size, '\0'));
  co_return Ended(call);
}

// False where the call is over.
lane::Task<bool> Send(Call call, const suite::ResponseParameters& parameters,
                      rpc::Writer<suite::StreamingOutputCallResponse> writer) {
  std::chrono::microseconds interval(parameters.interval_us());
  if (interval.count() > 0) co_await Sleep(call, interval);
  suite::StreamingOutputCallResponse response;
  response.mutable_payload()->set_body(
      std::string(static_cast<std::size_t>(parameters.size()), '\0'));
  call.SetCompression(CompressionOf(parameters.compressed()));
  co_return co_await writer.Write(response);
}

// gzip has to be announced before it is known which messages want it.
void AnnounceCompression(Call& call) {
  call.SetCompression(AnswerCompression::kWhereAccepted);
  call.SendInitialMetadata();
}

lane::Task<Outcome> StreamingOutputCall(Call call, const suite::StreamingOutputCallRequest& request,
                                        rpc::Writer<suite::StreamingOutputCallResponse> writer) {
  EchoInitial(call);
  AnnounceCompression(call);
  for (const suite::ResponseParameters& parameters : request.response_parameters()) {
    bool sent = co_await Send(call, parameters, writer);
    if (!sent) co_return Outcome();
  }
  co_return Ended(call);
}

lane::Task<Outcome> StreamingInputCall(Call call,
                                       rpc::Reader<suite::StreamingInputCallRequest> reader,
                                       suite::StreamingInputCallResponse& response) {
  EchoInitial(call);
  suite::StreamingInputCallRequest request;
  std::size_t sum = 0;
  while (true) {
    bool more = co_await reader.Read(request);
    if (!more) break;
    if (!CameAsExpected(call, request)) co_return NotAsExpected(call);
    sum += request.payload().body().size();
  }
  response.set_aggregated_payload_size(static_cast<std::int32_t>(sum));
  co_return Ended(call);
}

lane::Task<Outcome> FullDuplexCall(Call call, rpc::Reader<suite::StreamingOutputCallRequest> reader,
                                   rpc::Writer<suite::StreamingOutputCallResponse> writer) {
  EchoInitial(call);
  suite::StreamingOutputCallRequest request;
  while (true) {
    bool more = co_await reader.Read(request);
    if (!more) break;
    const suite::EchoStatus& status = request.response_status();
    if (status.code() != 0) co_return Ended(call, status.code(), status.message());
    for (const suite::ResponseParameters& parameters : request.response_parameters()) {
      bool sent = co_await Send(call, parameters, writer);
      if (!sent) co_return Outcome();
    }
  }
  co_return Ended(call);
}

}  // namespace

rpc::Router MakeInteropRouter() {
  const std::string service = "/grpc.testing.TestService/";
  rpc::Router router;
  router.Unary<suite::Empty, suite::Empty>({service + "EmptyCall"}, EmptyCall);
  router.Unary<suite::SimpleRequest, suite::SimpleResponse>({service + "UnaryCall"}, UnaryCall);
  router.ServerStreaming<suite::StreamingOutputCallRequest, suite::StreamingOutputCallResponse>(
      {service + "StreamingOutputCall"}, StreamingOutputCall);
  router.ClientStreaming<suite::StreamingInputCallRequest, suite::StreamingInputCallResponse>(
      {service + "StreamingInputCall"}, StreamingInputCall);
  router.BidiStreaming<suite::StreamingOutputCallRequest, suite::StreamingOutputCallResponse>(
      {service + "FullDuplexCall"}, FullDuplexCall);
  return router;
}

}  // namespace scoregate::conformance
