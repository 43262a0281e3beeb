#include "gateway/service/errors/error_catalog_service.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "gateway/catalogue/texts.h"
#include "gateway/lane/aside.h"
#include "gateway/lane/ask.h"
#include "gateway/service/errors/translate_exchange.h"
#include "gateway/translation/mapping.h"
#include "gateway/translation/trailers.h"

namespace scoregate::service {
namespace {

using http::Fault;
using http::FaultKind;

constexpr int kLeastHttpStatus = 100;
constexpr int kMostHttpStatus = 999;

void Describe(const translation::MappingRow& row, std::string_view locale,
              scoring::v1::Reason& out) {
  out.set_error_class(std::string(row.error_class));
  out.set_error_code(std::string(row.error_code));
  out.set_http_status(row.http_status);
  out.set_code(static_cast<google::rpc::Code>(grpcwire::CodeNumber(row.code)));
  out.set_reason(std::string(row.reason));
  out.set_domain(std::string(row.domain));
  for (std::string_view name : row.details) {
    out.add_details(std::string(name));
  }
  out.set_retryable(row.retryable);
  out.set_fault_domain(std::string(row.fault_domain));
  out.set_text(
      std::string(catalogue::MeaningWithoutParameters(locale, row.error_class, row.error_code)));
  for (std::string_view key : row.metadata_keys) out.add_parameters(std::string(key));
}

// The exchange that a request describes, or what is wrong with the request.
http::Result<EndedExchange> ExchangeOf(const scoring::v1::TranslateRequest& request) {
  EndedExchange exchange;
  auto kind = ParseUpstreamKind(request.upstream().empty() ? "classic" : request.upstream());
  if (!kind) {
    return Fault(FaultKind::kRequestInvalid, "upstream",
                 "expected classic, online_endpoint or opaque");
  }
  auto call = ParseCallKind(request.method().empty() ? "Score" : request.method());
  if (!call) {
    return Fault(FaultKind::kRequestInvalid, "method",
                 "expected Score, ScoreRaw, CreateBatchJob or GetOperation");
  }
  bool has_status = request.http_status() != 0;
  if (has_status == !request.transport_error().empty()) {
    return Fault(FaultKind::kRequestInvalid, "http_status",
                 "exactly one of http_status and transport_error is needed");
  }
  if (!has_status) {
    exchange.transport_error = ParseTransportError(request.transport_error());
    if (!exchange.transport_error) {
      return Fault(FaultKind::kRequestInvalid, "transport_error",
                   "expected a name such as connect or reset_after_send");
    }
  } else if (request.http_status() < kLeastHttpStatus || request.http_status() > kMostHttpStatus) {
    return Fault(FaultKind::kRequestInvalid, "http_status", "expected 100 to 999");
  }
  exchange.kind = *kind;
  exchange.call = *call;
  exchange.response.status = request.http_status();
  for (const auto& header : request.headers()) {
    exchange.response.headers.Add(header.name(), header.value());
  }
  exchange.response.body = request.body();
  exchange.accept_language = request.accept_language();
  exchange.previous_attempts = request.previous_attempts();
  if (request.has_remaining_deadline_ms()) {
    exchange.remaining_deadline = std::chrono::milliseconds(request.remaining_deadline_ms());
  }
  return exchange;
}

// Whether the call came in where only this machine can connect, and from an address of its own: at
// an open listener a proxy beside us makes every caller look like one of ours.
bool IsLocal(const rpc::Peer& peer) {
  const std::string_view address = peer.address;
  return peer.listener == rpc::Reach::kThisMachine &&
         (address.starts_with("unix:") || address.starts_with("127.") ||
          address.starts_with("[::1]:"));
}

void Describe(const telemetry::FailedCall& failed, scoring::v1::ErrorReport& out) {
  out.set_request_id(failed.request_id);
  auto since_epoch = failed.time.time_since_epoch();
  auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
  out.mutable_time()->set_seconds(seconds.count());
  out.mutable_time()->set_nanos(static_cast<std::int32_t>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(since_epoch - seconds).count()));
  out.set_method(failed.method);
  out.set_endpoint(failed.endpoint);
  out.mutable_status()->ParseFromString(failed.status);
  for (const google::protobuf::Any& detail : out.status().details()) {
    if (detail.Is<scoring::v1::UpstreamError>()) detail.UnpackTo(out.mutable_upstream());
  }
  out.set_body(failed.body);
  out.set_body_cut(failed.body_cut);
}

}  // namespace

ErrorCatalogService::ErrorCatalogService(FailureReporter& reporter) : reporter_(reporter) {}

