// Several details become one verdict (I9), and a declared target names a field.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/catalogue/message_template.h"
#include "gateway/grpcwire/code.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;
using ::testing::ElementsAre;

ReportedError Several(std::string_view error_class, std::vector<std::string> codes) {
  ReportedError error = Classic(error_class, "", "");
  for (std::string& code : codes) error.items.push_back({std::move(code), "", ""});
  return error;
}

TEST(SeveralDetails, TheMostBlockingWins) {
  struct Case {
    const char* name;
    const char* error_class;
    std::vector<std::string> codes;
    const char* grpc_code;
    const char* winner;
    const char* others;  // "(none)" for no key.
    bool retry;
    std::optional<std::int64_t> pushback;
  };
  const std::vector<Case> cases = {
      {"INVALID_ARGUMENT before NOT_FOUND before FAILED_PRECONDITION",
       "BadArgument",
       {"WebServiceConcurrentRequestRequirementInvalid", "BlobNotFound", "InvalidBlob"},
       "INVALID_ARGUMENT",
       "InvalidBlob",
       "BlobNotFound,WebServiceConcurrentRequestRequirementInvalid",
       false,
       {}},
      {"a tie is broken by the catalogue's order",
       "BadArgument",
       {"MissingJobId", "InvalidBlob"},
       "INVALID_ARGUMENT",
       "InvalidBlob",
       "MissingJobId",
       false,
       {}},
      {"an unknown code has no vote beside a known one",
       "BadArgument",
       {"Aaa", "BlobNotFound"},
       "NOT_FOUND",
       "BlobNotFound",
       "Aaa",
       false,
       {}},
      {"unknown codes alone are sorted bytewise",
       "BadArgument",
       {"b", "a", "B"},
       "INVALID_ARGUMENT",
       "B",
       "a,b",
       false,
       {}},
      {"a code that comes twice is named once",
       "BadArgument",
       {"InvalidBlob", "MissingJobId", "InvalidBlob"},
       "INVALID_ARGUMENT",
       "InvalidBlob",
       "MissingJobId",
       false,
       {}},
      {"all retryable: the longest delay",
       "ServiceUnavailable",
       {"NoMoreResources", "TooManyHostsBeingInitialized"},
       "UNAVAILABLE",
       "NoMoreResources",
       "TooManyHostsBeingInitialized",
       true,
       5000},
      {"throttled and out of resources: still to be retried",
       "ServiceUnavailable",
       {"NoMoreResources", "RequestThrottled"},
       "RESOURCE_EXHAUSTED",
       "RequestThrottled",
       "NoMoreResources",
       true,
       1000},
      {"one that no wait mends",
       "GatewayTimeout",
       {"BackendInitializationTimeout", "BackendScoreTimeout"},
       "DEADLINE_EXCEEDED",
       "BackendScoreTimeout",
       "BackendInitializationTimeout",
       false,
       {}},
      {"INTERNAL before UNKNOWN before UNAVAILABLE",
       "InternalError",
       {"WorkerUnreachable", "UnknownError", "ModelPackageInvalid"},
       "INTERNAL",
       "ModelPackageInvalid",
       "UnknownError,WorkerUnreachable",
       false,
       {}},
      {"CANCELLED before DEADLINE_EXCEEDED",
       "RequestTimeout",
       {"ScoreRequestTimeout", "RequestCanceled"},
       "CANCELLED",
       "RequestCanceled",
       "ScoreRequestTimeout",
       false,
       {}},
  };
  for (const Case& c : cases) {
    Translation translation =
        Translate(Several(c.error_class, c.codes), FactsOf(http::UpstreamKind::kClassic));
    const google::rpc::Status& status = translation.Status();
    EXPECT_EQ(grpcwire::CodeName(*grpcwire::CodeFromNumber(status.code())), c.grpc_code) << c.name;
    EXPECT_EQ(MetadataOf(status, "upstreamCode"), c.winner) << c.name;
    EXPECT_EQ(MetadataOf(status, "additionalCodes"), c.others) << c.name;
    EXPECT_EQ(HasDetail(status, "RetryInfo"), c.retry) << c.name;
    EXPECT_EQ(translation.pushback_ms, c.pushback) << c.name;
  }
}

