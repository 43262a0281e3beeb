// The tables of judgement: complete, joined with the catalogue, and within the invariants.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "gateway/grpcwire/code.h"
#include "gateway/translation/mapping.h"
#include "gateway/translation/rules/catalogue_rules.h"
#include "gateway/translation/rules/detail_rules.h"
#include "gateway/translation/rules/fallback.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/rules/metadata_keys.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

using enum grpcwire::Code;
using ::testing::ElementsAre;

std::string NameOf(const Row& row) {
  return std::string(row.error_class) + "/" + std::string(row.error_code);
}

TEST(Rules, EveryDocumentedRowIsJudged) {
  ASSERT_EQ(Rows().size(), 128u);
  std::set<std::string> names;
  for (const Row& row : Rows()) {
    EXPECT_TRUE(names.insert(NameOf(row)).second) << NameOf(row);
    const catalogue::ErrorClass* found = catalogue::FindClass(row.error_class);
    ASSERT_NE(found, nullptr) << row.error_class;
    EXPECT_EQ(row.http_status, found->http_status) << NameOf(row);
    EXPECT_EQ(FindRow(row.error_class, row.error_code), &row);
  }
  for (const catalogue::ErrorCode& code : catalogue::Codes()) {
    EXPECT_TRUE(names.contains(std::string(code.error_class) + "/" + std::string(code.name)));
  }
}

// The two owners' tables agree on which classes exist, and under which status.
TEST(Rules, ClassesAndCodesAreDocumented) {
  ASSERT_EQ(ClassRules().size(), catalogue::kClassCount);
  for (const Rule& rule : ClassRules()) {
    const catalogue::ErrorClass* found = catalogue::FindClass(rule.error_class);
    ASSERT_NE(found, nullptr) << rule.error_class;
    EXPECT_EQ(rule.http_status, found->http_status) << rule.error_class;
  }
  for (const Rule& rule : CodeRules()) {
    EXPECT_NE(catalogue::FindCode(rule.error_class, rule.error_code), nullptr)
        << rule.error_class << "/" << rule.error_code;
  }
}

// The figures of the contract, part 2, over the 110 rows with a code.
TEST(Rules, CountsByCode) {
  std::map<grpcwire::Code, int> counts;
  int departing = 0;
  for (const Row& row : Rows()) {
    if (row.is_class()) continue;
    ++counts[row.code];
    if (row.code != FindRow(row.error_class, "")->code) ++departing;
  }
  std::map<grpcwire::Code, int> expected = {{kInvalidArgument, 51}, {kInternal, 29},
                                            {kUnknown, 7},          {kNotFound, 5},
                                            {kUnavailable, 5},      {kFailedPrecondition, 4},
                                            {kUnauthenticated, 3},  {kResourceExhausted, 3},
                                            {kDeadlineExceeded, 2}, {kCancelled, 1}};
  EXPECT_EQ(counts, expected);
  EXPECT_EQ(departing, 16);
}

TEST(Rules, OnlyTwoKindsOfRowLeaveTheirFamily) {
  std::set<std::pair<int, grpcwire::Code>> exceptions;
  for (const Row& row : Rows()) {
    if (grpcwire::HttpStatusOf(row.code) / 100 == row.http_status / 100) continue;
    exceptions.insert({row.http_status, row.code});
  }
  std::set<std::pair<int, grpcwire::Code>> expected = {{503, kResourceExhausted},
                                                       {408, kDeadlineExceeded}};
  EXPECT_EQ(exceptions, expected);
}

TEST(Rules, RetryIsProvenByTheDocumentedText) {
  std::map<std::string, std::int64_t> retryable;
  for (const Row& row : Rows()) {
    if (row.retry == Retry::kNever) continue;
    EXPECT_TRUE(row.code == kUnavailable || row.code == kResourceExhausted) << NameOf(row);
    EXPECT_GE(row.http_status, 500) << NameOf(row);
    retryable[NameOf(row)] = DefaultDelay(row.retry).count();
  }
  std::map<std::string, std::int64_t> expected = {
      {"GatewayTimeout/BackendInitializationTimeout", 5000},
      {"InitializingContainers/", 5000},
      {"InternalError/WorkerUnreachable", 1000},
      {"InternalErrorSystemLowOnMemory/", 2000},
      {"ServiceUnavailable/", 1000},
      {"ServiceUnavailable/NoMoreResources", 1000},
      {"ServiceUnavailable/RequestThrottled", 1000},
      {"ServiceUnavailable/TooManyConcurrentRequests", 1000},
      {"ServiceUnavailable/TooManyHostsBeingInitialized", 5000},
      {"ServiceUnavailable/TooManyHostsBeingInitializedPerModel", 5000}};
  EXPECT_EQ(retryable, expected);
}

