#include "gateway/dialect/classic/jobs.h"

#include <optional>
#include <utility>

#include "gateway/dialect/classic/encode.h"
#include "gateway/dialect/classic/target.h"
#include "gateway/dialect/json_writer.h"
#include "gateway/dialect/raw_call.h"
#include "gateway/dialect/request_check.h"
#include "gateway/http/job_id.h"

namespace scoregate::dialect::classic {
namespace {

using http::Fault;
using http::FaultKind;
using http::HttpRequest;
using scoring::v1::BlobLocation;
using Locations = google::protobuf::Map<std::string, BlobLocation>;

Fault Invalid(std::string field, std::string text) {
  return Fault(FaultKind::kRequestInvalid, std::move(field), std::move(text));
}

Fault NoBatchJobs(const endpoint::EndpointSettings& settings) {
  Fault fault(FaultKind::kMethodNotFound,
              "endpoint '" + settings.name +
                  "' has no batch jobs: they need dialect CLASSIC and a URL that ends in "
                  "/services/ID");
  fault.resource = settings.name;
  return fault;
}

std::optional<Fault> CheckLocation(const std::string& field, const BlobLocation& location) {
  const bool by_connection = !location.connection_string().empty();
  const bool by_base = !location.base_location().empty() || !location.sas_blob_token().empty();
  if (location.relative_location().empty()) {
    return Invalid(field + ".relative_location", "The location has no relative_location.");
  }
  if (by_connection == by_base) {
    return Invalid(field, "Set either connection_string, or base_location and sas_blob_token.");
  }
  if (by_base && location.base_location().empty()) {
    return Invalid(field + ".base_location", "A sas_blob_token needs its base_location.");
  }
  return std::nullopt;
}

std::optional<Fault> CheckLocations(std::string_view map, const Locations& locations) {
  for (const auto* member : SortedMembers(locations)) {
    const std::string field = FieldOf(map, member->first);
    if (member->first.empty()) return Invalid(field, "The location has no name.");
    if (auto wrong = CheckLocation(field, member->second)) return wrong;
  }
  return std::nullopt;
}

std::optional<Fault> CheckSubmit(const scoring::v1::CreateBatchJobRequest& request) {
  if (request.has_input() && !request.inputs().empty()) {
    return Invalid("input", "Set either input or inputs, not both.");
  }
  if (request.has_input()) {
    if (auto wrong = CheckLocation("input", request.input())) return wrong;
  }
  if (auto wrong = CheckLocations("inputs", request.inputs())) return wrong;
  if (auto wrong = CheckLocations("outputs", request.outputs())) return wrong;
  return CheckParameters(request.global_parameters());
}

void AppendMember(std::string& out, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  if (!out.ends_with('{')) out += ',';
  AppendJsonString(out, name);
  out += ':';
  AppendJsonString(out, value);
}

void AppendLocation(std::string& out, const BlobLocation& location) {
  out += '{';
  AppendMember(out, "ConnectionString", location.connection_string());
  AppendMember(out, "BaseLocation", location.base_location());
  AppendMember(out, "RelativeLocation", location.relative_location());
  AppendMember(out, "SasBlobToken", location.sas_blob_token());
  out += '}';
}

void AppendLocations(std::string& out, const Locations& locations) {
  out += '{';
  for (const auto* member : SortedMembers(locations)) {
    if (!out.ends_with('{')) out += ',';
    AppendJsonString(out, member->first);
    out += ':';
    AppendLocation(out, member->second);
  }
  out += '}';
}

std::string SubmitBody(const scoring::v1::CreateBatchJobRequest& request) {
  std::string out = "{";
  if (request.has_input()) {
    out += R"("Input":)";
    AppendLocation(out, request.input());
    out += ',';
  } else if (!request.inputs().empty()) {
    out += R"("Inputs":)";
    AppendLocations(out, request.inputs());
    out += ',';
  }
  if (!request.outputs().empty()) {
    out += R"("Outputs":)";
    AppendLocations(out, request.outputs());
    out += ',';
  }
  out += R"("GlobalParameters":)";
  AppendParameters(out, request.global_parameters());
  out += '}';
  return out;
}

}  // namespace

http::Result<HttpRequest> EncodeSubmit(const scoring::v1::CreateBatchJobRequest& request,
                                       const endpoint::EndpointSettings& settings) {
  if (auto wrong = CheckSubmit(request)) return *std::move(wrong);
  auto target = JobsTarget(settings.address, "");
  if (!target || settings.kind != http::UpstreamKind::kClassic) return NoBatchJobs(settings);
  return MakeRequest(*std::move(target), kJsonContentType, SubmitBody(request), settings);
}

http::Result<HttpRequest> EncodeJobCall(JobCall call, std::string_view job_id,
                                        const endpoint::EndpointSettings& settings) {
  std::string rest = "/" + std::string(job_id);
  if (call == JobCall::kStart) rest += "/start";
  auto target = JobsTarget(settings.address, rest);
  if (!target || settings.kind != http::UpstreamKind::kClassic) return NoBatchJobs(settings);
  auto request = MakeRequest(*std::move(target), kJsonContentType, "", settings);
  if (!request.ok()) return request;
  switch (call) {
    case JobCall::kStart:
      request.value().method = "POST";
      break;
    case JobCall::kState:
      request.value().method = "GET";
      break;
    case JobCall::kCancel:
      request.value().method = "DELETE";
      break;
  }
  return request;
}

http::Result<std::string> DecodeJobId(const http::HttpResponse& answer) {
  if (auto id = http::JobIdIn(answer.body)) return std::string(*id);
  return Fault(FaultKind::kResponseInvalid,
               "The job was taken, but what came back is not the id of a job.");
}

}  // namespace scoregate::dialect::classic