TEST(SeveralDetails, WhatWasNotKeptMayNotBeRetryable) {
  ReportedError error = Several("ServiceUnavailable", {"NoMoreResources"});
  EXPECT_EQ(Translate(error, CallFacts()).pushback_ms, 1000);
  error.omitted_items = 1;
  Translation translation = Translate(error, CallFacts());
  EXPECT_FALSE(HasDetail(translation.Status(), "RetryInfo"));
  EXPECT_EQ(translation.pushback_ms, -1);
}

std::vector<std::string> FieldsOf(const google::rpc::Status& status) {
  std::vector<std::string> fields;
  auto request = DetailOf<google::rpc::BadRequest>(status);
  for (const auto& violation : request.field_violations()) {
    fields.push_back(violation.field() + " " + violation.reason());
  }
  return fields;
}

TEST(SeveralDetails, ViolationsMergeIntoOneBadRequest) {
  ReportedError error = Several("BadArgument", {"BlobNotFound", "MissingJobId", "MissingJobId"});
  error.items.push_back(
      {"InvalidOutputOverrideName", "",
       catalogue::ComposeMessage("BadArgument", "InvalidOutputOverrideName", {"out\"1\"", ""})});
  error.items.push_back({"BadParameterValue", "alpha", ""});
  error.items.push_back({"BadParameterValue", "beta", ""});
  error.items.push_back({"InvalidBlob", "input1", ""});
  error.items.push_back({"ContainerIsEmpty", "alpha", ""});
  endpoint::EndpointSettings settings;
  settings.inputs = {"input1"};
  settings.parameters = {"alpha"};
  CallFacts facts;
  facts.settings = &settings;
  Translation translation = Translate(error, facts);
  EXPECT_THAT(FieldsOf(translation.Status()),
              ElementsAre("global_parameters[\"alpha\"] BAD_PARAMETER_VALUE",
                          "global_parameters BAD_PARAMETER_VALUE", "blob CONTAINER_IS_EMPTY",
                          "inputs[\"input1\"].blob INVALID_BLOB",
                          "outputs[\"out\\\"1\\\"\"] INVALID_OUTPUT_OVERRIDE_NAME",
                          "job_id MISSING_JOB_ID"));
  EXPECT_EQ(DetailOf<google::rpc::ResourceInfo>(translation.Status()).resource_type(), "AzureBlob");
}

// The accepted names are not the wrong ones.
TEST(Fields, AListOfWhatWouldBeRightBlamesNoName) {
  auto said = [](const char* code) {
    return Classic("BadArgument", code,
                   catalogue::ComposeMessage("BadArgument", code, {"a, b; 'c'", ""}));
  };
  EXPECT_THAT(FieldsOf(Translate(said("BatchJobInputsTooManySpecified"), CallFacts()).Status()),
              ElementsAre("inputs BATCH_JOB_INPUTS_TOO_MANY_SPECIFIED"));
  EXPECT_THAT(FieldsOf(Translate(said("BatchJobInputsNotSpecified"), CallFacts()).Status()),
              ElementsAre("inputs[\"a\"] BATCH_JOB_INPUTS_NOT_SPECIFIED",
                          "inputs[\"b\"] BATCH_JOB_INPUTS_NOT_SPECIFIED",
                          "inputs[\"c\"] BATCH_JOB_INPUTS_NOT_SPECIFIED"));
}

