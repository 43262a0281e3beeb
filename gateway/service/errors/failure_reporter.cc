#include "gateway/service/errors/failure_reporter.h"

#include <absl/strings/escaping.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <functional>
#include <utility>

#include "gateway/errorbody/read.h"
#include "gateway/errorbody/text.h"
#include "gateway/http/time_limit.h"
#include "gateway/redact/redact.h"
#include "gateway/translation/trailers.h"

namespace scoregate::service {
namespace {

// Ids of callers longer than this are not taken over.
constexpr std::size_t kMaxRequestIdBytes = 64;
// Retry delays are spread by up to a fifth, so that callers do not come back all at once.
constexpr double kMaxJitterFactor = 1.2;

bool IsUsableRequestId(std::string_view id) {
  bool word = std::ranges::all_of(id, [](char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
           c == '_' || c == '.';
  });
  return word && !id.empty() && id.size() <= kMaxRequestIdBytes;
}

// Which call a failure of rpc itself belongs to: only ScoreRaw's facts differ.
http::CallKind CallOf(std::string_view path) {
  return path.ends_with("/ScoreRaw") ? http::CallKind::kScoreRaw : http::CallKind::kScore;
}

std::uint32_t PreviousAttempts(const rpc::CallView& caller) {
  std::uint32_t attempts = 0;
  std::string_view text = caller.Find("grpc-previous-rpc-attempts").value_or("");
  std::from_chars(text.data(), text.data() + text.size(), attempts);
  return attempts;
}

// Nothing where no retry is advised: a pushback of -1 says so to the caller's library.
std::optional<std::chrono::milliseconds> AdvisedDelay(const translation::Translation& translated) {
  if (translated.pushback_ms.value_or(-1) < 0) return std::nullopt;
  return std::chrono::milliseconds(*translated.pushback_ms);
}

// The answer without what the gateway holds itself, if it quotes any of that.
std::optional<http::HttpResponse> Hidden(const CallContext& context, const http::HttpRequest& sent,
                                         const http::HttpResponse& answer) {
  if (context.endpoint == nullptr) return std::nullopt;
  return context.endpoint->secrets().Hidden(sent, answer);
}

// The failures of one connection's calls of one method at one endpoint for one reason are a flood
// when they are many. The bytes of the peer's address lie in what is kept of its connection, so
// their place tells connections apart, also those of a unix socket.
std::uint64_t FlowOf(const CallContext& context, const std::string& rule) {
  const std::hash<std::string_view> hash;
  auto mix = [flow = std::uint64_t{0}](std::uint64_t more) mutable {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15;
    return flow = (flow ^ more) * kOdd;
  };
  mix(std::hash<const void*>()(context.caller.peer().data()));
  mix(hash(context.caller.path()));
  if (context.endpoint != nullptr) mix(hash(context.endpoint->settings().name));
  return mix(hash(rule));
}

// A caller whose deadline comes takes back its call, which arrives as a call that was cancelled,
// often a moment before the gateway's own clock has come to that deadline.
http::Fault Told(const CallContext& context, http::Fault fault) {
  constexpr std::chrono::milliseconds kMoment{50};
  const rpc::CallView& caller = context.caller;
  if (fault.kind != http::FaultKind::kCancelled || !caller.deadline()) return fault;
  if (lane::Clock::now() < *caller.deadline() - kMoment) return fault;
  fault.text += http::Named(http::CallersLimit(*caller.deadline() - caller.started()));
  return fault;
}

http::UnixSeconds Now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

FailureReporter::FailureReporter(const ErrorOptions& options)
    : options_(options), random_(std::random_device()()) {}

std::string FailureReporter::NewRequestId() {
  const std::array<std::uint64_t, 2> bits = {random_(), random_()};
  return absl::BytesToHexString({reinterpret_cast<const char*>(bits.data()), sizeof(bits)});
}

CallContext FailureReporter::Begin(const rpc::CallView& caller, http::CallKind call) {
  std::string_view own = caller.Find("x-request-id").value_or("");
  return {caller, call, IsUsableRequestId(own) ? std::string(own) : NewRequestId(), nullptr, {}};
}

translation::CallFacts FailureReporter::FactsOf(const CallContext& context) {
  translation::CallFacts facts;
  facts.call = context.call;
  facts.request_id = context.request_id;
  facts.accept_language = context.caller.Find("accept-language").value_or("");
  facts.previous_attempts = PreviousAttempts(context.caller);
  if (context.caller.deadline()) {
    auto left = *context.caller.deadline() - lane::Clock::now();
    facts.remaining_deadline = std::chrono::duration_cast<std::chrono::milliseconds>(left);
  }
  facts.jitter_factor = std::uniform_real_distribution<>(1.0, kMaxJitterFactor)(random_);
  facts.debug_info =
      options_.allow_debug_info && context.caller.Find("x-scoregate-debug").value_or("") == "1";
  facts.caller_owns_body = context.call == http::CallKind::kScoreRaw;
  facts.help_base_url = options_.help_base_url;
  facts.operation = context.operation;
  facts.work_done = context.work_done;
  if (context.endpoint == nullptr) {
    facts.idempotent = endpoint::EndpointSettings().IsIdempotent(context.call);
    return facts;
  }
  const endpoint::EndpointSettings& settings = context.endpoint->settings();
  facts.kind = settings.kind;
  facts.endpoint = settings.name;
  facts.settings = &settings;
  facts.idempotent = settings.IsIdempotent(context.call);
  return facts;
}

rpc::Outcome FailureReporter::Fail(const CallContext& context, const http::Fault& fault) {
  return Finish(context, translation::Translate(Told(context, fault), FactsOf(context)), nullptr);
}

rpc::Outcome FailureReporter::Fail(const CallContext& context, const http::HttpRequest& sent,
                                   const http::HttpResponse& received) {
  const std::optional<http::HttpResponse> hidden = Hidden(context, sent, received);
  const http::HttpResponse& answer = hidden ? *hidden : received;
  translation::CallFacts facts = FactsOf(context);
  errorbody::ReportedError error = errorbody::Read(answer, facts.kind, Now());
  translation::Translation translated = translation::Translate(error, facts);
  if (context.endpoint != nullptr) {
    context.endpoint->health().Learn(EvidenceOf(answer.status, translated));
  }
  return Finish(context, std::move(translated), &answer);
}

rpc::Outcome FailureReporter::FailInvalidSuccess(const CallContext& context,
                                                 const http::Fault& fault,
                                                 const http::HttpRequest& sent,
                                                 const http::HttpResponse& received) {
  const std::optional<http::HttpResponse> hidden = Hidden(context, sent, received);
  const http::HttpResponse& answer = hidden ? *hidden : received;
  const http::Fault told =
      context.endpoint == nullptr ? fault : context.endpoint->secrets().Hidden(sent, fault);
  return Finish(context,
                translation::TranslateInvalidSuccess(told, answer.status, FactsOf(context)),
                &answer);
}

google::rpc::Status FailureReporter::Describe(const CallContext& context,
                                              const errorbody::ReportedError& error) {
  const CallContext part = AsPart(context);
  return KeepPart(part, translation::Translate(error, FactsOf(part)));
}

google::rpc::Status FailureReporter::Describe(const CallContext& context,
                                              const http::Fault& fault) {
  const CallContext part = AsPart(context);
  return KeepPart(part, translation::Translate(fault, FactsOf(part)));
}

CallContext FailureReporter::AsPart(const CallContext& context) const {
  CallContext part = context;
  const telemetry::FailedCall* kept = failures_.FindOperation(context.operation);
  if (kept != nullptr) part.request_id = kept->request_id;
  return part;
}

google::rpc::Status FailureReporter::KeepPart(const CallContext& context,
                                              translation::Translation translated) {
  google::rpc::Status status = translated.Status();
  const telemetry::FailedCall* kept = failures_.Find(context.request_id);
  const bool known = kept != nullptr && kept->status == translated.packed;
  if (!known) Keep(context, context.operation, std::move(translated), nullptr);
  return status;
}

rpc::Metadata FailureReporter::Write(const http::Fault& fault, const rpc::CallView& caller) {
  CallContext context = Begin(caller, CallOf(caller.path()));
  return Fail(context, fault).TakeTrailers();
}

rpc::Outcome FailureReporter::Finish(const CallContext& context,
                                     translation::Translation translated,
                                     const http::HttpResponse* answer) {
  if (context.advised_delay != nullptr) *context.advised_delay = AdvisedDelay(translated);
  rpc::Outcome outcome(translation::Trailers(translated));
  Keep(context, {}, std::move(translated), answer);
  return outcome;
}

void FailureReporter::Keep(const CallContext& context, std::string operation,
                           translation::Translation translated, const http::HttpResponse* answer) {
  telemetry::FailedCall failed;
  failed.request_id = context.request_id;
  failed.time = std::chrono::system_clock::now();
  failed.method = context.caller.path();
  if (context.endpoint != nullptr) failed.endpoint = context.endpoint->settings().name;
  failed.operation = std::move(operation);
  failed.flow = FlowOf(context, translated.rule);
  failed.status = std::move(translated.packed);
  if (answer != nullptr) {
    // Redacted before it is cut, and what is not read is cut between words: a secret that is known
    // by its shape must not be halved first.
    constexpr std::size_t kReadBytes = 2 * telemetry::kMaxKeptBodyBytes;
    std::string rewritten;
    std::string_view body = errorbody::WithoutByteOrderMark(answer->body, rewritten);
    failed.body_cut = answer->body_cut || body.size() > telemetry::kMaxKeptBodyBytes;
    if (body.size() > kReadBytes || answer->body_cut) {
      body = errorbody::WithoutCutWord(body.substr(0, kReadBytes));
    }
    failed.body = redact::Redact(body);
    if (failed.body.size() > telemetry::kMaxKeptBodyBytes) {
      failed.body.resize(telemetry::kMaxKeptBodyBytes);
    }
  }
  failures_.Add(std::move(failed));
}

}  // namespace scoregate::service
