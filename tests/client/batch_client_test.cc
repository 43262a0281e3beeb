// How a client waits for a job, against a server of gRPC's own that counts the questions.
#include "client/batch_client.h"

#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

namespace scoregate::client {
namespace {

using google::longrunning::Operation;
using std::chrono::milliseconds;

// Answers every wait at once, as a gateway does whose caller has no time.
class Impatient : public google::longrunning::Operations::Service {
 public:
  grpc::Status WaitOperation(grpc::ServerContext*,
                             const google::longrunning::WaitOperationRequest* request,
                             Operation* operation) override {
    operation->set_name(request->name());
    operation->set_done(++waits >= done_at);
    return grpc::Status::OK;
  }
  std::atomic<int> waits = 0;
  int done_at = 1'000'000;
};

class BatchClientTest : public ::testing::Test {
 protected:
  BatchClientTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    ClientOptions options;
    options.address = "127.0.0.1:" + std::to_string(port);
    options.timeout = milliseconds(150);
    client_ = std::make_unique<BatchClient>(options);
    // The first call makes the connection, which may take longer than a call is given.
    for (int i = 0; i < 100 && !client_->Wait("first", milliseconds(1)).ok(); ++i) continue;
    service_.waits = 0;
  }

  Impatient service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<BatchClient> client_;
};

TEST_F(BatchClientTest, AWaitThatIsAnsweredAtOnceIsRepeatedAfterAPause) {
  const auto begun = std::chrono::steady_clock::now();
  auto seen = client_->Wait("operations/iris/1", milliseconds(1200));
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  EXPECT_FALSE(seen.value().done());
  EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(1200));
  EXPECT_GE(service_.waits, 2);
  EXPECT_LE(service_.waits, 4) << "half a second apart";
}

TEST_F(BatchClientTest, AWaitEndsWhenTheJobIsDone) {
  service_.done_at = 2;
  auto seen = client_->Wait("operations/iris/1", milliseconds(60'000));
  ASSERT_TRUE(seen.ok()) << seen.error().message;
  EXPECT_TRUE(seen.value().done());
  EXPECT_EQ(service_.waits, 2);
}

}  // namespace
}  // namespace scoregate::client
