// Which function answers which path, and the adapters that turn messages into bytes and back.
#pragma once

#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/lane/task.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/outcome.h"

namespace scoregate::rpc {

/// How many messages come in before the handler starts.
enum class RequestShape {
  kOne,     ///< Exactly one; the handler starts when the request is complete.
  kStream,  ///< Any number; the handler starts with the headers.
};

/// What a method declares of itself besides its handler.
struct Route {
  /// "/package.Service/Method".
  std::string path;
  /// The field of the request that can make one too large, such as "inputs": the failure of a
  /// message over its limit names it. Static lifetime; empty where a request has no fields.
  std::string_view largest_field = {};
};

/// One method: how its request comes, and the coroutine that answers it. A `run` of shape kOne
/// finds its message with Call::Read, without waiting.
struct Method {
  RequestShape request = RequestShape::kOne;
  std::function<lane::Task<Outcome>(Call)> run;
  /// See Route.
  std::string_view largest_field = {};
};

/// The methods of a server. Built once, then only read; the handlers live as long as any call that
/// runs them. Handlers are copied in and called on the lane of the call, so a router that several
/// lanes share needs handlers without state of their own; usually each lane has its router.
///
///   Router router;
///   router.Unary<ScoreRequest, ScoreResponse>(
///       {"/scoring.v1.ScoringService/Score", "inputs"},
///       [&](Call call, const ScoreRequest& request, ScoreResponse& response) {
///         return service.Score(std::move(call), request, response);      // lane::Task<Outcome>
///       });
///   router.BidiStreaming<StreamScoreRequest, StreamScoreResponse>(
///       {"/scoring.v1.ScoringService/StreamScore", "inputs"},
///       [&](Call call, Reader<StreamScoreRequest> reader, Writer<StreamScoreResponse> writer) {
///         return service.StreamScore(std::move(call), std::move(reader), std::move(writer));
///       });
///
/// The request and the answer live on the call's arena, until the handler's task has ended. The
/// answer is sent when the handler gives an Outcome that is ok(). A second method of the same path
/// replaces the first.
class Router {
 public:
  /// `handler`: lane::Task<Outcome>(Call, const Request&, Response&).
  template <typename Request, typename Response, typename Handler>
  void Unary(const Route& route, Handler handler) {
    AddUnary(route, Request::default_instance(), Response::default_instance(),
             [handler = std::move(handler)](Call call, const Message& request, Message& response) {
               return handler(std::move(call), static_cast<const Request&>(request),
                              static_cast<Response&>(response));
             });
  }

  /// `handler`: lane::Task<Outcome>(Call, const Request&, Writer<Response>).
  template <typename Request, typename Response, typename Handler>
  void ServerStreaming(const Route& route, Handler handler) {
    AddServerStreaming(route, Request::default_instance(),
                       [handler = std::move(handler)](Call call, const Message& request) {
                         Writer<Response> writer(call);
                         return handler(std::move(call), static_cast<const Request&>(request),
                                        std::move(writer));
                       });
  }

  /// `handler`: lane::Task<Outcome>(Call, Reader<Request>, Response&).
  template <typename Request, typename Response, typename Handler>
  void ClientStreaming(const Route& route, Handler handler) {
    AddClientStreaming(route, Response::default_instance(),
                       [handler = std::move(handler)](Call call, Message& response) {
                         Reader<Request> reader(call);
                         return handler(std::move(call), std::move(reader),
                                        static_cast<Response&>(response));
                       });
  }

  /// `handler`: lane::Task<Outcome>(Call, Reader<Request>, Writer<Response>).
  template <typename Request, typename Response, typename Handler>
  void BidiStreaming(Route route, Handler handler) {
    auto run = [handler = std::move(handler)](Call call) {
      Reader<Request> reader(call);
      Writer<Response> writer(call);
      return handler(std::move(call), std::move(reader), std::move(writer));
    };
    Add(std::move(route.path), {RequestShape::kStream, std::move(run), route.largest_field});
  }

  /// A method that handles bytes itself.
  void Add(std::string path, Method method);

  /// The method of that path; null where there is none.
  const Method* Find(std::string_view path) const;

  /// The full names of the services that have a method here, sorted: "scoring.v1.ScoringService".
  std::vector<std::string> Services() const;

 private:
  using Message = google::protobuf::MessageLite;
  using UnaryHandler = std::function<lane::Task<Outcome>(Call, const Message&, Message&)>;
  using ServerStreamingHandler = std::function<lane::Task<Outcome>(Call, const Message&)>;
  using ClientStreamingHandler = std::function<lane::Task<Outcome>(Call, Message&)>;

  void AddUnary(Route route, const Message& request, const Message& response, UnaryHandler handler);
  void AddServerStreaming(Route route, const Message& request, ServerStreamingHandler handler);
  void AddClientStreaming(Route route, const Message& response, ClientStreamingHandler handler);

  static lane::Task<Outcome> RunUnary(Call call, const Message& request_type,
                                      const Message& response_type, const UnaryHandler& handler);
  static lane::Task<Outcome> RunServerStreaming(Call call, const Message& request_type,
                                                const ServerStreamingHandler& handler);
  static lane::Task<Outcome> RunClientStreaming(Call call, const Message& response_type,
                                                const ClientStreamingHandler& handler);

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  std::unordered_map<std::string, Method, Hash, std::equal_to<>> methods_;
};

}  // namespace scoregate::rpc
