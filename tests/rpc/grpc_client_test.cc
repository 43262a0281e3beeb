// gRPC's own C++ client against our server, over real sockets.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "echo.grpc.pb.h"
#include "tests/rpc/echo_server.h"

namespace scoregate::rpc {
namespace {

using test::EchoRequest;
using test::EchoResponse;
using namespace std::chrono_literals;

class GrpcClient : public testing::Test {
 protected:
  explicit GrpcClient(const Limits& limits = {}, const std::string& address = "127.0.0.1:0")
      : server_(limits, address) {
    Connect();
  }

  ~GrpcClient() override {
    stub_.reset();
    channel_.reset();
    EXPECT_EQ(server_.seen().started(), server_.seen().unwound());
  }

  void Connect() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    channel_ =
        grpc::CreateCustomChannel(server_.address(), grpc::InsecureChannelCredentials(), arguments);
    stub_ = test::Echo::NewStub(channel_);
  }

  grpc::Status Call(const EchoRequest& request, EchoResponse& response) {
    grpc::ClientContext context;
    return stub_->Unary(&context, request, &response);
  }

  EchoServer server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<test::Echo::Stub> stub_;
};

EchoRequest MakeRequest(const std::string& body, test::Action action = test::ACTION_ECHO,
                        std::uint32_t count = 1) {
  EchoRequest request;
  request.set_body(body);
  request.set_action(action);
  request.set_count(count);
  return request;
}

TEST_F(GrpcClient, Unary) {
  EchoResponse response;
  grpc::Status status = Call(MakeRequest("hello"), response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.body(), "hello");
  EXPECT_TRUE(Call(MakeRequest(""), response).ok());
  EXPECT_EQ(response.body(), "");
}

TEST_F(GrpcClient, ClientStreaming) {
  grpc::ClientContext context;
  EchoResponse response;
  auto writer = stub_->Collect(&context, &response);
  for (const char* body : {"a", "", "bc"}) EXPECT_TRUE(writer->Write(MakeRequest(body)));
  writer->WritesDone();
  EXPECT_TRUE(writer->Finish().ok());
  EXPECT_EQ(response.body(), "abc");
}

TEST_F(GrpcClient, ServerStreaming) {
  grpc::ClientContext context;
  auto reader = stub_->Repeat(&context, MakeRequest("x", test::ACTION_ECHO, 100));
  EchoResponse response;
  int count = 0;
  while (reader->Read(&response)) {
    EXPECT_EQ(response.body(), "x");
    ++count;
  }
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(count, 100);
}

TEST_F(GrpcClient, BidiStreamingTurnByTurn) {
  grpc::ClientContext context;
  auto chat = stub_->Chat(&context);
  EchoResponse response;
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(chat->Write(MakeRequest(std::to_string(i))));
    ASSERT_TRUE(chat->Read(&response));
    EXPECT_EQ(response.body(), std::to_string(i));
  }
  chat->WritesDone();
  EXPECT_FALSE(chat->Read(&response));
  EXPECT_TRUE(chat->Finish().ok());
}

TEST_F(GrpcClient, MetadataBothWays) {
  grpc::ClientContext context;
  std::string bytes("\0\1\2\xff", 4);
  context.AddMetadata("x-text", "plain");
  context.AddMetadata("x-bytes-bin", bytes);
  EchoResponse response;
  ASSERT_TRUE(stub_->Unary(&context, MakeRequest("", test::ACTION_DESCRIBE), &response).ok());
  std::multimap<std::string, std::string> seen;
  for (const auto& field : response.metadata()) seen.emplace(field.name(), field.value());
  EXPECT_THAT(seen, testing::Contains(testing::Pair("x-text", "plain")));
  EXPECT_THAT(seen, testing::Contains(testing::Pair("x-bytes-bin", bytes)));
  EXPECT_THAT(response.peer(), testing::StartsWith("127.0.0.1:"));
  EXPECT_EQ(context.GetServerInitialMetadata().find("x-initial")->second, "1");
  EXPECT_EQ(context.GetServerInitialMetadata().find("x-initial-bin")->second,
            grpc::string_ref("\0\1\2\x80", 4));
  EXPECT_EQ(context.GetServerTrailingMetadata().find("x-trailing")->second, "2");
}

