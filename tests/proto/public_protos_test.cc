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
});

struct MethodFact {
  std::string_view service;
  std::string_view method;
  std::string_view takes;
  std::string_view gives;
};

// None of them streams.
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

std::array<const pb::FileDescriptor*, 5> OurFiles() {
  return {google::api::HttpBody::descriptor()->file(),
          google::longrunning::Operation::descriptor()->file(),
          google::rpc::Code_descriptor()->file(), google::rpc::ErrorInfo::descriptor()->file(),
          google::rpc::Status::descriptor()->file()};
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

// No message of the originals is empty, so one too many or too few shows by its fields, were it not
// empty.
TEST(PublicProtos, HaveNoEmptyMessageAndNoExtension) {
  for (const pb::FileDescriptor* file : OurFiles()) {
    EXPECT_EQ(file->syntax(), pb::FileDescriptor::SYNTAX_PROTO3) << file->name();
    EXPECT_EQ(file->extension_count(), 0) << file->name();
    for (int i = 0; i < file->message_type_count(); ++i) {
      const pb::Descriptor& message = *file->message_type(i);
      EXPECT_GT(message.field_count(), 0) << message.full_name();
      EXPECT_EQ(message.enum_type_count() + message.extension_count(), 0) << message.full_name();
    }
  }
}

TEST(PublicProtos, HaveTheMethodsOfTheOriginals) {
  Facts ours;
  for (const pb::FileDescriptor* file : OurFiles()) {
    for (int i = 0; i < file->service_count(); ++i) {
      const pb::ServiceDescriptor& service = *file->service(i);
      for (int j = 0; j < service.method_count(); ++j) {
        const pb::MethodDescriptor& method = *service.method(j);
        EXPECT_FALSE(method.client_streaming() || method.server_streaming()) << method.full_name();
        ours.insert(Line({service.full_name(), method.name(), method.input_type()->full_name(),
                          method.output_type()->full_name()}));
      }
    }
  }
  Facts theirs;
  for (const MethodFact& fact : kMethods) theirs.insert(Line(fact));
  EXPECT_THAT(Differences(ours, theirs), testing::IsEmpty());
}

TEST(PublicProtos, HaveTheCodesOfTheOriginals) {
  Facts ours;
  for (const pb::FileDescriptor* file : OurFiles()) {
    for (int i = 0; i < file->enum_type_count(); ++i) {
      const pb::EnumDescriptor& type = *file->enum_type(i);
      for (int j = 0; j < type.value_count(); ++j) {
        ours.insert(type.full_name() + "." + type.value(j)->name() + " = " +
                    std::to_string(type.value(j)->number()));
      }
    }
  }
  Facts theirs;
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    theirs.insert("google.rpc.Code." + std::string(kCodes[i]) + " = " + std::to_string(i));
  }
  EXPECT_THAT(Differences(ours, theirs), testing::IsEmpty());
}

TEST(PublicProtos, TheComparisonSeesBothSides) {
  EXPECT_EQ(Differences({"a", "b"}, {"b", "c"}), (Facts{"only ours: a", "missing: c"}));
}

}  // namespace
}  // namespace scoregate
