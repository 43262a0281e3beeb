#include "tests/conformance/connectrpc_service.h"

#include <absl/strings/ascii.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "connectrpc/conformance/v1/service.pb.h"
#include "gateway/grpcwire/base64.h"
#include "gateway/grpcwire/metadata.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "google/rpc/status.pb.h"
#include "tests/conformance/host.h"

namespace scoregate::conformance {
namespace {

namespace suite = connectrpc::conformance::v1;
using RequestInfo = suite::ConformancePayload::RequestInfo;
using Headers = google::protobuf::RepeatedPtrField<suite::Header>;
using rpc::Call;
using rpc::Metadata;
using rpc::Outcome;

void Append(const Headers& headers, Metadata& fields) {
  for (const suite::Header& header : headers) {
    for (const std::string& value : header.value()) {
      fields.emplace_back(absl::AsciiStrToLower(header.name()), value);
    }
  }
}

suite::Header& HeaderOf(std::string_view name, RequestInfo& info) {
  Headers& headers = *info.mutable_request_headers();
  auto found = std::ranges::find(headers, name, &suite::Header::name);
  if (found != headers.end()) return *found;
  suite::Header& added = *headers.Add();
  added.set_name(std::string(name));
  return added;
}

void Describe(const Call& call, RequestInfo& info) {
  for (const rpc::RequestField& field : call.view().metadata()) {
    bool binary = grpcwire::IsBinaryKey(field.name);
    HeaderOf(field.name, info)
        .add_value(binary ? grpcwire::Base64Encode(field.value) : std::string(field.value));
  }
  if (auto deadline = call.view().deadline()) {
    auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(*deadline - lane::Clock::now());
    info.set_timeout_ms(std::max<std::int64_t>(left.count(), 0));
  }
}

Outcome Ended(const Headers& trailers) {
  Metadata fields = {{"grpc-status", "0"}};
  Append(trailers, fields);
  return Outcome(std::move(fields));
}

Outcome Failed(const suite::Error& error, const RequestInfo* info, const Headers& trailers) {
  google::rpc::Status status;
  status.set_code(error.code());
  status.set_message(error.message());
  *status.mutable_details() = error.details();
  if (info != nullptr) status.add_details()->PackFrom(*info);
  Metadata fields = {
      {"grpc-status", std::to_string(error.code())},
      {"grpc-message", grpcwire::PercentEncode(error.message())},
      {"grpc-status-details-bin", grpcwire::Base64Encode(status.SerializeAsString())}};
  Append(trailers, fields);
  return Outcome(std::move(fields));
}

// Headers leave whatever the end will be: the runner looks for them beside errors as well.
void BeginAnswer(Call& call, const Headers& headers) {
  Metadata fields;
  Append(headers, fields);
  call.AddInitialMetadata(std::move(fields));
  call.SendInitialMetadata();
}

lane::Task<Outcome> AnswerOnce(Call call, const suite::UnaryResponseDefinition* definition,
                               RequestInfo& info, suite::ConformancePayload& payload) {
  if (definition != nullptr) {
    BeginAnswer(call, definition->response_headers());
    std::chrono::milliseconds delay(definition->response_delay_ms());
    if (delay.count() > 0) co_await Sleep(call, delay);
  }
  Describe(call, info);
  if (definition == nullptr) {
    *payload.mutable_request_info() = info;
    co_return Outcome();
  }
  if (definition->has_error()) {
    co_return Failed(definition->error(), &info, definition->response_trailers());
  }
  payload.set_data(definition->response_data());
  *payload.mutable_request_info() = info;
  co_return Ended(definition->response_trailers());
}

template <typename Request, typename Response>
lane::Task<Outcome> Unary(Call call, const Request& request, Response& response) {
  RequestInfo info;
  info.add_requests()->PackFrom(request);
  const auto* definition =
      request.has_response_definition() ? &request.response_definition() : nullptr;
  co_return co_await AnswerOnce(std::move(call), definition, info, *response.mutable_payload());
}

lane::Task<Outcome> ClientStream(Call call, rpc::Reader<suite::ClientStreamRequest> reader,
                                 suite::ClientStreamResponse& response) {
  RequestInfo info;
  suite::ClientStreamRequest first;
  suite::ClientStreamRequest request;
  while (true) {
    bool more = co_await reader.Read(request);
    if (!more) break;
    if (info.requests().empty()) first = request;
    info.add_requests()->PackFrom(request);
  }
  if (!call.alive()) co_return Outcome();
  const auto* definition = first.has_response_definition() ? &first.response_definition() : nullptr;
  co_return co_await AnswerOnce(std::move(call), definition, info, *response.mutable_payload());
}

Outcome EndOfStream(const suite::StreamResponseDefinition& definition, const RequestInfo* info) {
  if (!definition.has_error()) return Ended(definition.response_trailers());
  return Failed(definition.error(), info, definition.response_trailers());
}

lane::Task<Outcome> ServerStream(Call call, const suite::ServerStreamRequest& request,
                                 rpc::Writer<suite::ServerStreamResponse> writer) {
  const suite::StreamResponseDefinition& definition = request.response_definition();
  if (request.has_response_definition()) BeginAnswer(call, definition.response_headers());
  RequestInfo info;
  Describe(call, info);
  info.add_requests()->PackFrom(request);
  bool sent = false;
  for (const std::string& data : definition.response_data()) {
    suite::ServerStreamResponse response;
    response.mutable_payload()->set_data(data);
    if (!sent) *response.mutable_payload()->mutable_request_info() = info;
    std::chrono::milliseconds delay(definition.response_delay_ms());
    if (delay.count() > 0) co_await Sleep(call, delay);
    sent = co_await writer.Write(response);
    if (!sent) co_return Outcome();
  }
  co_return EndOfStream(definition, sent ? nullptr : &info);
}

// One stream in both directions.
class Exchange {
 public:
  Exchange(Call call, rpc::Writer<suite::BidiStreamResponse> writer)
      : call_(std::move(call)), writer_(std::move(writer)) {}

