#include "gateway/rpc/router.h"

#include <google/protobuf/arena.h>

#include <set>

#include "gateway/lane/kept_memory.h"

namespace scoregate::rpc {
namespace {

using google::protobuf::Arena;

// One holds most requests of a few rows, and two the answer as well. The library would begin with
// less, and then take more at once than a lane keeps.
google::protobuf::ArenaOptions KeptBlocks() {
  google::protobuf::ArenaOptions options;
  options.start_block_size = lane::kLargestKeptBytes;
  options.max_block_size = lane::kLargestKeptBytes;
  return options;
}

}  // namespace

void Router::Add(std::string path, Method method) {
  methods_.insert_or_assign(std::move(path), std::move(method));
}

const Method* Router::Find(std::string_view path) const {
  auto found = methods_.find(path);
  return found == methods_.end() ? nullptr : &found->second;
}

std::vector<std::string> Router::Services() const {
  std::set<std::string> names;
  for (const auto& [path, method] : methods_) {
    std::size_t slash = path.rfind('/');
    if (slash != std::string::npos && slash > 0) names.insert(path.substr(1, slash - 1));
  }
  return {names.begin(), names.end()};
}

void Router::AddUnary(Route route, const Message& request, const Message& response,
                      UnaryHandler handler) {
  auto run = [&request, &response, handler = std::move(handler)](Call call) -> lane::Task<Outcome> {
    return RunUnary(std::move(call), request, response, handler);
  };
  Add(std::move(route.path), {RequestShape::kOne, std::move(run), route.largest_field});
}

void Router::AddServerStreaming(Route route, const Message& request,
                                ServerStreamingHandler handler) {
  auto run = [&request, handler = std::move(handler)](Call call) -> lane::Task<Outcome> {
    return RunServerStreaming(std::move(call), request, handler);
  };
  Add(std::move(route.path), {RequestShape::kOne, std::move(run), route.largest_field});
}

void Router::AddClientStreaming(Route route, const Message& response,
                                ClientStreamingHandler handler) {
  auto run = [&response, handler = std::move(handler)](Call call) -> lane::Task<Outcome> {
    return RunClientStreaming(std::move(call), response, handler);
  };
  Add(std::move(route.path), {RequestShape::kStream, std::move(run), route.largest_field});
}

lane::Task<Outcome> Router::RunUnary(Call call, const Message& request_type,
                                     const Message& response_type, const UnaryHandler& handler) {
  Arena arena(KeptBlocks());
  Message* request = request_type.New(&arena);
  // Where the request cannot be read, the call has been ended and the handler's Outcome is not
  // used.
  const ReadNow read = call.ReadAtOnce(*request);
  if (read == ReadNow::kNothing) co_return Outcome();
  if (read == ReadNow::kLong) {
    bool read_aside = co_await call.ReadAside(*request);
    if (!read_aside) co_return Outcome();
  }
  if (!call.HasTurn()) co_await call.WaitForTurn();
  Message* response = response_type.New(&arena);
  Outcome outcome = co_await handler(call, *request, *response);
  // The trailers of a failure are written already.
  if (!outcome.ok()) co_return outcome;
  if (!call.HasTurn()) co_await call.WaitForTurn();
  if (!call.SendAtOnce(*response)) co_await call.SendAside(*response);
  co_return outcome;
}

lane::Task<Outcome> Router::RunServerStreaming(Call call, const Message& request_type,
                                               const ServerStreamingHandler& handler) {
  Arena arena;
  Message* request = request_type.New(&arena);
  bool read = co_await call.Read(*request);
  if (!read) co_return Outcome();
  co_return co_await handler(call, *request);
}

lane::Task<Outcome> Router::RunClientStreaming(Call call, const Message& response_type,
                                               const ClientStreamingHandler& handler) {
  Arena arena;
  Message* response = response_type.New(&arena);
  Outcome outcome = co_await handler(call, *response);
  if (outcome.ok() && !call.SendAtOnce(*response)) co_await call.SendAside(*response);
  co_return outcome;
}

}  // namespace scoregate::rpc
