#include "gateway/service/batch/operations_service.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/lane/ask.h"

namespace scoregate::service {
namespace {

using dialect::classic::JobCall;
using google::longrunning::Operation;
using http::CallKind;
using http::Fault;
using http::FaultKind;

constexpr std::size_t kDefaultPageSize = 100;
constexpr std::size_t kMaxPageSize = 1000;
// A page ends early rather than being larger than this: gRPC clients take 4 MiB unless told more.
constexpr std::size_t kMaxPageBytes = std::size_t{1} * 1024 * 1024;
// A request that waits longer than this waits as long.
constexpr std::chrono::hours kLongestWait{24};

// Where a page begins: the number of jobs before it.
std::optional<std::size_t> ReadPageToken(const std::string& token) {
  std::size_t start = 0;
  if (token.empty()) return start;
  auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), start);
  if (error != std::errc() || end != token.data() + token.size()) return std::nullopt;
  return start;
}

std::optional<Fault> CheckList(const google::longrunning::ListOperationsRequest& request) {
  auto invalid = [](const char* field, const char* text) {
    return Fault(FaultKind::kRequestInvalid, field, text);
  };
  if (!request.name().empty() && request.name() != "operations") {
    return invalid("name", "the collection is called operations");
  }
  if (!request.filter().empty()) return invalid("filter", "operations cannot be filtered");
  if (request.page_size() < 0) return invalid("page_size", "a page has at least one operation");
  if (!ReadPageToken(request.page_token())) {
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

// The page of `all` that begins at `start`; where the next one begins.
std::size_t FillPage(const std::vector<ListedJob>& all, std::size_t start, std::size_t size,
                     google::longrunning::ListOperationsResponse& page) {
  const std::size_t end = std::min(start + std::min(size, kMaxPageSize), all.size());
  std::size_t bytes = 0;
  std::size_t next = start;
  for (; next < end; ++next) {
    bytes += all[next].operation->ByteSizeLong();
    if (bytes > kMaxPageBytes && next > start) break;
    *page.add_operations() = *all[next].operation;
  }
  return next;
}

}  // namespace

OperationsService::OperationsService(Jobs& jobs) : jobs_(jobs), random_(std::random_device()()) {}

std::chrono::milliseconds OperationsService::Spread(std::chrono::milliseconds pause) {
  const double factor = std::uniform_real_distribution<>(0.8, 1.2)(random_);
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(static_cast<double>(pause.count()) * factor));
}

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
  std::ranges::stable_sort(all, {}, &ListedJob::created);
  const std::size_t start = std::min(*ReadPageToken(request.page_token()), all.size());
  const std::size_t size =
      request.page_size() == 0 ? kDefaultPageSize : static_cast<std::size_t>(request.page_size());
  const std::size_t next = FillPage(all, start, size, response);
  if (next < all.size()) response.set_next_page_token(std::to_string(next));
  co_return rpc::Outcome();
}

lane::Task<rpc::Outcome> OperationsService::GetOperation(
    rpc::Call call, const google::longrunning::GetOperationRequest& request, Operation& response) {
  CallContext context = jobs_.reporter().Begin(call.view(), CallKind::kGetOperation);
  auto job = jobs_.Find(request.name());
  if (!job.ok()) co_return jobs_.reporter().Fail(context, job.fault());
  context.endpoint = &job.value().endpoint->shared();
  co_return co_await jobs_.Look(context, job.value(), response);
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
  co_return co_await jobs_.Tell(context, job.value(), JobCall::kCancel);
}

lane::Task<rpc::Outcome> OperationsService::WaitOperation(
    rpc::Call call, const google::longrunning::WaitOperationRequest& request, Operation& response) {
  CallContext context = jobs_.reporter().Begin(call.view(), CallKind::kGetOperation);
  auto job = jobs_.Find(request.name());
  if (!job.ok()) co_return jobs_.reporter().Fail(context, job.fault());
  context.endpoint = &job.value().endpoint->shared();
  const lane::Clock::time_point end = WaitEnd(request, call.view());
  std::chrono::milliseconds pause = kFirstPollPause;
  lane::Timer timer(call.executor());
  std::optional<std::chrono::milliseconds> advised;
  context.advised_delay = &advised;
  bool seen = false;
  while (true) {
    // The first look takes the time it needs; once there is something to answer, none goes beyond
    // the end of the wait.
    const lane::Clock::time_point latest = seen ? end : lane::Clock::time_point::max();
    rpc::Outcome looked = co_await jobs_.Look(context, job.value(), response, latest);
    seen = seen || looked.ok();
    const lane::Clock::time_point now = lane::Clock::now();
    if (seen && now >= end) co_return rpc::Outcome();
    const bool over = looked.ok() ? response.done() : !advised;
    if (over) co_return looked;
    // One last look would come too late: the pause ends with the wait.
    const auto least = looked.ok() ? std::chrono::milliseconds(0) : *advised;
    const lane::Clock::time_point next = now + std::max(Spread(pause), least);
    timer.expires_at(std::min(next, end));
    co_await timer.async_wait(lane::kUseTask);
    if (next >= end && seen) co_return rpc::Outcome();
    if (next >= end) co_return looked;
    pause =
        std::min(std::chrono::duration_cast<std::chrono::milliseconds>(pause * kPollPauseGrowth),
                 kLongestPollPause);
  }
}

void OperationsService::AddTo(rpc::Router& router) {
  auto add = [&]<typename Request, typename Response>(
                 const char* method, lane::Task<rpc::Outcome> (OperationsService::*handler)(
                                         rpc::Call, const Request&, Response&)) {
    router.Unary<Request, Response>(
        std::string("/google.longrunning.Operations/") + method,
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
