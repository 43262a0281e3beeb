#include "tests/rpc/echo_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <cstdlib>
#include <future>
#include <stdexcept>
#include <utility>

#include "echo.pb.h"
#include "gateway/grpcwire/percent_encoding.h"
#include "gateway/lane/signal.h"

namespace scoregate::rpc {
namespace {

using test::EchoRequest;
using test::EchoResponse;

// Only a hang takes so long.
constexpr std::chrono::seconds kGiveUp{20};

struct HangGuard {
  explicit HangGuard(Sightings& sightings) : seen(sightings) { seen.AddStarted(); }
  ~HangGuard() { seen.AddUnwound(); }
  Sightings& seen;
};

Metadata RichFailure() {
  return {{"grpc-status", "5"},
          {"grpc-message", grpcwire::PercentEncode("no such thing: 100% né")},
          {"grpc-status-details-bin", "CAUSAm5v"},
          {"x-long-bin", std::string(kLongTrailerBytes, 'C')},
          {"x-reason", "because"}};
}

void Describe(const Call& call, EchoResponse& response) {
  for (const RequestField& field : call.view().metadata()) {
    auto* added = response.add_metadata();
    added->set_name(std::string(field.name));
    added->set_value(std::string(field.value));
  }
  response.set_compressed(call.message_read().compressed);
  response.set_path(std::string(call.view().path()));
  response.set_peer(std::string(call.view().peer()));
  const Peer& caller = call.view().caller();
  for (const CertificateName& name : caller.names) response.add_peer_names(name.text);
  response.set_tls(caller.tls);
  response.set_peer_pid(caller.credentials ? caller.credentials->pid : 0);
  if (auto deadline = call.view().deadline()) {
    response.set_remaining((*deadline - call.view().started()).count());
  }
}

class EchoService {
 public:
  explicit EchoService(std::shared_ptr<Sightings> seen) : seen_(std::move(seen)) {}

  lane::Task<Outcome> Unary(Call call, const EchoRequest& request, EchoResponse& response) const {
    co_return co_await Act(std::move(call), request, response);
  }

  lane::Task<Outcome> Collect(Call call, Reader<EchoRequest> reader, EchoResponse& response) const {
    EchoRequest request;
    std::string all;
    while (co_await reader.Read(request)) {
      Outcome outcome = co_await Act(call, request, response);
      if (!outcome.ok()) co_return outcome;
      all += request.body();
    }
    response.set_body(all);
    co_return Outcome();
  }

  lane::Task<Outcome> Repeat(Call call, const EchoRequest& request,
                             Writer<EchoResponse> writer) const {
    for (std::uint32_t i = 0; i < request.count(); ++i) {
      EchoResponse response;
      Outcome outcome = co_await Act(call, request, response);
      if (!outcome.ok()) co_return outcome;
      if (!co_await writer.Write(response)) co_return Outcome();
    }
    co_return Outcome();
  }

  lane::Task<Outcome> Chat(Call call, Reader<EchoRequest> reader,
                           Writer<EchoResponse> writer) const {
    EchoRequest request;
    while (co_await reader.Read(request)) {
      EchoResponse response;
      Outcome outcome = co_await Act(call, request, response);
      if (!outcome.ok()) co_return outcome;
      if (!co_await writer.Write(response)) co_return Outcome();
    }
    co_return Outcome();
  }

 private:
  lane::Task<Outcome> Act(Call call, const EchoRequest& request, EchoResponse& response) const {
    switch (request.action()) {
      case test::ACTION_ECHO:
        response.set_body(request.body());
        break;
      case test::ACTION_PLAIN:
        call.SetCompression(AnswerCompression::kNever);
        response.set_body(request.body());
        break;
      case test::ACTION_FAIL:
        call.AddInitialMetadata({{"x-dropped", "1"}});
        co_return Outcome(RichFailure());
      case test::ACTION_THROW:
        throw std::runtime_error("thrown by the test's handler");
      case test::ACTION_COMMIT:
        call.AddInitialMetadata({{"x-early", "1"}});
        call.SendInitialMetadata();
        co_return co_await Hang(call);
      case test::ACTION_HANG:
        co_return co_await Hang(call);
      case test::ACTION_DESCRIBE: {
        Describe(call, response);
        call.AddInitialMetadata({{"x-initial", "1"}, {"x-initial-bin", "AAECgA"}});
        Metadata trailers = {{"grpc-status", "0"}, {"x-trailing", "2"}};
        co_return Outcome(std::move(trailers));
      }
      case test::ACTION_BREAK:
        response.set_body("before");
        call.Send(response);
        co_return Outcome(RichFailure());
      default:
        break;
    }
    co_return Outcome();
  }

  lane::Task<Outcome> Hang(Call call) const {
    HangGuard guard(*seen_);
    lane::Signal never(call.executor());
    co_await never.Wait();
    co_return Outcome();
  }

