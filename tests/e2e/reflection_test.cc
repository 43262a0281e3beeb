// grpc.reflection of the running gateway, both versions, as grpc++ sees it.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"

#include "tests/e2e/stack.h"

namespace scoregate::e2e {
namespace {

namespace pb = google::protobuf;
namespace v1 = grpc::reflection::v1;
namespace v1alpha = grpc::reflection::v1alpha;

// One call of ServerReflectionInfo, question by question.
template <typename Service, typename Request, typename Response>
class Conversation {
 public:
  explicit Conversation(const std::string& address)
      : stub_(Service::NewStub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials()))) {
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    stream_ = stub_->ServerReflectionInfo(&context_);
  }
  Response Ask(const Request& request) {
    Response response;
    EXPECT_TRUE(stream_->Write(request));
    EXPECT_TRUE(stream_->Read(&response));
    return response;
  }
  grpc::Status End(const Request* last) {
    if (last != nullptr) stream_->Write(*last);
    stream_->WritesDone();
    Response response;
    while (stream_->Read(&response)) {
    }
    return stream_->Finish();
  }

 private:
  std::unique_ptr<typename Service::Stub> stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<Request, Response>> stream_;
};
using V1 =
    Conversation<v1::ServerReflection, v1::ServerReflectionRequest, v1::ServerReflectionResponse>;
using V1Alpha = Conversation<v1alpha::ServerReflection, v1alpha::ServerReflectionRequest,
                             v1alpha::ServerReflectionResponse>;

template <typename Talk, typename Request>
std::vector<std::string> ListServices(Talk& talk, Request request) {
  request.set_list_services("*");
  std::vector<std::string> names;
  auto response = talk.Ask(request);
  for (const auto& service : response.list_services_response().service()) {
    names.push_back(service.name());
  }
  return names;
}

// Builds every listed service from what reflection gives and nothing else.
template <typename Talk, typename Request>
void ExpectThatAllServicesCanBeBuilt(Talk& talk, const Request& empty) {
  pb::SimpleDescriptorDatabase database;
  std::vector<std::string> names = ListServices(talk, empty);
  EXPECT_THAT(names, testing::IsSupersetOf(
                         {"grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                          "grpc.reflection.v1alpha.ServerReflection",
                          "scoring.v1.ErrorCatalogService", "scoring.v1.ScoringService"}));
  for (const std::string& name : names) {
    Request request = empty;
    request.set_file_containing_symbol(name);
    auto response = talk.Ask(request);
    ASSERT_TRUE(response.has_file_descriptor_response()) << name;
    for (const std::string& bytes : response.file_descriptor_response().file_descriptor_proto()) {
      pb::FileDescriptorProto file;
      pb::FileDescriptorProto known;
      ASSERT_TRUE(file.ParseFromString(bytes));
      if (!database.FindFileByName(file.name(), &known)) database.Add(file);
    }
  }
  pb::DescriptorPool pool(&database);
  for (const std::string& name : names) {
    const pb::ServiceDescriptor* service = pool.FindServiceByName(name);
    ASSERT_NE(service, nullptr) << name;
    EXPECT_GT(service->method_count(), 0) << name;
  }
}

TEST(Reflection, EverythingServedCanBeBuiltFromItInBothVersions) {
  Stack stack;
  V1 talk(stack.gateway_address());
  ExpectThatAllServicesCanBeBuilt(talk, v1::ServerReflectionRequest());
  EXPECT_TRUE(talk.End(nullptr).ok());
  V1Alpha old_talk(stack.gateway_address());
  ExpectThatAllServicesCanBeBuilt(old_talk, v1alpha::ServerReflectionRequest());
  EXPECT_TRUE(old_talk.End(nullptr).ok());
}

TEST(Reflection, AQuestionThatIsNoneEndsTheCall) {
  Stack stack;
  V1 talk(stack.gateway_address());
  v1::ServerReflectionRequest nothing;
  client::ScoreError error = client::ReadError(talk.End(&nothing));
  EXPECT_EQ(error.code, grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(error.reason, "REQUEST_INVALID");
}

TEST(Reflection, CanBeSwitchedOff) {
  Stack stack("server: {reflection: false}\n");
  V1 talk(stack.gateway_address());
  EXPECT_EQ(talk.End(nullptr).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  V1Alpha old_talk(stack.gateway_address());
  EXPECT_EQ(old_talk.End(nullptr).error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

}  // namespace
}  // namespace scoregate::e2e