TEST(Rules, BackMappingAtCompileTimeIsTheOneOfTheWire) {
  for (int number = 0; number < grpcwire::kCodeCount; ++number) {
    auto code = grpcwire::CodeFromNumber(number);
    ASSERT_TRUE(code.has_value());
    EXPECT_EQ(BackMappedStatus(*code), grpcwire::HttpStatusOf(*code)) << number;
  }
}

TEST(Rules, PrecedenceIsATotalOrder) {
  std::set<int> places;
  for (int number = 1; number < grpcwire::kCodeCount; ++number) {
    places.insert(Precedence(*grpcwire::CodeFromNumber(number)));
  }
  EXPECT_EQ(places.size(), 16u);
  EXPECT_EQ(*places.rbegin(), 15);
  EXPECT_LT(Precedence(kUnauthenticated), Precedence(kPermissionDenied));
  EXPECT_LT(Precedence(kInternal), Precedence(kUnknown));
  EXPECT_EQ(Precedence(kUnavailable), 15);
}

TEST(FindRule, TrustsClassOnlyUnderItsOwnStatus) {
  struct Case {
    const char* name;
    int status;
    const char* error_class;
    const char* code;
    const char* row;  // "" for none.
    bool known;
    bool mismatch;
  };
  const std::vector<Case> cases = {
      {"the documented pair", 400, "BadArgument", "BlobNotFound", "BadArgument/BlobNotFound", true,
       false},
      {"the class alone", 400, "BadArgument", "", "BadArgument/", false, false},
      {"an unknown code keeps the class's verdict", 400, "BadArgument", "Nonsense", "BadArgument/",
       false, false},
      {"a code of another class is an unknown pair", 500, "InternalError", "BlobNotFound",
       "InternalError/", false, false},
      {"another status", 403, "BadArgument", "BlobNotFound", "", false, true},
      {"an unknown class", 400, "badArgument", "BlobNotFound", "", false, false},
      {"no class", 400, "", "BlobNotFound", "", false, false},
  };
  for (const Case& c : cases) {
    Found found = FindRule(c.status, c.error_class, c.code);
    EXPECT_EQ(found.row == nullptr ? "" : NameOf(*found.row), c.row) << c.name;
    EXPECT_EQ(found.known_code, c.known) << c.name;
    EXPECT_EQ(found.status_mismatch, c.mismatch) << c.name;
  }
}

TEST(MetadataKeys, AsManyAsTheMessageHasParameters) {
  for (const catalogue::ErrorCode& code : catalogue::Codes()) {
    EXPECT_EQ(MetadataKeys(code.name).size(), static_cast<std::size_t>(code.parameters))
        << code.error_class << "/" << code.name;
  }
  EXPECT_THAT(MetadataKeys("RequestThrottled"), ElementsAre("endpointName", "maxConcurrency"));
  EXPECT_TRUE(MetadataKeys("NoSuchCode").empty());
}

// A row that says BadRequest, PreconditionFailure, ... has what to put into it, and the reverse.
TEST(DetailRules, EveryRowThatAddsADetailHasItsRule) {
  for (const Row& row : Rows()) {
    bool has_condition = FindCondition(row.error_class, row.error_code) != nullptr;
    bool has_resource = FindResource(row.error_class, row.error_code) != nullptr;
    bool has_quota = FindQuota(row.error_class, row.error_code) != nullptr;
    if (Has(row.details, Details::kPrecondition)) {
      EXPECT_TRUE(has_condition) << NameOf(row);
    }
    if (Has(row.details, Details::kResource)) {
      EXPECT_TRUE(has_resource) << NameOf(row);
    }
    if (Has(row.details, Details::kQuota)) {
      EXPECT_TRUE(has_quota) << NameOf(row);
    }
    bool names_field = FindField(row.error_class, row.error_code) != nullptr;
    bool about_body = row.error_code == "RequestBodyInvalid" || row.error_code == "RequestIsEmpty";
    if (!row.is_class() && !about_body) {
      EXPECT_EQ(Has(row.details, Details::kBadRequest), names_field) << NameOf(row);
    }
  }
}

// What the gateway supplies is its own fault and names no field of the caller's (contract 2.3).
TEST(DetailRules, WhatTheGatewaySuppliesBlamesNobodyElse) {
  std::set<std::string> gateway_owned;
  for (const Row& row : Rows()) {
    if (row.fault != FaultDomain::kGateway) continue;
    gateway_owned.insert(NameOf(row));
    EXPECT_FALSE(Has(row.details, Details::kBadRequest)) << NameOf(row);
  }
  std::set<std::string> expected = {"BadArgument/BadSubscriptionId",
                                    "BadArgument/BadVersionCall",
                                    "BadArgument/InvalidQueryParameter",
                                    "BadArgument/MissingKeys",
                                    "BadArgument/MissingWebServiceGroupId",
                                    "BadArgument/MissingWebServiceId",
                                    "BadArgument/MissingWorkspaceId",
                                    "BadArgument/RequestBodyInvalid",
                                    "BadArgument/RequestIsEmpty",
                                    "BadArgument/WebServiceIdInvalid",
                                    "Unauthorized/",
                                    "Unauthorized/AdminRequestUnauthorized",
                                    "Unauthorized/ManagementRequestUnauthorized",
                                    "Unauthorized/ScoreRequestUnauthorized"};
  EXPECT_EQ(gateway_owned, expected);
}