TEST_F(GrpcClient, StatusWithDetails) {
  grpc::ClientContext context;
  EchoResponse response;
  grpc::Status status = stub_->Unary(&context, MakeRequest("", test::ACTION_FAIL), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(status.error_message(), "no such thing: 100% n\xc3\xa9");
  EXPECT_EQ(status.error_details(), "\x08\x05\x12\x02no");
  EXPECT_EQ(context.GetServerTrailingMetadata().find("x-reason")->second, "because");
  EXPECT_EQ(context.GetServerInitialMetadata().count("x-dropped"), 0u);
}

TEST_F(GrpcClient, UnknownMethod) {
  grpc::ClientContext context;
  auto method = grpc::internal::RpcMethod("/scoregate.test.Echo/Nothing",
                                          grpc::internal::RpcMethod::NORMAL_RPC);
  EchoResponse response;
  grpc::Status status = grpc::internal::BlockingUnaryCallImpl<EchoRequest, EchoResponse>(
                            channel_.get(), method, &context, MakeRequest("x"), &response)
                            .status();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(GrpcClient, HandlersDeadlineIsTheCallers) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + 1h);
  EchoResponse response;
  ASSERT_TRUE(stub_->Unary(&context, MakeRequest("", test::ACTION_DESCRIBE), &response).ok());
  EXPECT_GT(response.remaining(), std::chrono::nanoseconds(59min).count());
  EXPECT_LE(response.remaining(), std::chrono::nanoseconds(61min).count());
}

TEST_F(GrpcClient, APassedDeadlineUnwindsTheHandler) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + 100ms);
  EchoResponse response;
  grpc::Status status = stub_->Unary(&context, MakeRequest("", test::ACTION_HANG), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(server_.seen().WaitForUnwound(server_.seen().started()));
  EXPECT_TRUE(Call(MakeRequest("after"), response).ok());
}

