// Each of the 128 documented rows through real sockets: the emulator raises it, an unmodified
// grpc++ client gets it from the gateway with code, reason and details.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

/// A row of the project's own list of facts.
struct Documented {
  std::string error_class;
  int http_status = 0;
  std::string code;
  std::string Name() const { return code.empty() ? error_class : error_class + "/" + code; }
};

std::vector<Documented> ReadFacts() {
  std::ifstream stream(SCOREGATE_FACTS);
  std::vector<Documented> rows;
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::stringstream cells(line);
    Documented row;
    std::string status;
    std::getline(cells, row.error_class, '\t');
    std::getline(cells, status, '\t');
    std::getline(cells, row.code, '\t');
    row.http_status = std::stoi(status);
    rows.push_back(row);
  }
  return rows;
}

class DocumentedErrors : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { stack_ = new Stack(); }
  static void TearDownTestSuite() {
    delete stack_;
    stack_ = nullptr;
  }
  static Stack* stack_;
};

Stack* DocumentedErrors::stack_ = nullptr;

std::vector<std::string> DetailNames(const google::rpc::Status& status) {
  std::vector<std::string> names;
  for (const auto& detail : status.details()) {
    names.push_back(detail.type_url().substr(detail.type_url().rfind('.') + 1));
  }
  return names;
}

TEST_F(DocumentedErrors, EachComesWithItsCodeReasonAndDetails) {
  std::vector<Documented> facts = ReadFacts();
  ASSERT_THAT(facts, SizeIs(128));
  auto client = stack_->Client("ko-KR");
  auto listed = client->ListReasons("");
  ASSERT_TRUE(listed.ok());
  std::map<std::pair<std::string, std::string>, scoring::v1::Reason> reasons;
  for (const auto& reason : listed.value().reasons()) {
    reasons[{reason.error_class(), reason.error_code()}] = reason;
  }
  for (const Documented& row : facts) {
    SCOPED_TRACE(row.Name());
    ASSERT_TRUE(reasons.contains({row.error_class, row.code}));
    const scoring::v1::Reason& reason = reasons[{row.error_class, row.code}];
    auto outcome = client->Score(IrisRequest(row.Name()));
    ASSERT_FALSE(outcome.ok());
    const client::ScoreError& error = outcome.error();
    EXPECT_EQ(static_cast<int>(error.code), static_cast<int>(reason.code()));
    EXPECT_EQ(error.reason, reason.reason());
    EXPECT_EQ(error.domain, "services.azureml.net");
    EXPECT_EQ(error.error_class(), row.error_class);
    EXPECT_EQ(error.error_code(), row.code);
    EXPECT_EQ(error.http_status(), row.http_status);
    EXPECT_EQ(error.metadata.at("endpoint"), "iris");
    EXPECT_EQ(error.metadata.at("errorOrigin"), "APPLICATION");
    EXPECT_EQ(error.retry_delay.has_value(), reason.retryable());
    EXPECT_EQ(error.locale, "ko-KR");
    EXPECT_NE(error.localized_message, "");
    EXPECT_NE(error.request_id, "");
    EXPECT_FALSE(error.metadata.contains("detailsTruncated"));
    std::vector<std::string> added(reason.details().begin(), reason.details().end());
    std::erase(added, "DebugInfo");  // Only where operator and caller both ask for it.
    // A class alone names no field.
    if (row.code.empty()) std::erase(added, "BadRequest");
    EXPECT_THAT(DetailNames(error.status), IsSupersetOf(added));
    for (const std::string& key : reason.parameters()) {
      ASSERT_TRUE(error.metadata.contains(key)) << key;
      EXPECT_NE(error.metadata.at(key), "") << key << ": the template did not fit";
    }
    ASSERT_TRUE(error.upstream.has_value());
    EXPECT_EQ(error.upstream->http_status(), row.http_status);
    EXPECT_EQ(error.upstream->error_class(), row.error_class);
    EXPECT_EQ(error.upstream->rule(), "catalogue:" + row.Name());
  }
}

TEST_F(DocumentedErrors, TheServiceListsExactlyTheDocumentedRows) {
  std::set<std::tuple<std::string, int, std::string>> facts;
  for (const Documented& row : ReadFacts()) {
    facts.insert({row.error_class, row.http_status, row.code});
  }
  auto listed = stack_->Client()->ListReasons("");
  ASSERT_TRUE(listed.ok());
  std::set<std::tuple<std::string, int, std::string>> rows;
  for (const auto& reason : listed.value().reasons()) {
    rows.insert({reason.error_class(), reason.http_status(), reason.error_code()});
  }
  EXPECT_EQ(rows, facts);
  EXPECT_THAT(listed.value().reasons(), SizeIs(128));
}

TEST_F(DocumentedErrors, TheGatewayReportsNothingStrange) {
  // Whatever was raised above, the gateway has only said where it listens.
  EXPECT_THAT(stack_->gateway().err(), testing::Not(testing::HasSubstr("error")));
}

}  // namespace
}  // namespace scoregate::e2e