  std::shared_ptr<Sightings> seen_;
};

const char* CodeOf(http::FaultKind kind) {
  using http::FaultKind;
  if (kind == FaultKind::kRequestInvalid) return "3";
  if (kind == FaultKind::kRequestTooLarge || kind == FaultKind::kConnectionLimit) return "8";
  if (kind == FaultKind::kMethodNotFound) return "12";
  if (kind == FaultKind::kTimeout) return "4";
  if (kind == FaultKind::kShuttingDown) return "14";
  return "13";
}

}  // namespace

Metadata WriteTestFailure(const http::Fault& fault, const CallView&) {
  return {{"grpc-status", CodeOf(fault.kind)},
          {"grpc-message", grpcwire::PercentEncode(fault.text)},
          {"x-fault", std::string(http::FaultName(fault.kind))},
          {"x-field", fault.field},
          {"x-resource", fault.resource}};
}

Router MakeEchoRouter(const std::shared_ptr<Sightings>& seen) {
  auto service = std::make_shared<const EchoService>(seen);
  Router router;
  router.Unary<EchoRequest, EchoResponse>(
      {"/scoregate.test.Echo/Unary", "body"},
      [service](Call call, const EchoRequest& request, EchoResponse& response) {
        return service->Unary(std::move(call), request, response);
      });
  router.ClientStreaming<EchoRequest, EchoResponse>(
      {"/scoregate.test.Echo/Collect", "body"},
      [service](Call call, Reader<EchoRequest> reader, EchoResponse& response) {
        return service->Collect(std::move(call), std::move(reader), response);
      });
  router.ServerStreaming<EchoRequest, EchoResponse>(
      {"/scoregate.test.Echo/Repeat", "body"},
      [service](Call call, const EchoRequest& request, Writer<EchoResponse> writer) {
        return service->Repeat(std::move(call), request, std::move(writer));
      });
  router.BidiStreaming<EchoRequest, EchoResponse>(
      {"/scoregate.test.Echo/Chat", "body"},
      [service](Call call, Reader<EchoRequest> reader, Writer<EchoResponse> writer) {
        return service->Chat(std::move(call), std::move(reader), std::move(writer));
      });
  return router;
}

SessionsOptions MakeEchoOptions(const std::shared_ptr<Sightings>& seen, const Limits& limits) {
  SessionsOptions options;
  options.limits = limits;
  options.write_failure = WriteTestFailure;
  options.on_end = [seen](const CallView& call, const CallEnd& end) {
    seen->Add({std::string(call.path()), std::string(end.grpc_status), end.request_bytes,
               end.response_bytes});
  };
  return options;
}

void Sightings::Add(SeenEnd end) {
  std::scoped_lock lock(mutex_);
  ends_.push_back(std::move(end));
  changed_.notify_all();
}

void Sightings::AddStarted() {
  std::scoped_lock lock(mutex_);
  ++started_;
  changed_.notify_all();
}

void Sightings::AddUnwound() {
  std::scoped_lock lock(mutex_);
  ++unwound_;
  changed_.notify_all();
}

bool Sightings::WaitForEnds(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kGiveUp, [&] { return ends_.size() >= count; });
}

bool Sightings::WaitForStarted(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kGiveUp, [&] { return started_ >= count; });
}

bool Sightings::WaitForUnwound(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kGiveUp, [&] { return unwound_ >= count; });
}

std::vector<SeenEnd> Sightings::ends() {
  std::scoped_lock lock(mutex_);
  return ends_;
}

std::size_t Sightings::started() {
  std::scoped_lock lock(mutex_);
  return started_;
}

std::size_t Sightings::unwound() {
  std::scoped_lock lock(mutex_);
  return unwound_;
}

EchoServer::EchoServer(Limits limits, const std::string& address, std::size_t lanes,
                       std::shared_ptr<const ServerTls> tls, const ConnectionPolicy& policy)
    : lanes_(lanes), tls_(std::move(tls)) {
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    SessionsOptions options = MakeEchoOptions(seen_, limits);
    options.connection = policy;
    sessions_.push_back(
        std::make_unique<Sessions>(lanes_[i], MakeEchoRouter(seen_), std::move(options)));
  }
  lanes_.Start();
  listener_ = std::make_shared<lane::Listener>(lanes_);
  if (listener_->Open(address)) std::abort();
  listener_->Start([this](std::size_t lane, lane::StreamSocket socket) {
    sessions_[lane]->Adopt(std::move(socket), Tls());
  });
}

std::shared_ptr<const ServerTls> EchoServer::Tls() {
  std::scoped_lock lock(tls_mutex_);
  return tls_;
}

void EchoServer::SetTls(std::shared_ptr<const ServerTls> tls) {
  std::scoped_lock lock(tls_mutex_);
  tls_ = std::move(tls);
}

EchoServer::~EchoServer() {
  listener_->Stop();
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].Run([&] { sessions_[i].reset(); });
  }
  lanes_.Stop();
}

bool EchoServer::Drain(std::chrono::milliseconds timeout) {
  listener_->Stop();
  bool whole = true;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    auto task = boost::asio::co_spawn(lanes_[i].executor(), sessions_[i]->Drain(timeout),
                                      boost::asio::use_future);
    whole = task.get() && whole;
  }
  return whole;
}

std::vector<std::size_t> EchoServer::connections_by_lane() {
  std::vector<std::size_t> counts;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].Run([&] { counts.push_back(sessions_[i]->connections()); });
  }
  return counts;
}

std::size_t EchoServer::connections() {
  std::size_t count = 0;
  for (std::size_t lane : connections_by_lane()) count += lane;
  return count;
}

std::size_t EchoServer::calls() {
  std::size_t count = 0;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    lanes_[i].Run([&] { count += sessions_[i]->calls(); });
  }
  return count;
}

}  // namespace scoregate::rpc
