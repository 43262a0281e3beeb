// docs/mapping.md is the mapping: a change of the tables shows in it, or fails here.
// SCOREGATE_REWRITE_GOLDEN=1 writes the page anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gateway/translation/mapping.h"
#include "gateway/translation/mapping_details.h"
#include "gateway/translation/translate.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

constexpr char kPage[] = SCOREGATE_SOURCE_DIR "/docs/mapping.md";

TEST(GoldenPage, IsTheMapping) {
  const std::string page = GoldenPage();
  const char* rewrite = std::getenv("SCOREGATE_REWRITE_GOLDEN");
  if (rewrite != nullptr && std::string(rewrite) == "1") std::ofstream(kPage) << page;
  std::ifstream file(kPage);
  ASSERT_TRUE(file.is_open()) << kPage;
  std::stringstream committed;
  committed << file.rdbuf();
  EXPECT_EQ(committed.str(), page) << "run this test with SCOREGATE_REWRITE_GOLDEN=1";
}

TEST(GoldenPage, HasALineForEveryRow) {
  const std::string page = GoldenPage();
  for (const MappingRow& row : EnumerateRules()) {
    EXPECT_NE(page.find("| " + std::string(row.reason) + " |"), std::string::npos) << row.reason;
  }
}

TEST(GoldenPage, SaysWhatTheDetailsHold) {
  struct Case {
    const char* error_class;
    const char* code;
    const char* details;
  };
  const std::vector<Case> cases = {
      {"BadArgument", "",
       "BadRequest `inputs[target]` or `global_parameters[target]`, where declared"},
      {"BadArgument", "BadParameterValue", "BadRequest `global_parameters[target]`"},
      {"BadArgument", "BadVersionCall", ""},
      {"BadArgument", "BlobNameTooLong", "BadRequest `diagnostics`"},
      {"BadArgument", "BlobNotFound", "ResourceInfo `AzureBlob`: {0}, described by {1}"},
      {"BadArgument", "InvalidBlob", "BadRequest `inputs[target].blob` or `blob`"},
      {"BadArgument", "InvalidInputNames", "BadRequest `inputs[{0}]`"},
      {"BadArgument", "InvalidOutputOverrideName", "BadRequest `outputs[{0}]`"},
      {"BadArgument", "MissingRequestInput", "BadRequest `inputs[target]`"},
      {"BadArgument", "WebServiceConcurrentRequestRequirementInvalid",
       "PreconditionFailure `WEB_SERVICE_PLAN` of {0}"},
      {"Conflict", "", "ResourceInfo `Resource`: the target"},
      {"Conflict", "ModelOutputMetadataMismatch",
       "PreconditionFailure `MODEL_OUTPUT_METADATA` of the endpoint"},
      {"InternalError", "", "DebugInfo"},
      {"InternalError", "WorkerUnreachable", ""},
      {"InvalidOperation", "CannotStartJob", "PreconditionFailure `JOB_STATE` of the operation"},
      {"LibraryExecutionError", "",
       "PreconditionFailure `MODEL_EXECUTION` of the endpoint and target"},
      {"MemoryQuotaViolation", "", "QuotaFailure `MaxModelMemory` of the endpoint"},
      {"MemoryQuotaViolation", "OutOfMemoryLimit",
       "QuotaFailure `MaxModelMemory` of the endpoint, {0} of "
       "`services.azureml.net/model_memory_megabytes`"},
      {"NotFound", "", "ResourceInfo `Endpoint`: the endpoint"},
      {"NotFound", "WorkspaceNotFound", "ResourceInfo `Workspace`: the id in the endpoint's URL"},
      {"ServiceUnavailable", "RequestThrottled",
       "QuotaFailure `MaxConcurrentCallsPerEndpoint` of {0}, value {1}"},
      {"ServiceUnavailable", "TooManyConcurrentRequests",
       "QuotaFailure `MaxConcurrentCallsPerEndpoint` of the endpoint"},
  };
  for (const Case& c : cases) {
    const Row* row = FindRow(c.error_class, c.code);
    ASSERT_NE(row, nullptr) << c.error_class << " " << c.code;
    EXPECT_EQ(DetailsOf(*row), c.details) << c.error_class << " " << c.code;
  }
}

// What an answer of the row names, in the marks that the page puts around names.
std::vector<std::string> NamedBy(const google::rpc::Status& status) {
  std::vector<std::string> named;
  if (HasDetail(status, "BadRequest")) {
    auto request = DetailOf<google::rpc::BadRequest>(status);
    for (const auto& each : request.field_violations()) named.push_back("`" + each.field());
  }
  if (HasDetail(status, "PreconditionFailure")) {
    auto failure = DetailOf<google::rpc::PreconditionFailure>(status);
    for (const auto& each : failure.violations()) {
      named.push_back("PreconditionFailure `" + each.type() + "`");
    }
  }
  if (HasDetail(status, "QuotaFailure")) {
    auto failure = DetailOf<google::rpc::QuotaFailure>(status);
    for (const auto& each : failure.violations()) {
      named.push_back("QuotaFailure `" + each.quota_id() + "`");
    }
  }
  if (HasDetail(status, "ResourceInfo")) {
    auto resource = DetailOf<google::rpc::ResourceInfo>(status);
    named.push_back("ResourceInfo `" + resource.resource_type() + "`");
  }
  return named;
}

TEST(GoldenPage, NamesWhatAnAnswerOfTheRowNames) {
  int named = 0;
  for (const Row& row : Rows()) {
    Translation answer = Translate(Classic(row.error_class, row.error_code, ""),
                                   FactsOf(http::UpstreamKind::kClassic));
    const std::string details = DetailsOf(row);
    for (const std::string& name : NamedBy(answer.Status())) {
      ++named;
      EXPECT_NE(details.find(name), std::string::npos) << row.reason << ": " << name;
    }
  }
  EXPECT_GE(named, 50);
  for (const FaultRule& rule : FaultRules()) {
    http::Fault fault(rule.kind, "field", "");
    Translation answer = Translate(fault, FactsOf(http::UpstreamKind::kClassic));
    const bool names_field = HasDetail(answer.Status(), "BadRequest");
    EXPECT_EQ(names_field, DetailsOf(rule).find("the request's field") != std::string::npos);
    for (const std::string& name : NamedBy(answer.Status())) {
      if (name == "`field") continue;
      EXPECT_NE(DetailsOf(rule).find(name), std::string::npos) << http::FaultName(rule.kind);
    }
  }
}

}  // namespace
}  // namespace scoregate::translation
