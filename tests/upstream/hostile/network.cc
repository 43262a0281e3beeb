#include "tests/upstream/hostile/network.h"

#include <chrono>
#include <utility>

namespace scoregate::upstream::hostile {
namespace {

using std::chrono::milliseconds;
using support::Flow;
using support::Script;
using support::ScriptedServer;
using support::Toxic;
using support::ToxicKind;

// A deadline comes before a toxic is through, and that before a patient caller gives up.
constexpr milliseconds kDeadline{500};
constexpr milliseconds kToxicTime{1000};
// A reset comes when the request is on its way, but well before the deadline.
constexpr milliseconds kResetTime{100};
// Enough that the deadline comes first although the buffers of both kernels and of the proxy, 10
// MiB together, are full when a toxic is added.
constexpr std::size_t kLargeBodyBytes = 16u << 20;
constexpr std::size_t kLargeBytesASecond = 10u << 20;
constexpr std::size_t kLargeSliceBytes = 64u << 10;
constexpr milliseconds kLargeSliceTime{8};
constexpr std::size_t kReadBeforeBytes = 64u << 10;
// The answer, head and all, and what goes to the server of a small request.
constexpr std::size_t kAnswerBodyBytes = 2000;
constexpr std::size_t kBytesASecond = 2500;
constexpr std::size_t kSliceBytes = 50;
constexpr milliseconds kSliceTime{20};
// A handshake is shorter than an answer.
constexpr std::size_t kHandshakeBytesASecond = 1000;
constexpr milliseconds kHandshakeSliceTime{50};
constexpr std::size_t kLimitBytes = 60;
// A request of some size for the phase in which nothing else can be hurt.
constexpr std::size_t kSmallBodyBytes = 2000;

// Behind a handshake that was slow the answer need not be.
std::string BodyOf(const NetworkRow& row) {
  if (row.phase == Phase::kHandshake) return kGood;
  return kGood + Repeat(" ", kAnswerBodyBytes - kGood.size());
}

bool IsLarge(Phase phase) {
  return phase == Phase::kRequest;
}

// Which way the toxic works, so that it meets the phase. The end of a connection comes from the
// server.
Flow FlowOf(ToxicKind kind, Phase phase) {
  bool request = phase == Phase::kConnect || phase == Phase::kRequest;
  return request && kind != ToxicKind::kSlowClose ? Flow::kRequest : Flow::kAnswer;
}

Toxic ToxicOf(const NetworkRow& row) {
  Toxic toxic{.kind = row.toxic, .flow = FlowOf(row.toxic, row.phase)};
  bool large = IsLarge(row.phase);
  bool handshake = row.phase == Phase::kHandshake;
  switch (row.toxic) {
    case ToxicKind::kDown:
      break;
    case ToxicKind::kLatency:
    case ToxicKind::kSlowClose:
    case ToxicKind::kTimeout:
      toxic.time = kToxicTime;
      break;
    case ToxicKind::kResetPeer:
      toxic.time = kResetTime;
      break;
    case ToxicKind::kBandwidth:
      toxic.bytes = large ? kLargeBytesASecond : handshake ? kHandshakeBytesASecond : kBytesASecond;
      break;
    case ToxicKind::kSlicer:
      toxic.bytes = large ? kLargeSliceBytes : kSliceBytes;
      toxic.time = large ? kLargeSliceTime : handshake ? kHandshakeSliceTime : kSliceTime;
      break;
    case ToxicKind::kLimitData:
      toxic.bytes = kLimitBytes;
      break;
  }
  return toxic;
}

// The answer in the two parts between which the body's phase is. The rows of slow_close need an
// answer that ends with its connection.
struct Answer {
  std::string first;
  std::string second;
};
Answer AnswerOf(const NetworkRow& row) {
  std::string body = BodyOf(row);
  std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  if (row.toxic == ToxicKind::kSlowClose) length.clear();
  constexpr std::size_t kFirstBodyBytes = 10;
  return {Ok(length + "\r\n" + body.substr(0, kFirstBodyBytes)), body.substr(kFirstBodyBytes)};
}

Script ScriptOf(const NetworkRow& row) {
  Answer answer = AnswerOf(row);
  Script script;
  switch (row.phase) {
    case Phase::kConnect:
      script.ReadRequest();
      break;
    case Phase::kHandshake:
      script.Pause().StartTls().ReadRequest();
      break;
    case Phase::kRequest:
      script.ReadBytes(kReadBeforeBytes).Pause().ReadBytes(kLargeBodyBytes - kReadBeforeBytes);
      break;
    case Phase::kHead:
      script.ReadRequest().Pause();
      break;
    case Phase::kBody:
      script.ReadRequest().Write(answer.first).Pause().Write(answer.second);
      break;
    case Phase::kBetweenCalls:
      script.ReadRequest().Write(Ok(kLength + "\r\n" + kGood)).ReadRequest();
      break;
  }
  if (row.phase != Phase::kBody) script.Write(answer.first + answer.second);
  if (row.toxic == ToxicKind::kSlowClose) script.Close();
  return script;
}

std::unique_ptr<ScriptedServer> MakeServer(const NetworkRow& row, const Trust& trust) {
  ScriptedServer::Options options;
  if (row.phase == Phase::kHandshake) {
    options.tls =
        support::ServerTls{trust.server(), "", support::ServerTls::Begin::kWhenTheScriptSays};
  }
  return std::make_unique<ScriptedServer>(std::vector<Script>{ScriptOf(row)}, options);
}

http::HttpRequest RequestOf(const NetworkRow& row) {
  http::HttpRequest request = SmallRequest();
  request.body.assign(IsLarge(row.phase) ? kLargeBodyBytes : kSmallBodyBytes, 'x');
  return request;
}

// Where the body's good text is followed by blanks only, they say nothing.
std::string WithoutBlanks(std::string outcome) {
  outcome.erase(outcome.find_last_not_of(' ') + 1);
  return outcome;
}

}  // namespace

std::string ToxicName(ToxicKind kind) {
  switch (kind) {
    case ToxicKind::kLatency:
      return "latency";
    case ToxicKind::kDown:
      return "down";
    case ToxicKind::kBandwidth:
      return "bandwidth";
    case ToxicKind::kSlowClose:
      return "slow_close";
    case ToxicKind::kTimeout:
      return "timeout";
    case ToxicKind::kResetPeer:
      return "reset_peer";
    case ToxicKind::kSlicer:
      return "slicer";
    case ToxicKind::kLimitData:
      return "limit_data";
  }
  return "";
}

std::string PhaseName(Phase phase) {
  switch (phase) {
    case Phase::kConnect:
      return "connecting";
    case Phase::kHandshake:
      return "in the TLS handshake";
    case Phase::kRequest:
      return "in the request";
    case Phase::kHead:
      return "waiting for the answer";
    case Phase::kBody:
      return "in the answer's body";
    case Phase::kBetweenCalls:
      return "between two calls";
  }
  return "";
}

Found PlayNetwork(const NetworkRow& row, Hurry hurry, const Trust& trust, const MakeNetwork& make) {
  std::unique_ptr<ScriptedServer> server = MakeServer(row, trust);
  std::unique_ptr<support::FaultyNetwork> network = make(server->port());
  Stage stage(network->port());
  stage.settings.limits.max_request_bytes = 2 * kLargeBodyBytes;
  stage.settings.address.tls = row.phase == Phase::kHandshake;
  stage.settings.tls.ca_file = trust.authority_file();
  Found found;
  if (row.phase == Phase::kBetweenCalls) {
    found.outcome = stage.Exchange(SmallRequest());
    if (found.outcome != "200 " + kGood) return found;
  }
  bool at_a_pause = row.phase != Phase::kConnect && row.phase != Phase::kBetweenCalls;
  if (!at_a_pause) network->Add(ToxicOf(row));
  if (hurry == Hurry::kDeadline) stage.timeout = kDeadline;
  std::unique_ptr<Pending> call = stage.Start(RequestOf(row));
  if (at_a_pause) {
    stage.RunUntil([&] { return call->ended() || server->pauses(0) > 0; });
    if (row.phase == Phase::kBody) network->Settle();
    network->Add(ToxicOf(row));
    server->Resume();
  }
  if (!stage.RunUntil([&] { return call->ended(); })) {
    found.outcome = "the call hangs";
    call->Cancel();
    stage.context().poll();
    return found;
  }
  found.outcome = WithoutBlanks(Describe(call->outcome(), network->port()));
  ShowToCaller(call->outcome(), found);
  found.connection = FateName(stage.client().idle_connections() > 0 ? Fate::kKept : Fate::kClosed);
  return found;
}

}  // namespace scoregate::upstream::hostile
