// The yardstick: libgrpc's callback server that answers every Score with an empty error at once.
#include <grpcpp/grpcpp.h>

#include <csignal>
#include <iostream>

#include "scoring/v1/scoring.grpc.pb.h"

namespace {

class EmptyService final : public scoring::v1::ScoringService::CallbackService {
  grpc::ServerUnaryReactor* Score(grpc::CallbackServerContext* context,
                                  const scoring::v1::ScoreRequest*,
                                  scoring::v1::ScoreResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "no"));
    return reactor;
  }
};

}  // namespace

int main() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  EmptyService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  auto server = builder.BuildAndStart();
  std::cerr << "listening on 127.0.0.1:" << port << std::endl;
  int number = 0;
  sigwait(&signals, &number);
  server->Shutdown();
  return 0;
}
