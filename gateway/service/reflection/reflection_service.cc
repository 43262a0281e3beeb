#include "gateway/service/reflection/reflection_service.h"

#include "gateway/service/reflection/reflection_answers.h"
#include "grpc/reflection/v1/reflection.pb.h"
#include "grpc/reflection/v1alpha/reflection.pb.h"

namespace scoregate::service {
namespace {

namespace v1 = grpc::reflection::v1;
namespace v1alpha = grpc::reflection::v1alpha;

// The versions differ in their package alone, so that the bytes of one are those of the other.
void Recast(const google::protobuf::MessageLite& from, google::protobuf::MessageLite& to) {
  to.ParseFromString(from.SerializeAsString());
}

}  // namespace

template <typename Request, typename Response>
lane::Task<rpc::Outcome> ReflectionService::Answer(rpc::Call call, rpc::Reader<Request> reader,
                                                   rpc::Writer<Response> writer) {
  ReflectionAnswers answers(services_);
  while (true) {
    Request request;
    bool read = co_await reader.Read(request);
    if (!read) co_return rpc::Outcome();
    v1::ServerReflectionRequest asked;
    v1::ServerReflectionResponse answer;
    Recast(request, asked);
    http::Result<void> answered = answers.Answer(asked, answer);
    if (!answered.ok()) {
      CallContext context = reporter_.Begin(call.view(), http::CallKind::kScore);
      co_return reporter_.Fail(context, answered.fault());
    }
    Response response;
    Recast(answer, response);
    bool sent = co_await writer.Write(response);
    if (!sent) co_return rpc::Outcome();
  }
}

template <typename Request, typename Response>
void ReflectionService::AddVersion(const std::string& package, rpc::Router& router) {
  router.BidiStreaming<Request, Response>(
      {"/" + package + ".ServerReflection/ServerReflectionInfo", ""},
      [this](rpc::Call call, rpc::Reader<Request> reader, rpc::Writer<Response> writer) {
        return Answer<Request, Response>(std::move(call), std::move(reader), std::move(writer));
      });
}

void ReflectionService::AddTo(rpc::Router& router) {
  AddVersion<v1::ServerReflectionRequest, v1::ServerReflectionResponse>("grpc.reflection.v1",
                                                                        router);
  // Tools older than 2023 ask for this one.
  AddVersion<v1alpha::ServerReflectionRequest, v1alpha::ServerReflectionResponse>(
      "grpc.reflection.v1alpha", router);
}

}  // namespace scoregate::service