TEST(Fallback, ApplicationByStatus) {
  struct Case {
    int status;
    grpcwire::Code code;
    const char* reason;
    bool retry;
  };
  const std::vector<Case> cases = {
      {400, kInvalidArgument, "UPSTREAM_HTTP_400", false},
      {401, kUnauthenticated, "UPSTREAM_HTTP_401", false},
      {402, kFailedPrecondition, "UPSTREAM_HTTP_OTHER_4XX", false},
      {403, kPermissionDenied, "UPSTREAM_HTTP_403", false},
      {404, kNotFound, "UPSTREAM_HTTP_404", false},
      {405, kUnimplemented, "UPSTREAM_HTTP_405", false},
      {408, kDeadlineExceeded, "UPSTREAM_HTTP_408", false},
      {409, kAborted, "UPSTREAM_HTTP_409", false},
      {410, kNotFound, "UPSTREAM_HTTP_410", false},
      {411, kInvalidArgument, "UPSTREAM_HTTP_411", false},
      {412, kFailedPrecondition, "UPSTREAM_HTTP_412", false},
      {413, kResourceExhausted, "UPSTREAM_HTTP_413", false},
      {414, kInvalidArgument, "UPSTREAM_HTTP_414", false},
      {415, kInvalidArgument, "UPSTREAM_HTTP_415", false},
      {416, kOutOfRange, "UPSTREAM_HTTP_416", false},
      {418, kFailedPrecondition, "UPSTREAM_HTTP_OTHER_4XX", false},
      {422, kInvalidArgument, "UPSTREAM_HTTP_422", false},
      {424, kFailedPrecondition, "UPSTREAM_HTTP_424", false},
      {429, kResourceExhausted, "UPSTREAM_HTTP_429", true},
      {431, kFailedPrecondition, "UPSTREAM_HTTP_431", false},
      {440, kFailedPrecondition, "UPSTREAM_HTTP_OTHER_4XX", false},
      {499, kCancelled, "UPSTREAM_HTTP_499", false},
      {500, kInternal, "UPSTREAM_HTTP_500", false},
      {501, kUnimplemented, "UPSTREAM_HTTP_501", false},
      {502, kUnavailable, "UPSTREAM_HTTP_502", true},
      {503, kUnavailable, "UPSTREAM_HTTP_503", true},
      {504, kDeadlineExceeded, "UPSTREAM_HTTP_504", false},
      {509, kInternal, "UPSTREAM_HTTP_OTHER_5XX", false},
      {599, kInternal, "UPSTREAM_HTTP_OTHER_5XX", false},
  };
  for (const Case& c : cases) {
    Fallback rule = ApplicationRule(c.status);
    EXPECT_EQ(rule.code, c.code) << c.status;
    EXPECT_EQ(rule.reason, c.reason) << c.status;
    EXPECT_EQ(rule.retry, c.retry ? Retry::kBrief : Retry::kNever) << c.status;
  }
}

TEST(Fallback, IntermediaryByStatus) {
  const std::map<int, std::pair<grpcwire::Code, bool>> cases = {
      {302, {kUnknown, false}},         {400, {kInternal, false}},
      {401, {kUnauthenticated, false}}, {403, {kPermissionDenied, false}},
      {404, {kUnimplemented, false}},   {408, {kUnknown, false}},
      {413, {kUnknown, false}},         {429, {kResourceExhausted, true}},
      {431, {kInternal, false}},        {500, {kUnknown, false}},
      {502, {kUnavailable, true}},      {503, {kUnavailable, true}},
      {504, {kUnavailable, false}},     {505, {kUnknown, false}}};
  for (const auto& [status, expected] : cases) {
    Fallback rule = IntermediaryRule(status);
    EXPECT_EQ(rule.code, expected.first) << status;
    EXPECT_EQ(rule.retry != Retry::kNever, expected.second) << status;
    EXPECT_EQ(rule.reason, "INTERMEDIARY_RESPONSE") << status;
    EXPECT_EQ(rule.fault, FaultDomain::kUpstream) << status;
  }
}