TEST_F(GrpcClient, CancellingUnwindsTheHandler) {
  grpc::ClientContext context;
  EchoResponse response;
  auto call = std::async(std::launch::async, [&] {
    return stub_->Unary(&context, MakeRequest("", test::ACTION_HANG), &response);
  });
  ASSERT_TRUE(server_.seen().WaitForStarted(1));
  context.TryCancel();
  EXPECT_EQ(call.get().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(server_.seen().WaitForUnwound(1));
  ASSERT_TRUE(server_.seen().WaitForEnds(1));
  EXPECT_EQ(server_.seen().ends()[0].grpc_status, "");
}

TEST_F(GrpcClient, CancelledStreamsUnwindTheirHandlers) {
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReaderWriter<EchoRequest, EchoResponse>>> chats;
  for (int i = 0; i < 20; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    chats.push_back(stub_->Chat(contexts.back().get()));
    ASSERT_TRUE(chats.back()->Write(MakeRequest("", test::ACTION_HANG)));
  }
  ASSERT_TRUE(server_.seen().WaitForStarted(20));
  for (auto& context : contexts) context->TryCancel();
  for (auto& chat : chats) EXPECT_EQ(chat->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(server_.seen().WaitForUnwound(20));
}

TEST_F(GrpcClient, MessagesLargerThanAllWindows) {
  std::string body(4 * 1024 * 1024 - 100, 'x');
  EchoResponse response;
  grpc::Status status = Call(MakeRequest(body), response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.body(), body);

  grpc::ClientContext context;
  auto reader = stub_->Repeat(&context, MakeRequest(body, test::ACTION_ECHO, 10));
  std::size_t bytes = 0;
  while (reader->Read(&response)) bytes += response.body().size();
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(bytes, 10 * body.size());
}

TEST_F(GrpcClient, AMessageOverTheLimitIsRefusedWhileItComes) {
  EchoResponse response;
  grpc::Status status = Call(MakeRequest(std::string(5 * 1024 * 1024, 'x')), response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(Call(MakeRequest("after"), response).ok());
}

TEST_F(GrpcClient, GzipBothWays) {
  EchoRequest request = MakeRequest(std::string(500'000, 'z'));
  grpc::ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  EchoResponse response;
  grpc::Status status = stub_->Unary(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.body(), request.body());
  ASSERT_TRUE(server_.seen().WaitForEnds(1));
  SeenEnd end = server_.seen().ends()[0];
  EXPECT_LT(end.request_bytes, 100'000u) << "it did not come compressed";
  EXPECT_LT(end.response_bytes, 100'000u) << "it did not leave compressed";
}

TEST_F(GrpcClient, AnEncodingThatIsNotOfferedNamesThoseThatAre) {
  grpc::ClientContext context;
  context.set_compression_algorithm(GRPC_COMPRESS_DEFLATE);
  EchoResponse response;
  grpc::Status status = stub_->Unary(&context, MakeRequest("a"), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_THAT(status.error_message(), testing::HasSubstr("gzip"));
}

TEST_F(GrpcClient, AThousandCallsAtATime) {
  struct Pending {
    grpc::ClientContext context;
    EchoResponse response;
    grpc::Status status;
    std::unique_ptr<grpc::ClientAsyncResponseReader<EchoResponse>> reader;
  };
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<Pending>> calls;
  for (int i = 0; i < 1000; ++i) {
    auto call = std::make_unique<Pending>();
    call->reader = stub_->AsyncUnary(&call->context, MakeRequest(std::to_string(i)), &queue);
    call->reader->Finish(&call->response, &call->status, call.get());
    calls.push_back(std::move(call));
  }
  void* tag = nullptr;
  bool ok = false;
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(queue.Next(&tag, &ok) && ok);
  for (int i = 0; i < 1000; ++i) {
    auto index = static_cast<std::size_t>(i);
    EXPECT_TRUE(calls[index]->status.ok()) << calls[index]->status.error_message();
    EXPECT_EQ(calls[index]->response.body(), std::to_string(i));
  }
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
}

TEST_F(GrpcClient, DrainWaitsForCallsAndTurnsNewOnesAway) {
  grpc::ClientContext context;
  auto chat = stub_->Chat(&context);
  EchoResponse response;
  ASSERT_TRUE(chat->Write(MakeRequest("a")) && chat->Read(&response));
  auto drained = std::async(std::launch::async, [&] { return server_.Drain(30s); });
  ASSERT_TRUE(chat->Write(MakeRequest("b")));
  ASSERT_TRUE(chat->Read(&response));
  EXPECT_EQ(response.body(), "b");
  chat->WritesDone();
  EXPECT_TRUE(chat->Finish().ok());
  EXPECT_TRUE(drained.get());
  EXPECT_EQ(server_.connections(), 0u);
  EXPECT_EQ(Call(MakeRequest("late"), response).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(GrpcClient, DrainCutsWhatDoesNotEnd) {
  grpc::ClientContext context;
  EchoResponse response;
  auto call = std::async(std::launch::async, [&] {
    return stub_->Unary(&context, MakeRequest("", test::ACTION_HANG), &response);
  });
  ASSERT_TRUE(server_.seen().WaitForStarted(1));
  EXPECT_FALSE(server_.Drain(10ms));
  EXPECT_EQ(call.get().error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(server_.seen().unwound(), 1u);
}

TEST_F(GrpcClient, ConnectionsAreSpreadOverTheLanes) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < 10; ++i) {
    Connect();
    EchoResponse response;
    ASSERT_TRUE(Call(MakeRequest("x"), response).ok());
    channels.push_back(channel_);
  }
  EXPECT_THAT(server_.connections_by_lane(), testing::ElementsAre(5u, 5u));
}

std::string SocketPath() {
  return testing::TempDir() + "scoregate_rpc_" + std::to_string(getpid()) + ".sock";
}

class GrpcClientUnix : public GrpcClient {
 protected:
  GrpcClientUnix() : GrpcClient({}, "unix:" + SocketPath()) {}
  ~GrpcClientUnix() override { unlink(SocketPath().c_str()); }
};

TEST_F(GrpcClientUnix, Unary) {
  EchoResponse response;
  grpc::Status status = Call(MakeRequest("hello", test::ACTION_DESCRIBE), response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.peer(), "unix:");
}

TEST(EchoServerTest, StopsWithCallsAndConnectionsOpen) {
  auto server = std::make_unique<EchoServer>();
  auto channel = grpc::CreateChannel(server->address(), grpc::InsecureChannelCredentials());
  auto stub = test::Echo::NewStub(channel);
  grpc::ClientContext context;
  auto chat = stub->Chat(&context);
  ASSERT_TRUE(chat->Write(MakeRequest("", test::ACTION_HANG)));
  ASSERT_TRUE(server->seen().WaitForStarted(1));
  server.reset();
  EXPECT_EQ(chat->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace scoregate::rpc
