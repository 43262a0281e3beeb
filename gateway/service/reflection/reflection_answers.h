// What reflection answers to one question: descriptors out of those that are linked in.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <unordered_set>
#include <vector>

#include "gateway/http/result.h"
#include "grpc/reflection/v1/reflection.pb.h"

namespace scoregate::service {

/// The answers of one call. Remembers which files it has given: a file's imports come with it, but
/// none twice.
class ReflectionAnswers {
 public:
  /// `services`: full names, in the order in which they are listed; they outlive this.
  explicit ReflectionAnswers(const std::vector<std::string>& services) : services_(services) {}

  /// Answers; what is not known is an answer too (error_response). A fault where nothing is asked.
  http::Result<void> Answer(const grpc::reflection::v1::ServerReflectionRequest& request,
                            grpc::reflection::v1::ServerReflectionResponse& response);

 private:
  using Response = grpc::reflection::v1::ServerReflectionResponse;

  void AnswerFile(const google::protobuf::FileDescriptor* file, const std::string& unknown,
                  Response& response);
  void AnswerExtension(const grpc::reflection::v1::ExtensionRequest& asked, Response& response);

  const std::vector<std::string>& services_;
  std::unordered_set<const google::protobuf::FileDescriptor*> given_;
};

}  // namespace scoregate::service
