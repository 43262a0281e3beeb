// The yardstick: libgrpc's callback server that answers every Score with an error at once. The
// error is empty and always the same, or has as many bytes of details as the first argument says,
// which change with every call as a real error's do.
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>

#include "scoring/v1/scoring.grpc.pb.h"

namespace {

// Details that no header table remembers: where they end, each call has a number of its own.
class Details {
 public:
  explicit Details(std::size_t bytes) {
    constexpr std::string_view kWords = "type.googleapis.com/google.rpc.ErrorInfo";
    for (std::size_t i = 0; i < bytes; ++i) text_ += kWords[i % kWords.size()];
  }

  std::string Next() {
    std::string text = text_;
    std::string number = std::to_string(kFirst + calls_.fetch_add(1, std::memory_order_relaxed));
    if (text.size() >= number.size())
      text.replace(text.size() - number.size(), number.size(), number);
    return text;
  }

 private:
  static constexpr std::uint64_t kFirst = 1'000'000'000;
  std::string text_;
  std::atomic<std::uint64_t> calls_ = 0;
};

class FailingService final : public scoring::v1::ScoringService::CallbackService {
 public:
  explicit FailingService(std::size_t details_bytes) : details_(details_bytes) {}

 private:
  grpc::ServerUnaryReactor* Score(grpc::CallbackServerContext* context,
                                  const scoring::v1::ScoreRequest*,
                                  scoring::v1::ScoreResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "no", details_.Next()));
    return reactor;
  }

  Details details_;
};

}  // namespace

int main(int argc, char** argv) {
  std::size_t details_bytes = 0;
  if (argc > 1) {
    std::string_view text = argv[1];
    std::from_chars(text.data(), text.data() + text.size(), details_bytes);
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  FailingService service(details_bytes);
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
