// grpc.reflection: tells tools what is served, so that they need no proto files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/lane/lane.h"
#include "gateway/rpc/call.h"
#include "gateway/rpc/router.h"
#include "gateway/service/errors/failure_reporter.h"

namespace scoregate::service {

/// One lane's ServerReflection, v1 and v1alpha. Lives and is used on its lane; the reporter
/// outlives it.
class ReflectionService {
 public:
  explicit ReflectionService(FailureReporter& reporter) : reporter_(reporter) {}

  /// The full names of the services that are served, sorted.
  void SetServices(std::vector<std::string> names) { services_ = std::move(names); }

  /// Adds the methods; the router must not outlive the service.
  void AddTo(rpc::Router& router);

 private:
  template <typename Request, typename Response>
  lane::Task<rpc::Outcome> Answer(rpc::Call call, rpc::Reader<Request> reader,
                                  rpc::Writer<Response> writer);
  template <typename Request, typename Response>
  void AddVersion(const std::string& package, rpc::Router& router);

  FailureReporter& reporter_;
  std::vector<std::string> services_;
};

}  // namespace scoregate::service
