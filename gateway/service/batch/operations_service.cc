#include "gateway/service/batch/operations_service.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/lane/ask.h"
#include "gateway/service/batch/operation_page.h"
#include "gateway/service/batch/poll_pace.h"

namespace scoregate::service {
namespace {

using dialect::classic::JobCall;
using google::longrunning::Operation;
using http::CallKind;
using http::Fault;
using http::FaultKind;

// A request that waits longer than this waits as long.
constexpr std::chrono::hours kLongestWait{24};

std::optional<Fault> CheckList(const google::longrunning::ListOperationsRequest& request) {
  auto invalid = [](const char* field, const char* text) {
    return Fault(FaultKind::kRequestInvalid, field, text);
  };
  if (!request.name().empty() && request.name() != "operations") {
    return invalid("name", "the collection is called operations");
  }
  if (!request.filter().empty()) return invalid("filter", "operations cannot be filtered");
  if (request.page_size() < 0) return invalid("page_size", "a page has at least one operation");
  if (!request.page_token().empty() && !ReadPageToken(request.page_token())) {
    return invalid("page_token", "use the next_page_token of the page before, or none");
  }
  return std::nullopt;
}

// When a wait ends: after request.timeout, and before the caller's deadline in any case.
lane::Clock::time_point WaitEnd(const google::longrunning::WaitOperationRequest& request,
                                const rpc::CallView& caller) {
  auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(kLongestWait);
  if (request.has_timeout()) {
    const std::int64_t seconds = std::clamp<std::int64_t>(
        request.timeout().seconds(), 0, std::chrono::seconds(kLongestWait).count());
    wait = std::chrono::seconds(seconds) +
           std::chrono::milliseconds(std::max(request.timeout().nanos(), 0) / 1'000'000);
  }
  lane::Clock::time_point end = caller.started() + wait;
  if (caller.deadline()) end = std::min(end, *caller.deadline() - kReplyMargin);
  return end;
}

}  // namespace

OperationsService::OperationsService(Jobs& jobs) : jobs_(jobs), random_(std::random_device()()) {}

lane::Task<rpc::Outcome> OperationsService::ListOperations(
    rpc::Call call, const google::longrunning::ListOperationsRequest& request,
    google::longrunning::ListOperationsResponse& response) {
  CallContext context = jobs_.reporter().Begin(call.view(), CallKind::kGetOperation);
  if (auto wrong = CheckList(request)) co_return jobs_.reporter().Fail(context, *wrong);
  std::vector<ListedJob> all;
  for (const JobPeer& peer : jobs_.peers()) {
    // Another lane's jobs are copied on that lane: nothing here is locked.
    auto copy = [jobs = peer.jobs] {
      return std::vector<ListedJob>(jobs->jobs().begin(), jobs->jobs().end());
    };
    auto some = co_await lane::Ask(call.executor(), *peer.lane, copy);
    if (!some) co_return rpc::Outcome();  // The call is over.
    std::ranges::move(*some, std::back_inserter(all));
  }
  FillPage(std::move(all), ReadPageToken(request.page_token()),
           static_cast<std::size_t>(request.page_size()), response);
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> OperationsService::GetOperation(
    rpc::Call call, const google::longrunning::GetOperationRequest& request, Operation& response) {
  CallContext context = jobs_.reporter().Begin(call.view(), CallKind::kGetOperation);
  auto job = jobs_.Find(request.name());
  if (!job.ok()) co_return jobs_.reporter().Fail(context, job.fault());
  context.endpoint = &job.value().endpoint->shared();
  context.operation = request.name();
  Sight sight = co_await jobs_.Look(context, job.value(), response);
  co_return sight.TakeOutcome();
}

lane::Task<rpc::Outcome> OperationsService::DeleteOperation(
    rpc::Call call, const google::longrunning::DeleteOperationRequest& request,
    google::protobuf::Empty&) {
  CallContext context = jobs_.reporter().Begin(call.view(), CallKind::kGetOperation);
  auto job = jobs_.Find(request.name());
  if (!job.ok()) co_return jobs_.reporter().Fail(context, job.fault());
  for (const JobPeer& peer : jobs_.peers()) {
    peer.lane->Post([jobs = peer.jobs, name = request.name()] { jobs->Forget(name); });
  }
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> OperationsService::CancelOperation(
    rpc::Call call, const google::longrunning::CancelOperationRequest& request,
    google::protobuf::Empty&) {
  CallContext context = jobs_.reporter().Begin(call.view(), CallKind::kGetOperation);
  auto job = jobs_.Find(request.name());
  if (!job.ok()) co_return jobs_.reporter().Fail(context, job.fault());
  context.endpoint = &job.value().endpoint->shared();
  context.operation = request.name();
  co_return co_await jobs_.Tell(context, job.value(), JobCall::kCancel);
}

lane::Task<rpc::Outcome> OperationsService::WaitOperation(
    rpc::Call call, const google::longrunning::WaitOperationRequest& request, Operation& response) {
  CallContext context = jobs_.reporter().Begin(call.view(), CallKind::kGetOperation);
  auto job = jobs_.Find(request.name());
  if (!job.ok()) co_return jobs_.reporter().Fail(context, job.fault());
  context.endpoint = &job.value().endpoint->shared();
  context.operation = request.name();
  const lane::Clock::time_point end = WaitEnd(request, call.view());
  const lane::Clock::time_point started = call.view().started();
  lane::Timer timer(call.executor());
  std::optional<std::chrono::milliseconds> advised;
  context.advised_delay = &advised;
  PollPace pace;
  bool seen = false;
  while (true) {
    const lane::Clock::time_point latest = seen ? end : std::max(end, started + kFirstLookPatience);
    Sight sight = co_await jobs_.Look(context, job.value(), response, latest);
    seen = seen || sight.ok();
    const lane::Clock::time_point now = lane::Clock::now();
    if (seen && now >= end) co_return rpc::Outcome();
    const bool not_there_yet = sight.absent() && now < started + kFreshJobPatience;
    const bool over = sight.ok() ? response.done() : !advised && !not_there_yet;
    if (over) co_return sight.TakeOutcome();
    const auto least =
        sight.ok() ? std::chrono::milliseconds(0) : advised.value_or(std::chrono::milliseconds(0));
    const std::chrono::milliseconds pause =
        pace.Next(std::uniform_real_distribution<>(0, 1)(random_));
    const lane::Clock::time_point next = now + std::max(pause, least);
    // One last look would come too late: the pause ends with the wait.
    timer.expires_at(std::min(next, end));
    co_await timer.async_wait(lane::kUseTask);
    if (next >= end && seen) co_return rpc::Outcome();
    if (next >= end) co_return sight.TakeOutcome();
  }
}

void OperationsService::AddTo(rpc::Router& router) {
  auto add = [&]<typename Request, typename Response>(
                 const char* method, lane::Task<rpc::Outcome> (OperationsService::*handler)(
                                         rpc::Call, const Request&, Response&)) {
    router.Unary<Request, Response>(
        {std::string("/google.longrunning.Operations/") + method, "name"},
        [this, handler](rpc::Call call, const Request& request, Response& response) {
          return (this->*handler)(std::move(call), request, response);
        });
  };
  add("ListOperations", &OperationsService::ListOperations);
  add("GetOperation", &OperationsService::GetOperation);
  add("DeleteOperation", &OperationsService::DeleteOperation);
  add("CancelOperation", &OperationsService::CancelOperation);
  add("WaitOperation", &OperationsService::WaitOperation);
}

}  // namespace scoregate::service
