#include "gateway/service/reflection/reflection_answers.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <deque>

#include "gateway/grpcwire/code.h"
#include "gateway/translation/rules/fault_rules.h"

namespace scoregate::service {
namespace {

namespace pb = google::protobuf;
using grpc::reflection::v1::ServerReflectionRequest;
using grpc::reflection::v1::ServerReflectionResponse;

const pb::DescriptorPool& Pool() {
  return *pb::DescriptorPool::generated_pool();
}

void AnswerUnknown(const std::string& what, ServerReflectionResponse& response) {
  // The code is the one that a call for an unknown name ends with.
  const translation::FaultRule& rule =
      translation::FindFault(http::FaultKind::kCatalogueNameNotFound);
  response.mutable_error_response()->set_error_code(grpcwire::CodeNumber(rule.verdict.code));
  response.mutable_error_response()->set_error_message(what + " is not known here");
}

void AnswerExtensionNumbers(const std::string& type, ServerReflectionResponse& response) {
  const pb::Descriptor* message = Pool().FindMessageTypeByName(type);
  if (message == nullptr) return AnswerUnknown("the message type '" + type + "'", response);
  auto& answer = *response.mutable_all_extension_numbers_response();
  answer.set_base_type_name(type);
  std::vector<const pb::FieldDescriptor*> extensions;
  Pool().FindAllExtensions(message, &extensions);
  for (const pb::FieldDescriptor* extension : extensions) {
    answer.add_extension_number(extension->number());
  }
  std::ranges::sort(*answer.mutable_extension_number());
}

std::string Serialize(const pb::FileDescriptor& file) {
  pb::FileDescriptorProto proto;
  file.CopyTo(&proto);
  file.CopyJsonNameTo(&proto);
  return proto.SerializeAsString();
}

}  // namespace

http::Result<void> ReflectionAnswers::Answer(const ServerReflectionRequest& request,
                                             ServerReflectionResponse& response) {
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  switch (request.message_request_case()) {
    case ServerReflectionRequest::kFileByFilename:
      AnswerFile(Pool().FindFileByName(request.file_by_filename()),
                 "the file '" + request.file_by_filename() + "'", response);
      return {};
    case ServerReflectionRequest::kFileContainingSymbol:
      AnswerFile(Pool().FindFileContainingSymbol(request.file_containing_symbol()),
                 "the symbol '" + request.file_containing_symbol() + "'", response);
      return {};
    case ServerReflectionRequest::kFileContainingExtension:
      AnswerExtension(request.file_containing_extension(), response);
      return {};
    case ServerReflectionRequest::kAllExtensionNumbersOfType:
      AnswerExtensionNumbers(request.all_extension_numbers_of_type(), response);
      return {};
    case ServerReflectionRequest::kListServices:
      for (const std::string& name : services_) {
        response.mutable_list_services_response()->add_service()->set_name(name);
      }
      return {};
    case ServerReflectionRequest::MESSAGE_REQUEST_NOT_SET:
      break;
  }
  return http::Fault(http::FaultKind::kRequestInvalid, "message_request",
                     "the request asks for nothing that this server knows of");
}

void ReflectionAnswers::AnswerFile(const pb::FileDescriptor* file, const std::string& unknown,
                                   Response& response) {
  if (file == nullptr) return AnswerUnknown(unknown, response);
  auto& answer = *response.mutable_file_descriptor_response();
  // What is asked for is given even where it was given before.
  given_.erase(file);
  std::deque<const pb::FileDescriptor*> due = {file};
  while (!due.empty()) {
    const pb::FileDescriptor* next = due.front();
    due.pop_front();
    if (!given_.insert(next).second) continue;
    answer.add_file_descriptor_proto(Serialize(*next));
    for (int i = 0; i < next->dependency_count(); ++i) due.push_back(next->dependency(i));
  }
}

void ReflectionAnswers::AnswerExtension(const grpc::reflection::v1::ExtensionRequest& asked,
                                        Response& response) {
  const pb::FieldDescriptor* extension = nullptr;
  const pb::Descriptor* message = Pool().FindMessageTypeByName(asked.containing_type());
  if (message != nullptr) {
    extension = Pool().FindExtensionByNumber(message, asked.extension_number());
  }
  AnswerFile(extension == nullptr ? nullptr : extension->file(),
             "the extension " + std::to_string(asked.extension_number()) + " of '" +
                 asked.containing_type() + "'",
             response);
}

}  // namespace scoregate::service
