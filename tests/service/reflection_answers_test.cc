// Reflection, question by question: what is found, what comes with it, and what is said of the
// rest.
#include "gateway/service/reflection/reflection_answers.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>
#include <gtest/gtest.h>

#include "scoring/v1/scoring.pb.h"

namespace scoregate::service {
namespace {

using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

constexpr int kNotFound = 5;

class ReflectionAnswersTest : public ::testing::Test {
 protected:
  ReflectionAnswersTest() {
    // The linker leaves out what nobody names.
    scoring::v1::ScoreRequest::descriptor();
  }
  ServerReflectionResponse Ask(const ServerReflectionRequest& request) {
    ServerReflectionResponse response;
    EXPECT_TRUE(answers_.Answer(request, response).ok());
    EXPECT_EQ(response.original_request().SerializeAsString(), request.SerializeAsString());
    EXPECT_EQ(response.valid_host(), request.host());
    return response;
  }
  ServerReflectionResponse AskForSymbol(const std::string& symbol) {
    ServerReflectionRequest request;
    request.set_file_containing_symbol(symbol);
    return Ask(request);
  }

  std::vector<std::string> services_ = {"a.A", "b.B"};
  ReflectionAnswers answers_{services_};
};

std::vector<std::string> Files(const ServerReflectionResponse& response) {
  std::vector<std::string> names;
  for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    EXPECT_TRUE(file.ParseFromString(bytes));
    names.push_back(file.name());
  }
  return names;
}

TEST_F(ReflectionAnswersTest, ListsTheServicesThatItWasGiven) {
  ServerReflectionRequest request;
  request.set_host("gateway.example");
  request.set_list_services("");
  std::vector<std::string> names;
  const ServerReflectionResponse response = Ask(request);
  for (const auto& service : response.list_services_response().service()) {
    names.push_back(service.name());
  }
  EXPECT_EQ(names, services_);
}

TEST_F(ReflectionAnswersTest, EverySortOfSymbolLeadsToItsFile) {
  for (const char* symbol :
       {"scoring.v1.ScoringService", "scoring.v1.ScoringService.Score", "scoring.v1.ScoreRequest",
        "scoring.v1.ScoreRequest.endpoint", "scoring.v1.Endpoint.Health",
        "scoring.v1.Endpoint.NOT_SERVING", "scoring.v1.ScoreRequest.InputsEntry"}) {
    ReflectionAnswers answers(services_);
    ServerReflectionRequest request;
    request.set_file_containing_symbol(symbol);
    ServerReflectionResponse response;
    ASSERT_TRUE(answers.Answer(request, response).ok());
    std::vector<std::string> files = Files(response);
    ASSERT_FALSE(files.empty()) << symbol;
    EXPECT_EQ(files.front(), "scoring/v1/scoring.proto") << symbol;
  }
}

TEST_F(ReflectionAnswersTest, ImportsComeWithTheFileAndOnlyOnce) {
  EXPECT_THAT(Files(AskForSymbol("google.rpc.Status")),
              ElementsAre("google/rpc/status.proto", "google/protobuf/any.proto"));
  EXPECT_THAT(Files(AskForSymbol("google.rpc.Status")), ElementsAre("google/rpc/status.proto"))
      << "what is asked for comes again, what it imports does not";
  ServerReflectionRequest request;
  request.set_file_by_filename("google/protobuf/any.proto");
  EXPECT_THAT(Files(Ask(request)), ElementsAre("google/protobuf/any.proto"));
}

// A client builds its pool of what one answer brings.
TEST_F(ReflectionAnswersTest, OneAnswerIsEnoughToBuildTheFile) {
  google::protobuf::SimpleDescriptorDatabase database;
  ServerReflectionResponse response = AskForSymbol("scoring.v1.ScoringService");
  for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
    google::protobuf::FileDescriptorProto file;
    ASSERT_TRUE(file.ParseFromString(bytes));
    ASSERT_TRUE(database.Add(file)) << file.name() << " came twice";
  }
  google::protobuf::DescriptorPool pool(&database);
  const auto* service = pool.FindServiceByName("scoring.v1.ScoringService");
  ASSERT_NE(service, nullptr);
  EXPECT_EQ(service->method(0)->input_type()->full_name(), "scoring.v1.ScoreRequest");
}

TEST_F(ReflectionAnswersTest, FieldsCarryTheirJsonNames) {
  google::protobuf::FileDescriptorProto file;
  ASSERT_TRUE(file.ParseFromString(
      AskForSymbol("scoring.v1.ScoreRequest").file_descriptor_response().file_descriptor_proto(0)));
  std::vector<std::string> names;
  for (const auto& message : file.message_type()) {
    if (message.name() != "ScoreRequest") continue;
    for (const auto& field : message.field()) names.push_back(field.json_name());
  }
  EXPECT_THAT(names, ElementsAre("endpoint", "inputs", "globalParameters"));
}

TEST_F(ReflectionAnswersTest, TellsExtensionsOfKnownTypes) {
  ServerReflectionRequest request;
  request.set_all_extension_numbers_of_type("scoring.v1.ScoreRequest");
  ServerReflectionResponse response = Ask(request);
  ASSERT_TRUE(response.has_all_extension_numbers_response());
  EXPECT_EQ(response.all_extension_numbers_response().base_type_name(), "scoring.v1.ScoreRequest");
  EXPECT_EQ(response.all_extension_numbers_response().extension_number_size(), 0);
}

TEST_F(ReflectionAnswersTest, WhatIsUnknownIsAnAnswerAndTheCallGoesOn) {
  std::vector<ServerReflectionRequest> requests(5);
  requests[0].set_file_by_filename("no/such.proto");
  requests[1].set_file_containing_symbol("no.Such");
  requests[2].set_all_extension_numbers_of_type("no.Such");
  requests[3].mutable_file_containing_extension()->set_containing_type("no.Such");
  requests[4].mutable_file_containing_extension()->set_containing_type("scoring.v1.ScoreRequest");
  requests[4].mutable_file_containing_extension()->set_extension_number(7);
  std::vector<std::string> said;
  for (const ServerReflectionRequest& request : requests) {
    ServerReflectionResponse response = Ask(request);
    EXPECT_EQ(response.error_response().error_code(), kNotFound) << request.ShortDebugString();
    said.push_back(response.error_response().error_message());
  }
  EXPECT_THAT(said, ElementsAre("the file 'no/such.proto' is not known here",
                                "the symbol 'no.Such' is not known here",
                                "the message type 'no.Such' is not known here",
                                "the extension 0 of 'no.Such' is not known here",
                                "the extension 7 of 'scoring.v1.ScoreRequest' is not known here"));
}

TEST_F(ReflectionAnswersTest, AQuestionThatIsNoneIsAFault) {
  ServerReflectionResponse response;
  http::Result<void> answered = answers_.Answer({}, response);
  ASSERT_FALSE(answered.ok());
  EXPECT_EQ(answered.fault().kind, http::FaultKind::kRequestInvalid);
  EXPECT_EQ(answered.fault().field, "message_request");
}

}  // namespace
}  // namespace scoregate::service
