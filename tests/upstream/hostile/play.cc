#include "tests/upstream/hostile/play.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "gateway/dialect/dialect.h"
#include "gateway/errorbody/read.h"
#include "gateway/grpcwire/code.h"
#include "gateway/translation/translate.h"
#include "google/rpc/error_details.pb.h"

namespace scoregate::upstream::hostile {
namespace {

using support::Script;
using support::ScriptedServer;

constexpr std::size_t kThreads = 16;

std::string Answer(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}
const std::string kOnTheFirst = "on the first connection";
const std::string kOnTheSecond = "on the second connection";

std::size_t CountRequests(const std::string& received) {
  std::size_t count = 0;
  constexpr std::string_view kStart = " /score?";
  for (std::size_t at = received.find(kStart); at != received.npos;
       at = received.find(kStart, at + kStart.size())) {
    ++count;
  }
  return count;
}

// As the service does it: a status, then the body, then what cannot be decoded.
std::optional<translation::Translation> Translate(const http::HttpOutcome& outcome,
                                                  const translation::CallFacts& facts) {
  if (!outcome.ok()) return translation::Translate(outcome.fault(), facts);
  const http::HttpResponse& answer = outcome.value();
  if (answer.status >= 200 && answer.status <= 299) {
    scoring::v1::ScoreResponse response;
    http::Result<dialect::Certainty> decoded =
        dialect::DialectOf(facts.kind)->DecodeScore(answer, endpoint::EndpointSettings(), response);
    const bool success = errorbody::IsSuccess(answer, facts.kind, facts.call);
    const bool certain = decoded.ok() && decoded.value() == dialect::Certainty::kSuccess;
    if (certain || (decoded.ok() && success)) return std::nullopt;
    if (success) {
      return translation::TranslateInvalidSuccess(decoded.fault(), answer.status, facts);
    }
  }
  return translation::Translate(errorbody::Read(answer, facts.kind, std::nullopt), facts);
}

std::string ReasonOf(const google::rpc::Status& status) {
  google::rpc::ErrorInfo info;
  for (const auto& detail : status.details()) {
    if (detail.UnpackTo(&info)) return info.reason();
  }
  return "no ErrorInfo";
}

bool HasRetryInfo(const google::rpc::Status& status) {
  for (const auto& detail : status.details()) {
    if (detail.Is<google::rpc::RetryInfo>()) return true;
  }
  return false;
}

ScriptedServer MakeServer(const Shape& shape, const Trust& trust) {
  Script first = shape.script;
  first.ReadRequest().Write(Answer(kOnTheFirst));
  Script second;
  for (int i = 0; i < 2; ++i) second.ReadRequest().Write(Answer(kOnTheSecond));
  ScriptedServer::Options options;
  if (shape.setting.tls == Setting::Tls::kServer) {
    options.tls = support::ServerTls{trust.server(), "", support::ServerTls::Begin::kAtOnce};
  }
  return ScriptedServer({first, second}, options);
}

void Prepare(const Shape& shape, const Trust& trust, Stage& stage) {
  stage.settings.limits.max_header_bytes = kMaxHeaderBytes;
  stage.settings.limits.max_response_bytes = kMaxResponseBytes;
  stage.settings.limits.max_error_body_bytes = kMaxErrorBodyBytes;
  stage.settings.limits.max_request_bytes = 64u << 20;
  if (shape.setting.tls != Setting::Tls::kNone) {
    stage.settings.address.tls = true;
    stage.settings.tls.ca_file = trust.authority_file();
  }
}

http::HttpOutcome Hangs() {
  return http::Fault(http::FaultKind::kInternal, "the exchange hangs");
}

http::HttpOutcome Exchange(Stage& stage, http::HttpRequest request) {
  std::unique_ptr<Pending> pending = stage.Start(std::move(request));
  if (stage.RunUntil([&] { return pending->ended(); })) return pending->outcome();
  pending->Cancel();
  stage.context().poll();
  return Hangs();
}

// Asks once more: whoever answers tells whether the connection was kept. What arrived on each is
// counted, so that a request that went astray is seen too.
std::string FindFate(const Shape& shape, Stage& stage, ScriptedServer& server) {
  bool to_be_closed = shape.expected.fate == Fate::kClosed;
  if (shape.setting.ends_unseen) {
    if (!server.WaitForPause(0, 1)) return "the server did not come to its end";
  } else if (to_be_closed) {
    server.Resume();
    if (!server.WaitForEnd(0)) return "still open";
  }
  // A handshake that failed leaves nothing that could be kept.
  if (shape.setting.tls == Setting::Tls::kClientOnly) {
    bool nothing = server.connections() == 1 && stage.client().idle_connections() == 0;
    return nothing ? "closed" : "kept after a handshake that failed";
  }
  stage.timeout = kLongestRun;
  std::string next = stage.Exchange(SmallRequest());
  bool kept = next == "200 " + kOnTheFirst;
  std::size_t before = shape.setting.on_a_kept_connection ? 1 : 0;
  std::size_t expected = before + (kept ? 2 : 1);
  if (shape.setting.requests != 0) expected = shape.setting.requests;
  std::size_t first = CountRequests(server.received(0));
  std::size_t connections = kept ? 1 : 2;
  bool right = kept || next == "200 " + kOnTheSecond;
  if (right && first == expected && server.connections() == connections) {
    return FateName(kept ? Fate::kKept : Fate::kClosed);
  }
  return "then: " + next + "; " + std::to_string(first) + " requests on the first of " +
         std::to_string(server.connections()) + " connections";
}

support::CertificateOrder Loopback() {
  support::CertificateOrder order;
  order.addresses = {"127.0.0.1"};
  return order;
}

}  // namespace

std::string FateName(Fate fate) {
  return fate == Fate::kKept ? "kept" : "closed";
}

std::string RetryName(Retry retry) {
  switch (retry) {
    case Retry::kNever:
      return "no";
    case Retry::kWhereRepeatable:
      return "if idempotent";
    case Retry::kAlways:
      return "yes";
  }
  return "";
}

CallerView ShowToCaller(const http::HttpOutcome& outcome, bool idempotent) {
  translation::CallFacts facts;
  facts.endpoint = "test";
  facts.idempotent = idempotent;
  std::optional<translation::Translation> translated = Translate(outcome, facts);
  if (!translated) return {"OK", false};
  auto code = grpcwire::CodeFromNumber(translated->Status().code());
  std::string text(code ? grpcwire::CodeName(*code) : "no code");
  return {text + " " + ReasonOf(translated->Status()), HasRetryInfo(translated->Status())};
}

void ShowToCaller(const http::HttpOutcome& outcome, Found& found) {
  CallerView repeatable = ShowToCaller(outcome, true);
  CallerView once = ShowToCaller(outcome, false);
  found.status = repeatable.status;
  if (once.status != repeatable.status) found.status += " or " + once.status;
  found.retry = once.retry         ? Retry::kAlways
                : repeatable.retry ? Retry::kWhereRepeatable
                                   : Retry::kNever;
}

Trust::Trust() : server_(authority_.Issue(Loopback())), file_(authority_.certificate()) {}

Found Play(const Shape& shape, const Trust& trust) {
  ScriptedServer server = MakeServer(shape, trust);
  Stage stage(server.port());
  Prepare(shape, trust, stage);
  Found found;
  if (shape.setting.on_a_kept_connection) {
    found.outcome = stage.Exchange(SmallRequest());
    if (found.outcome != "200 " + kGood || !server.WaitForPause(0, 1)) return found;
    server.Resume();
    if (shape.setting.closes_before && !server.WaitForEnd(0)) return found;
  }
  if (shape.setting.stage) shape.setting.stage(stage);
  http::HttpRequest request = SmallRequest();
  if (shape.setting.request) shape.setting.request(request);
  http::HttpOutcome outcome = Exchange(stage, std::move(request));
  found.outcome = Describe(outcome, server.port());
  ShowToCaller(outcome, found);
  found.connection = FindFate(shape, stage, server);
  return found;
}

void RunAtOnce(std::size_t count, const std::function<void(std::size_t)>& one) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (std::size_t index = next++; index < count; index = next++) one(index);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

std::vector<Found> PlayAll(const std::vector<Shape>& shapes, const Trust& trust) {
  std::vector<Found> found(shapes.size());
  RunAtOnce(shapes.size(), [&](std::size_t i) { found[i] = Play(shapes[i], trust); });
  return found;
}

}  // namespace scoregate::upstream::hostile