TEST(Fallback, ModelByReasonThenStatus) {
  struct Case {
    const char* reason_header;
    int status;
    grpcwire::Code code;
    const char* reason;
    Retry retry;
  };
  const std::vector<Case> cases = {
      {"model_not_ready", 0, kUnavailable, "MODEL_NOT_READY", Retry::kWarmUp},
      {"model_not_ready", 500, kUnavailable, "MODEL_NOT_READY", Retry::kWarmUp},
      {"too_many_pending_request", 0, kResourceExhausted, "MODEL_OVERLOADED", Retry::kBrief},
      {"model_error", 0, kFailedPrecondition, "MODEL_ERROR", Retry::kNever},
      {"model_error", 400, kInvalidArgument, "MODEL_ERROR", Retry::kNever},
      {"model_error", 401, kFailedPrecondition, "MODEL_ERROR", Retry::kNever},
      {"model_error", 403, kFailedPrecondition, "MODEL_ERROR", Retry::kNever},
      {"model_error", 404, kNotFound, "MODEL_ERROR", Retry::kNever},
      {"model_error", 418, kFailedPrecondition, "MODEL_ERROR", Retry::kNever},
      {"model_error", 429, kResourceExhausted, "MODEL_ERROR", Retry::kNever},
      {"model_error", 503, kUnavailable, "MODEL_ERROR", Retry::kNever},
      {"", 204, kInternal, "UPSTREAM_RESPONSE_INVALID", Retry::kNever},
      {"", 399, kInternal, "UPSTREAM_RESPONSE_INVALID", Retry::kNever},
      {"", 600, kInternal, "UPSTREAM_RESPONSE_INVALID", Retry::kNever},
  };
  for (const Case& c : cases) {
    Fallback rule = ModelRule(c.reason_header, c.status);
    EXPECT_EQ(rule.code, c.code) << c.reason_header << c.status;
    EXPECT_EQ(rule.reason, c.reason) << c.reason_header << c.status;
    EXPECT_EQ(rule.retry, c.retry) << c.reason_header << c.status;
    EXPECT_EQ(rule.fault, FaultDomain::kModel) << c.reason_header << c.status;
  }
}

TEST(Faults, EveryKindHasAReasonOfTheClosedSet) {
  const std::set<std::string_view> closed = {"UPSTREAM_UNREACHABLE",
                                             "UPSTREAM_NAME_NOT_FOUND",
                                             "UPSTREAM_CERTIFICATE_REFUSED",
                                             "UPSTREAM_CONNECTION_RESET",
                                             "UPSTREAM_RESPONSE_INVALID",
                                             "UPSTREAM_RESPONSE_TOO_LARGE",
                                             "DEADLINE_EXCEEDED_AT_GATEWAY",
                                             "CALLER_CANCELLED",
                                             "REQUEST_INVALID",
                                             "REQUEST_MALFORMED",
                                             "REQUEST_TOO_LARGE",
                                             "TOO_MANY_IN_FLIGHT",
                                             "CREDENTIAL_UNAVAILABLE",
                                             "CIRCUIT_OPEN",
                                             "SHUTTING_DOWN",
                                             "ENDPOINT_NOT_FOUND",
                                             "OPERATION_NOT_FOUND",
                                             "METHOD_NOT_FOUND",
                                             "GATEWAY_INTERNAL"};
  std::set<std::string_view> used;
  for (const FaultRule& rule : FaultRules()) {
    EXPECT_TRUE(closed.contains(rule.verdict.reason)) << rule.verdict.reason;
    EXPECT_EQ(&FindFault(rule.kind), &rule);
    used.insert(rule.verdict.reason);
  }
  EXPECT_EQ(used, closed);
}

TEST(Mapping, PublishesEveryRow) {
  std::vector<MappingRow> rows = EnumerateRules();
  ASSERT_EQ(rows.size(), 128u);
  auto throttled = FindMapping("ServiceUnavailable", "RequestThrottled");
  ASSERT_TRUE(throttled.has_value());
  EXPECT_EQ(throttled->http_status, 503);
  EXPECT_EQ(throttled->code, kResourceExhausted);
  EXPECT_EQ(throttled->reason, "REQUEST_THROTTLED");
  EXPECT_EQ(throttled->domain, kDomainClassic);
  EXPECT_THAT(throttled->details, ElementsAre("RetryInfo", "QuotaFailure"));
  EXPECT_TRUE(throttled->retryable);
  EXPECT_EQ(throttled->default_delay, std::chrono::seconds(1));
  EXPECT_EQ(throttled->fault_domain, "UPSTREAM");
  EXPECT_THAT(throttled->metadata_keys, ElementsAre("endpointName", "maxConcurrency"));
  EXPECT_FALSE(FindMapping("ServiceUnavailable", "Nonsense").has_value());
  EXPECT_FALSE(FindMapping("Nonsense", "").has_value());
}

}  // namespace
}  // namespace scoregate::translation
