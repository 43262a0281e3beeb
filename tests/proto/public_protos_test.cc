// The public proto definitions of which this project has copies, as facts, compared both ways: what
// a copy lacks and what it has too much both fail. tests/interop/compare_protos.py does the same
// with the originals, where Python has them.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <string_view>

#include "google/api/httpbody.pb.h"
#include "google/longrunning/operations.pb.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpc/health/v1/health.pb.h"
#include "grpc/reflection/v1/reflection.pb.h"
#include "grpc/reflection/v1alpha/reflection.pb.h"

namespace scoregate {
namespace {

namespace pb = google::protobuf;
using Facts = std::set<std::string>;

struct FieldFact {
  std::string_view message;
  std::string_view field;
  int number;
  std::string_view type;
  // "single", "repeated", "map", "optional" where presence is tracked, "oneof" and its name.
  std::string_view label;
};

constexpr auto kFields = std::to_array<FieldFact>({
    {"google.api.HttpBody", "content_type", 1, "string", "single"},
    {"google.api.HttpBody", "data", 2, "bytes", "single"},
    {"google.api.HttpBody", "extensions", 3, "google.protobuf.Any", "repeated"},
    {"google.longrunning.Operation", "name", 1, "string", "single"},
    {"google.longrunning.Operation", "metadata", 2, "google.protobuf.Any", "single"},
    {"google.longrunning.Operation", "done", 3, "bool", "single"},
    {"google.longrunning.Operation", "error", 4, "google.rpc.Status", "oneof result"},
    {"google.longrunning.Operation", "response", 5, "google.protobuf.Any", "oneof result"},
    {"google.longrunning.GetOperationRequest", "name", 1, "string", "single"},
    {"google.longrunning.ListOperationsRequest", "name", 4, "string", "single"},
    {"google.longrunning.ListOperationsRequest", "filter", 1, "string", "single"},
    {"google.longrunning.ListOperationsRequest", "page_size", 2, "int32", "single"},
    {"google.longrunning.ListOperationsRequest", "page_token", 3, "string", "single"},
    {"google.longrunning.ListOperationsRequest", "return_partial_success", 5, "bool", "single"},
    {"google.longrunning.ListOperationsResponse", "operations", 1, "google.longrunning.Operation",
     "repeated"},
    {"google.longrunning.ListOperationsResponse", "next_page_token", 2, "string", "single"},
    {"google.longrunning.ListOperationsResponse", "unreachable", 3, "string", "repeated"},
    {"google.longrunning.CancelOperationRequest", "name", 1, "string", "single"},
    {"google.longrunning.DeleteOperationRequest", "name", 1, "string", "single"},
    {"google.longrunning.WaitOperationRequest", "name", 1, "string", "single"},
    {"google.longrunning.WaitOperationRequest", "timeout", 2, "google.protobuf.Duration", "single"},
    {"google.longrunning.OperationInfo", "response_type", 1, "string", "single"},
    {"google.longrunning.OperationInfo", "metadata_type", 2, "string", "single"},
    {"google.rpc.ErrorInfo", "reason", 1, "string", "single"},
    {"google.rpc.ErrorInfo", "domain", 2, "string", "single"},
    {"google.rpc.ErrorInfo", "metadata", 3, "map<string, string>", "map"},
    {"google.rpc.RetryInfo", "retry_delay", 1, "google.protobuf.Duration", "single"},
    {"google.rpc.DebugInfo", "stack_entries", 1, "string", "repeated"},
    {"google.rpc.DebugInfo", "detail", 2, "string", "single"},
    {"google.rpc.QuotaFailure", "violations", 1, "google.rpc.QuotaFailure.Violation", "repeated"},
    {"google.rpc.QuotaFailure.Violation", "subject", 1, "string", "single"},
    {"google.rpc.QuotaFailure.Violation", "description", 2, "string", "single"},
    {"google.rpc.QuotaFailure.Violation", "api_service", 3, "string", "single"},
    {"google.rpc.QuotaFailure.Violation", "quota_metric", 4, "string", "single"},
    {"google.rpc.QuotaFailure.Violation", "quota_id", 5, "string", "single"},
    {"google.rpc.QuotaFailure.Violation", "quota_dimensions", 6, "map<string, string>", "map"},
    {"google.rpc.QuotaFailure.Violation", "quota_value", 7, "int64", "single"},
    {"google.rpc.QuotaFailure.Violation", "future_quota_value", 8, "int64", "optional"},
    {"google.rpc.PreconditionFailure", "violations", 1, "google.rpc.PreconditionFailure.Violation",
     "repeated"},
    {"google.rpc.PreconditionFailure.Violation", "type", 1, "string", "single"},
    {"google.rpc.PreconditionFailure.Violation", "subject", 2, "string", "single"},
    {"google.rpc.PreconditionFailure.Violation", "description", 3, "string", "single"},
    {"google.rpc.BadRequest", "field_violations", 1, "google.rpc.BadRequest.FieldViolation",
     "repeated"},
    {"google.rpc.BadRequest.FieldViolation", "field", 1, "string", "single"},
    {"google.rpc.BadRequest.FieldViolation", "description", 2, "string", "single"},
    {"google.rpc.BadRequest.FieldViolation", "reason", 3, "string", "single"},
    {"google.rpc.BadRequest.FieldViolation", "localized_message", 4, "google.rpc.LocalizedMessage",
     "single"},
    {"google.rpc.RequestInfo", "request_id", 1, "string", "single"},
    {"google.rpc.RequestInfo", "serving_data", 2, "string", "single"},
    {"google.rpc.ResourceInfo", "resource_type", 1, "string", "single"},
    {"google.rpc.ResourceInfo", "resource_name", 2, "string", "single"},
    {"google.rpc.ResourceInfo", "owner", 3, "string", "single"},
    {"google.rpc.ResourceInfo", "description", 4, "string", "single"},
    {"google.rpc.Help", "links", 1, "google.rpc.Help.Link", "repeated"},
    {"google.rpc.Help.Link", "description", 1, "string", "single"},
    {"google.rpc.Help.Link", "url", 2, "string", "single"},
    {"google.rpc.LocalizedMessage", "locale", 1, "string", "single"},
    {"google.rpc.LocalizedMessage", "message", 2, "string", "single"},
    {"google.rpc.Status", "code", 1, "int32", "single"},
    {"google.rpc.Status", "message", 2, "string", "single"},
    {"google.rpc.Status", "details", 3, "google.protobuf.Any", "repeated"},
    {"grpc.health.v1.HealthCheckRequest", "service", 1, "string", "single"},
    {"grpc.health.v1.HealthCheckResponse", "status", 1,
     "grpc.health.v1.HealthCheckResponse.ServingStatus", "single"},
    {"grpc.health.v1.HealthListResponse", "statuses", 1,
     "map<string, grpc.health.v1.HealthCheckResponse>", "map"},
    {"grpc.reflection.v1.ServerReflectionRequest", "host", 1, "string", "single"},
    {"grpc.reflection.v1.ServerReflectionRequest", "file_by_filename", 3, "string",
     "oneof message_request"},
    {"grpc.reflection.v1.ServerReflectionRequest", "file_containing_symbol", 4, "string",
     "oneof message_request"},
    {"grpc.reflection.v1.ServerReflectionRequest", "file_containing_extension", 5,
     "grpc.reflection.v1.ExtensionRequest", "oneof message_request"},
    {"grpc.reflection.v1.ServerReflectionRequest", "all_extension_numbers_of_type", 6, "string",
     "oneof message_request"},
    {"grpc.reflection.v1.ServerReflectionRequest", "list_services", 7, "string",
     "oneof message_request"},
    {"grpc.reflection.v1.ExtensionRequest", "containing_type", 1, "string", "single"},
    {"grpc.reflection.v1.ExtensionRequest", "extension_number", 2, "int32", "single"},
    {"grpc.reflection.v1.ServerReflectionResponse", "valid_host", 1, "string", "single"},
    {"grpc.reflection.v1.ServerReflectionResponse", "original_request", 2,
     "grpc.reflection.v1.ServerReflectionRequest", "single"},
    {"grpc.reflection.v1.ServerReflectionResponse", "file_descriptor_response", 4,
     "grpc.reflection.v1.FileDescriptorResponse", "oneof message_response"},
    {"grpc.reflection.v1.ServerReflectionResponse", "all_extension_numbers_response", 5,
     "grpc.reflection.v1.ExtensionNumberResponse", "oneof message_response"},
    {"grpc.reflection.v1.ServerReflectionResponse", "list_services_response", 6,
     "grpc.reflection.v1.ListServiceResponse", "oneof message_response"},
    {"grpc.reflection.v1.ServerReflectionResponse", "error_response", 7,
     "grpc.reflection.v1.ErrorResponse", "oneof message_response"},
    {"grpc.reflection.v1.FileDescriptorResponse", "file_descriptor_proto", 1, "bytes", "repeated"},
    {"grpc.reflection.v1.ExtensionNumberResponse", "base_type_name", 1, "string", "single"},
    {"grpc.reflection.v1.ExtensionNumberResponse", "extension_number", 2, "int32", "repeated"},
    {"grpc.reflection.v1.ListServiceResponse", "service", 1, "grpc.reflection.v1.ServiceResponse",
     "repeated"},
    {"grpc.reflection.v1.ServiceResponse", "name", 1, "string", "single"},
    {"grpc.reflection.v1.ErrorResponse", "error_code", 1, "int32", "single"},
    {"grpc.reflection.v1.ErrorResponse", "error_message", 2, "string", "single"},
    {"grpc.reflection.v1alpha.ServerReflectionRequest", "host", 1, "string", "single"},
    {"grpc.reflection.v1alpha.ServerReflectionRequest", "file_by_filename", 3, "string",
     "oneof message_request"},
    {"grpc.reflection.v1alpha.ServerReflectionRequest", "file_containing_symbol", 4, "string",
     "oneof message_request"},
    {"grpc.reflection.v1alpha.ServerReflectionRequest", "file_containing_extension", 5,
     "grpc.reflection.v1alpha.ExtensionRequest", "oneof message_request"},
    {"grpc.reflection.v1alpha.ServerReflectionRequest", "all_extension_numbers_of_type", 6,
     "string", "oneof message_request"},
    {"grpc.reflection.v1alpha.ServerReflectionRequest", "list_services", 7, "string",
     "oneof message_request"},
    {"grpc.reflection.v1alpha.ExtensionRequest", "containing_type", 1, "string", "single"},
    {"grpc.reflection.v1alpha.ExtensionRequest", "extension_number", 2, "int32", "single"},
    {"grpc.reflection.v1alpha.ServerReflectionResponse", "valid_host", 1, "string", "single"},
    {"grpc.reflection.v1alpha.ServerReflectionResponse", "original_request", 2,
     "grpc.reflection.v1alpha.ServerReflectionRequest", "single"},
    {"grpc.reflection.v1alpha.ServerReflectionResponse", "file_descriptor_response", 4,
     "grpc.reflection.v1alpha.FileDescriptorResponse", "oneof message_response"},
    {"grpc.reflection.v1alpha.ServerReflectionResponse", "all_extension_numbers_response", 5,
     "grpc.reflection.v1alpha.ExtensionNumberResponse", "oneof message_response"},
    {"grpc.reflection.v1alpha.ServerReflectionResponse", "list_services_response", 6,
     "grpc.reflection.v1alpha.ListServiceResponse", "oneof message_response"},
    {"grpc.reflection.v1alpha.ServerReflectionResponse", "error_response", 7,
     "grpc.reflection.v1alpha.ErrorResponse", "oneof message_response"},
    {"grpc.reflection.v1alpha.FileDescriptorResponse", "file_descriptor_proto", 1, "bytes",
     "repeated"},
    {"grpc.reflection.v1alpha.ExtensionNumberResponse", "base_type_name", 1, "string", "single"},
    {"grpc.reflection.v1alpha.ExtensionNumberResponse", "extension_number", 2, "int32", "repeated"},
    {"grpc.reflection.v1alpha.ListServiceResponse", "service", 1,
     "grpc.reflection.v1alpha.ServiceResponse", "repeated"},
    {"grpc.reflection.v1alpha.ServiceResponse", "name", 1, "string", "single"},
    {"grpc.reflection.v1alpha.ErrorResponse", "error_code", 1, "int32", "single"},
    {"grpc.reflection.v1alpha.ErrorResponse", "error_message", 2, "string", "single"},
});

struct MethodFact {
  std::string_view service;
  std::string_view method;
  std::string_view takes;
  std::string_view gives;
};

constexpr auto kMethods = std::to_array<MethodFact>({
    {"google.longrunning.Operations", "ListOperations", "google.longrunning.ListOperationsRequest",
     "google.longrunning.ListOperationsResponse"},
    {"google.longrunning.Operations", "GetOperation", "google.longrunning.GetOperationRequest",
     "google.longrunning.Operation"},
    {"google.longrunning.Operations", "DeleteOperation",
     "google.longrunning.DeleteOperationRequest", "google.protobuf.Empty"},
    {"google.longrunning.Operations", "CancelOperation",
     "google.longrunning.CancelOperationRequest", "google.protobuf.Empty"},
    {"google.longrunning.Operations", "WaitOperation", "google.longrunning.WaitOperationRequest",
     "google.longrunning.Operation"},
    {"grpc.health.v1.Health", "Check", "grpc.health.v1.HealthCheckRequest",
     "grpc.health.v1.HealthCheckResponse"},
    {"grpc.health.v1.Health", "List", "grpc.health.v1.HealthListRequest",
     "grpc.health.v1.HealthListResponse"},
    {"grpc.health.v1.Health", "Watch", "grpc.health.v1.HealthCheckRequest",
     "stream grpc.health.v1.HealthCheckResponse"},
    {"grpc.reflection.v1.ServerReflection", "ServerReflectionInfo",
     "stream grpc.reflection.v1.ServerReflectionRequest",
     "stream grpc.reflection.v1.ServerReflectionResponse"},
    {"grpc.reflection.v1alpha.ServerReflection", "ServerReflectionInfo",
     "stream grpc.reflection.v1alpha.ServerReflectionRequest",
     "stream grpc.reflection.v1alpha.ServerReflectionResponse"},
});

// google.rpc.Code, in the order of the numbers from 0.
constexpr auto kCodes = std::to_array<std::string_view>({
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
});

// grpc.health.v1.HealthCheckResponse.ServingStatus, in the order of the numbers from 0.
constexpr auto kServingStatuses = std::to_array<std::string_view>({
    "UNKNOWN",
    "SERVING",
    "NOT_SERVING",
    "SERVICE_UNKNOWN",
});

std::array<const pb::FileDescriptor*, 8> OurFiles() {
  return {google::api::HttpBody::descriptor()->file(),
          google::longrunning::Operation::descriptor()->file(),
          google::rpc::Code_descriptor()->file(),
          google::rpc::ErrorInfo::descriptor()->file(),
          google::rpc::Status::descriptor()->file(),
          grpc::health::v1::HealthCheckRequest::descriptor()->file(),
          grpc::reflection::v1::ServerReflectionRequest::descriptor()->file(),
          grpc::reflection::v1alpha::ServerReflectionRequest::descriptor()->file()};
}

std::string TypeOf(const pb::FieldDescriptor& field) {
  if (field.is_map()) {
    const pb::Descriptor* entry = field.message_type();
    return "map<" + TypeOf(*entry->map_key()) + ", " + TypeOf(*entry->map_value()) + ">";
  }
  if (field.message_type() != nullptr) return field.message_type()->full_name();
  if (field.enum_type() != nullptr) return field.enum_type()->full_name();
  return field.type_name();
}

std::string LabelOf(const pb::FieldDescriptor& field) {
  if (field.is_map()) return "map";
  if (field.is_repeated()) return "repeated";
  if (field.real_containing_oneof() != nullptr) {
    return "oneof " + field.real_containing_oneof()->name();
  }
  return field.has_optional_keyword() ? "optional" : "single";
}

std::string Line(const FieldFact& fact) {
  std::string line(fact.message);
  line.append(".").append(fact.field).append(" = ").append(std::to_string(fact.number));
  return line.append(", ").append(fact.label).append(" ").append(fact.type);
}

std::string Line(const MethodFact& fact) {
  std::string line(fact.service);
  line.append(".").append(fact.method).append("(").append(fact.takes).append(") returns (");
  return line.append(fact.gives).append(")");
}

void AddFields(const pb::Descriptor& message, Facts& facts) {
  for (int i = 0; i < message.field_count(); ++i) {
    const pb::FieldDescriptor& field = *message.field(i);
    const std::string type = TypeOf(field);
    const std::string label = LabelOf(field);
    facts.insert(Line({message.full_name(), field.name(), field.number(), type, label}));
  }
  for (int i = 0; i < message.nested_type_count(); ++i) {
    if (!message.nested_type(i)->options().map_entry()) AddFields(*message.nested_type(i), facts);
  }
}

// What only one side says, in words.
Facts Differences(const Facts& ours, const Facts& theirs) {
  Facts differences;
  for (const std::string& fact : ours) {
    if (!theirs.contains(fact)) differences.insert("only ours: " + fact);
  }
  for (const std::string& fact : theirs) {
    if (!ours.contains(fact)) differences.insert("missing: " + fact);
  }
  return differences;
}

TEST(PublicProtos, HaveTheFieldsOfTheOriginals) {
  Facts ours;
  for (const pb::FileDescriptor* file : OurFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) AddFields(*file->message_type(i), ours);
  }
  Facts theirs;
  for (const FieldFact& fact : kFields) theirs.insert(Line(fact));
  EXPECT_EQ(theirs.size(), kFields.size()) << "no fact twice";
  EXPECT_THAT(Differences(ours, theirs), testing::IsEmpty());
}

// One message of the originals is empty, so one too many or too few shows by its fields, were it
// not empty.
TEST(PublicProtos, HaveOneEmptyMessageAndNoExtension) {
  Facts empty;
  for (const pb::FileDescriptor* file : OurFiles()) {
    EXPECT_EQ(file->syntax(), pb::FileDescriptor::SYNTAX_PROTO3) << file->name();
    EXPECT_EQ(file->extension_count(), 0) << file->name();
    for (int i = 0; i < file->message_type_count(); ++i) {
      const pb::Descriptor& message = *file->message_type(i);
      if (message.field_count() == 0) empty.insert(message.full_name());
      EXPECT_EQ(message.extension_count(), 0) << message.full_name();
    }
  }
  EXPECT_EQ(empty, Facts{"grpc.health.v1.HealthListRequest"});
}

TEST(PublicProtos, HaveTheMethodsOfTheOriginals) {
  Facts ours;
  for (const pb::FileDescriptor* file : OurFiles()) {
    for (int i = 0; i < file->service_count(); ++i) {
      const pb::ServiceDescriptor& service = *file->service(i);
      for (int j = 0; j < service.method_count(); ++j) {
        const pb::MethodDescriptor& method = *service.method(j);
        std::string takes = method.client_streaming() ? "stream " : "";
        std::string gives = method.server_streaming() ? "stream " : "";
        takes += method.input_type()->full_name();
        gives += method.output_type()->full_name();
        ours.insert(Line({service.full_name(), method.name(), takes, gives}));
      }
    }
  }
  Facts theirs;
  for (const MethodFact& fact : kMethods) theirs.insert(Line(fact));
  EXPECT_THAT(Differences(ours, theirs), testing::IsEmpty());
}

void AddValues(const pb::EnumDescriptor& type, Facts& facts) {
  for (int i = 0; i < type.value_count(); ++i) {
    facts.insert(type.full_name() + "." + type.value(i)->name() + " = " +
                 std::to_string(type.value(i)->number()));
  }
}

TEST(PublicProtos, HaveTheEnumsOfTheOriginals) {
  Facts ours;
  for (const pb::FileDescriptor* file : OurFiles()) {
    for (int i = 0; i < file->enum_type_count(); ++i) AddValues(*file->enum_type(i), ours);
    for (int i = 0; i < file->message_type_count(); ++i) {
      const pb::Descriptor& message = *file->message_type(i);
      for (int j = 0; j < message.enum_type_count(); ++j) AddValues(*message.enum_type(j), ours);
    }
  }
  Facts theirs;
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    theirs.insert("google.rpc.Code." + std::string(kCodes[i]) + " = " + std::to_string(i));
  }
  for (std::size_t i = 0; i < kServingStatuses.size(); ++i) {
    theirs.insert("grpc.health.v1.HealthCheckResponse.ServingStatus." +
                  std::string(kServingStatuses[i]) + " = " + std::to_string(i));
  }
  EXPECT_THAT(Differences(ours, theirs), testing::IsEmpty());
}

TEST(PublicProtos, TheComparisonSeesBothSides) {
  EXPECT_EQ(Differences({"a", "b"}, {"b", "c"}), (Facts{"only ours: a", "missing: c"}));
}

}  // namespace
}  // namespace scoregate