  void Take(const suite::BidiStreamRequest& request) {
    if (!begun_) {
      begun_ = true;
      definition_ = request.response_definition();
      full_duplex_ = request.full_duplex();
      BeginAnswer(call_, definition_.response_headers());
    }
    info_.add_requests()->PackFrom(request);
  }

  bool full_duplex() const { return full_duplex_; }
  bool HasMore() const { return sent_ < definition_.response_data_size(); }

  // The first message tells all of the request; in full duplex the later ones tell what came since.
  lane::Task<bool> Send() {
    suite::BidiStreamResponse response;
    response.mutable_payload()->set_data(definition_.response_data(sent_));
    if (sent_ == 0) Describe(call_, info_);
    if (sent_ == 0 || (full_duplex_ && !info_.requests().empty())) {
      *response.mutable_payload()->mutable_request_info() = info_;
    }
    ++sent_;
    info_.Clear();
    std::chrono::milliseconds delay(definition_.response_delay_ms());
    if (delay.count() > 0) co_await Sleep(call_, delay);
    co_return co_await writer_.Write(response);
  }

  Outcome End() {
    if (sent_ == 0) Describe(call_, info_);
    return EndOfStream(definition_, sent_ == 0 ? &info_ : nullptr);
  }

 private:
  Call call_;
  rpc::Writer<suite::BidiStreamResponse> writer_;
  suite::StreamResponseDefinition definition_;
  RequestInfo info_;
  bool begun_ = false;
  bool full_duplex_ = false;
  int sent_ = 0;
};

lane::Task<Outcome> BidiStream(Call call, rpc::Reader<suite::BidiStreamRequest> reader,
                               rpc::Writer<suite::BidiStreamResponse> writer) {
  Exchange exchange(call, std::move(writer));
  suite::BidiStreamRequest request;
  while (true) {
    bool more = co_await reader.Read(request);
    if (!more) break;
    exchange.Take(request);
    if (!exchange.full_duplex()) continue;
    if (!exchange.HasMore()) break;
    bool sent = co_await exchange.Send();
    if (!sent) co_return Outcome();
  }
  while (call.alive() && exchange.HasMore()) {
    bool sent = co_await exchange.Send();
    if (!sent) co_return Outcome();
  }
  co_return exchange.End();
}

}  // namespace

rpc::Router MakeConnectrpcRouter() {
  const std::string service = "/connectrpc.conformance.v1.ConformanceService/";
  rpc::Router router;
  router.Unary<suite::UnaryRequest, suite::UnaryResponse>(
      {service + "Unary"}, Unary<suite::UnaryRequest, suite::UnaryResponse>);
  router.Unary<suite::IdempotentUnaryRequest, suite::IdempotentUnaryResponse>(
      {service + "IdempotentUnary"},
      Unary<suite::IdempotentUnaryRequest, suite::IdempotentUnaryResponse>);
  router.ClientStreaming<suite::ClientStreamRequest, suite::ClientStreamResponse>(
      {service + "ClientStream"}, ClientStream);
  router.ServerStreaming<suite::ServerStreamRequest, suite::ServerStreamResponse>(
      {service + "ServerStream"}, ServerStream);
  router.BidiStreaming<suite::BidiStreamRequest, suite::BidiStreamResponse>(
      {service + "BidiStream"}, BidiStream);
  return router;
}

}  // namespace scoregate::conformance
