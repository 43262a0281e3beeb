// Tables of thousands of rows end to end: encoded, decoded and sent beside the lane, answered row
// for row as small ones are.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

using google::protobuf::util::MessageDifferencer;
using scoring::v1::ScoreRequest;
using scoring::v1::ScoreResponse;

constexpr int kRows = 5000;

// Flowers, each another one; those of rows `first` to `first + count`.
ScoreRequest Flowers(const std::string& endpoint, int first, int count) {
  ScoreRequest request = IrisRequest();
  request.set_endpoint(endpoint);
  for (scoring::v1::Column& column : *(*request.mutable_inputs())["input1"].mutable_columns()) {
    const double value = column.doubles().values(0);
    column.mutable_doubles()->clear_values();
    for (int row = first; row < first + count; ++row) {
      column.mutable_doubles()->add_values(value + 0.001 * (row % 1000));
    }
  }
  return request;
}

// What the rows of both are, one after the other.
void Append(const ScoreResponse& part, ScoreResponse& whole) {
  for (const auto& [name, table] : part.outputs()) {
    scoring::v1::Table& to = (*whole.mutable_outputs())[name];
    for (int i = 0; i < table.columns_size(); ++i) {
      const scoring::v1::Column& from = table.columns(i);
      if (to.columns_size() <= i) to.add_columns()->set_name(from.name());
      scoring::v1::Column& column = *to.mutable_columns(i);
      if (from.has_doubles()) column.mutable_doubles()->MergeFrom(from.doubles());
      if (from.has_strings()) column.mutable_strings()->MergeFrom(from.strings());
      if (from.has_int64s()) column.mutable_int64s()->MergeFrom(from.int64s());
    }
  }
}

class LargeCallTest : public ::testing::TestWithParam<const char*> {
 protected:
  // The answer to all rows, a hundred in a call.
  ScoreResponse InParts() {
    constexpr int kPart = 100;
    ScoreResponse whole;
    for (int first = 0; first < kRows; first += kPart) {
      auto answer = client_->Score(Flowers(GetParam(), first, kPart));
      if (!answer.ok()) ADD_FAILURE() << answer.error().message;
      if (answer.ok()) Append(answer.value(), whole);
    }
    return whole;
  }

  Stack stack_;
  std::unique_ptr<client::ScoringClient> client_ = stack_.Client();
};

TEST_P(LargeCallTest, TheAnswerIsThatOfItsParts) {
  const ScoreResponse parts = InParts();
  ASSERT_GT(parts.outputs_size(), 0);
  auto whole = client_->Score(Flowers(GetParam(), 0, kRows));
  ASSERT_TRUE(whole.ok()) << whole.error().message;
  EXPECT_TRUE(MessageDifferencer::Equals(whole.value(), parts));

  auto stream = client_->StreamScore();
  for (const char* id : {"a", "b", "c"}) stream->Send(id, Flowers(GetParam(), 0, kRows));
  stream->DoneSending();
  int answers = 0;
  for (; auto answer = stream->Receive(); ++answers) {
    ASSERT_FALSE(answer->error);
    EXPECT_TRUE(MessageDifferencer::Equals(answer->response, parts)) << answer->id;
  }
  EXPECT_EQ(answers, 3);
  EXPECT_FALSE(stream->Finish());
}

INSTANTIATE_TEST_SUITE_P(Forms, LargeCallTest, ::testing::Values("iris", "rows"));

}  // namespace
}  // namespace scoregate::e2e