// Who holds the key answers for a 401, documented or not.
TEST(Faults401, AreTheCallersWhereTheCallerHoldsTheKey) {
  endpoint::EndpointSettings forwarding;
  forwarding.forward_metadata = {"x-trace", "authorization"};
  endpoint::EndpointSettings keyed = forwarding;
  keyed.api_keys = {"k"};
  auto fault_of = [](const ReportedError& error, const endpoint::EndpointSettings* settings) {
    CallFacts facts;
    facts.settings = settings;
    return MetadataOf(Translate(error, facts).Status(), "faultDomain");
  };
  ReportedError documented = Classic("Unauthorized", "ScoreRequestUnauthorized", "");
  ReportedError other = ReadAnswer({401, R"({"error":"no"})", http::UpstreamKind::kClassic, {}});
  for (const ReportedError& error : {documented, other}) {
    EXPECT_EQ(fault_of(error, nullptr), "GATEWAY");
    EXPECT_EQ(fault_of(error, &keyed), "GATEWAY");
    EXPECT_EQ(fault_of(error, &forwarding), "CALLER");
  }
}

// Traces and paths of the model stand in DebugInfo, and only where it is allowed.
TEST(DebugInfo, HoldsTheTrace) {
  ReportedError error = Classic("ModuleExecutionError", "0085",
                                "Error 0085: script failed\nTraceback (most recent call last):\n"
                                "  File \"/var/app/score.py\", line 3\nValueError: x");
  CallFacts facts;
  Translation quiet = Translate(error, facts);
  EXPECT_EQ(MetadataOf(quiet.Status(), "upstreamMessage"), "Error 0085: script failed");
  EXPECT_FALSE(HasDetail(quiet.Status(), "DebugInfo"));
  facts.debug_info = true;
  Translation open = Translate(error, facts);
  EXPECT_EQ(DetailOf<google::rpc::DebugInfo>(open.Status()).detail(), error.items[0].message);
  EXPECT_EQ(DetailOf<scoring::v1::UpstreamError>(open.Status()).items(0).message(),
            "Error 0085: script failed");
}

TEST(Overridden, TheRowBecomesWhatConfigurationSays) {
  endpoint::EndpointSettings settings;
  settings.overrides = {
      {"LibraryExecutionError", "", 0, 3, "SCRIPT_REFUSED", {}},
      {"GatewayTimeout", "BackendScoreTimeout", 0, 14, "", std::chrono::milliseconds(3000)},
      {"", "", 418, 9, "TEAPOT", {}},
      {"", "", 503, 14, "", {}},
  };
  CallFacts facts;
  facts.settings = &settings;
  struct Case {
    const char* name;
    ReportedError error;
    int code;
    const char* reason;
    const char* rule;
    std::optional<std::int64_t> pushback;
  };
  auto json = [](int status) {
    return ReadAnswer({status, R"({"error":"no"})", http::UpstreamKind::kClassic, {}});
  };
  const std::vector<Case> cases = {
      {"the class's own row",
       Classic("LibraryExecutionError", "", ""),
       3,
       "SCRIPT_REFUSED",
       "override:LibraryExecutionError",
       {}},
      {"an unknown code of that class",
       Classic("LibraryExecutionError", "FailedToEvaluateRScript", ""),
       3,
       "SCRIPT_REFUSED",
       "override:LibraryExecutionError",
       {}},
      {"a code", Classic("GatewayTimeout", "BackendScoreTimeout", ""), 14, "BACKEND_SCORE_TIMEOUT",
       "override:GatewayTimeout/BackendScoreTimeout", 3000},
      {"its class keeps its own",
       Classic("GatewayTimeout", "", ""),
       4,
       "GATEWAY_TIMEOUT",
       "catalogue:GatewayTimeout",
       {}},
      {"a status", json(418), 9, "TEAPOT", "override:418", {}},
      {"a status without a retry", json(503), 14, "UPSTREAM_HTTP_503", "override:503", -1},
      {"a documented row does not hear the status's", Classic("ServiceUnavailable", "", ""), 14,
       "SERVICE_UNAVAILABLE", "catalogue:ServiceUnavailable", 1000},
  };
  for (const Case& c : cases) {
    Translation translation = Translate(c.error, facts);
    EXPECT_EQ(translation.Status().code(), c.code) << c.name;
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(translation.Status()).reason(), c.reason) << c.name;
    EXPECT_EQ(translation.rule, c.rule) << c.name;
    EXPECT_EQ(translation.pushback_ms, c.pushback) << c.name;
  }
}

}  // namespace
}  // namespace scoregate::translation