lane::Task<rpc::Outcome> ErrorCatalogService::ListReasons(
    rpc::Call, const scoring::v1::ListReasonsRequest& request,
    scoring::v1::ListReasonsResponse& response) {
  std::string_view locale = catalogue::NegotiateLocale(request.locale());
  if (locale.empty()) locale = catalogue::kDefaultLocale;
  for (const translation::MappingRow& row : translation::EnumerateRules()) {
    Describe(row, locale, *response.add_reasons());
  }
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> ErrorCatalogService::Translate(
    rpc::Call call, const scoring::v1::TranslateRequest& request,
    scoring::v1::TranslateResponse& response) {
  http::Result<EndedExchange> exchange = ExchangeOf(request);
  if (!exchange.ok()) {
    CallContext context = reporter_.Begin(call.view(), http::CallKind::kScore);
    co_return reporter_.Fail(context, exchange.fault());
  }
  std::optional<translation::Translation> translated;
  const auto translate = [&] { translated = TranslateExchange(exchange.value()); };
  if (request.body().size() >= lane::kAsideBytes) {
    co_await call.RunAside(translate);
  } else {
    translate();
  }
  if (!call.alive()) co_return rpc::Outcome();
  std::vector<std::pair<std::string, std::string>> trailers = {{"grpc-status", "0"}};
  response.set_rule("success");
  if (translated) {
    trailers = translation::Trailers(*translated);
    response.set_rule(translated->rule);
    *response.mutable_status() = translated->Status();
  }
  response.set_trailers_bytes(static_cast<std::uint32_t>(translation::TrailersOnlyBytes(trailers)));
  for (auto& [name, value] : trailers) (*response.mutable_trailers())[name] = std::move(value);
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> ErrorCatalogService::GetErrorReport(
    rpc::Call call, const scoring::v1::GetErrorReportRequest& request,
    scoring::v1::ErrorReport& response) {
  CallContext context = reporter_.Begin(call.view(), http::CallKind::kScore);
  if (!reporter_.options().allow_remote_error_reports && !IsLocal(call.view().caller())) {
    Fault fault(
        FaultKind::kAccessRefused,
        "this listener gives no error reports: ask over a loopback or unix listener of this "
        "gateway, or set errors.allow_remote_error_reports: true");
    co_return reporter_.Fail(context, fault);
  }
  for (const FailurePeer& peer : peers_) {
    // Another lane's failures are looked at on that lane: nothing here is locked.
    auto find = [failures = peer.failures, id = request.request_id()] {
      const telemetry::FailedCall* found = failures->Find(id);
      return found == nullptr ? std::optional<telemetry::FailedCall>() : *found;
    };
    auto asked = co_await lane::Ask(call.executor(), *peer.lane, find);
    if (!asked) co_return rpc::Outcome();  // The call is over.
    if (!*asked) continue;
    Describe(**asked, response);
    co_return rpc::Outcome();
  }
  Fault fault(FaultKind::kCatalogueNameNotFound, "request_id",
              "no failed call of that id is kept: the gateway keeps the last " +
                  std::to_string(telemetry::kKeptFailures) +
                  " of each lane, fewer of a flood of like ones, and a restart forgets them");
  fault.resource = request.request_id();
  co_return reporter_.Fail(context, fault);
}

void ErrorCatalogService::AddTo(rpc::Router& router) {
  using scoring::v1::ErrorReport;
  using scoring::v1::GetErrorReportRequest;
  using scoring::v1::ListReasonsRequest;
  using scoring::v1::ListReasonsResponse;
  using scoring::v1::TranslateRequest;
  using scoring::v1::TranslateResponse;
  constexpr const char* kService = "/scoring.v1.ErrorCatalogService/";
  router.Unary<ListReasonsRequest, ListReasonsResponse>(
      {std::string(kService) + "ListReasons", "locale"},
      [this](rpc::Call call, const ListReasonsRequest& request, ListReasonsResponse& response) {
        return ListReasons(std::move(call), request, response);
      });
  router.Unary<TranslateRequest, TranslateResponse>(
      {std::string(kService) + "Translate", "body"},
      [this](rpc::Call call, const TranslateRequest& request, TranslateResponse& response) {
        return Translate(std::move(call), request, response);
      });
  router.Unary<GetErrorReportRequest, ErrorReport>(
      {std::string(kService) + "GetErrorReport", "request_id"},
      [this](rpc::Call call, const GetErrorReportRequest& request, ErrorReport& response) {
        return GetErrorReport(std::move(call), request, response);
      });
}

}  // namespace scoregate::service
