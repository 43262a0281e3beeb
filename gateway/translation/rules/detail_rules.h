// What the details of a documented error name: fields of the request, conditions, resources and
// quotas. One table each.
#pragma once

#include <string_view>

namespace scoregate::translation {

/// Where the name in a field path comes from.
enum class FieldNames {
  kFixed,      ///< The path is as the row writes it.
  kInput,      ///< inputs["x"] where `target` is a declared input, else the bare path.
  kInputs,     ///< inputs["x"], one for each name in {0}; else as kInput.
  kParameter,  ///< global_parameters["x"] where `target` is a declared parameter, else bare.
  kOutputs,    ///< outputs["x"], one for each name in {0}; else the bare path.
  kBlob,       ///< inputs["x"].blob where `target` is a declared input; else "blob", because
               ///< messages about blobs do not tell inputs from outputs.
};

/// BadRequest (contract 2.3).
struct FieldRule {
  std::string_view error_class;
  std::string_view error_code;
  std::string_view path;
  FieldNames names;
};
/// Null where the row names no field.
const FieldRule* FindField(std::string_view error_class, std::string_view error_code);

/// What a PreconditionFailure is about.
enum class ConditionSubject { kEndpointAndTarget, kEndpoint, kJob, kFirstParameter };

struct ConditionRule {
  std::string_view error_class;
  std::string_view error_code;
  std::string_view type;
  ConditionSubject subject;
};
const ConditionRule* FindCondition(std::string_view error_class, std::string_view error_code);

/// Where ResourceInfo takes its name from. An id of the route is one in the endpoint's URL.
enum class ResourceName { kEndpoint, kTarget, kFirstParameter, kWebServiceId, kWorkspaceId };

struct ResourceRule {
  std::string_view error_class;
  std::string_view error_code;
  std::string_view type;
  ResourceName name;
};
const ResourceRule* FindResource(std::string_view error_class, std::string_view error_code);

/// Whose limit a QuotaFailure names.
enum class Quota { kConcurrentCalls, kModelMemory, kPendingRequests, kInFlight };

struct QuotaRule {
  std::string_view error_class;
  std::string_view error_code;
  Quota quota;
};
const QuotaRule* FindQuota(std::string_view error_class, std::string_view error_code);

}  // namespace scoregate::translation
