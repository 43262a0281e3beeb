#include "gateway/translation/rules/detail_rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

using N = FieldNames;

// Authority: contract 2.3. A code without a row here has the row of its class, and a class without
// one names a field only through a declared `target`. What the gateway supplies (its key, the api
// version, the ids of the route) names no field of the caller's, so its codes are missing.
// BatchJobInputsTooManySpecified lists the names that would be right, so it blames none of them.
constexpr std::array kFields = std::to_array<FieldRule>({
    {"BadArgument", "BadParameterValue", "global_parameters", N::kParameter},
    {"BadArgument", "BatchJobInputsNotSpecified", "inputs", N::kInputs},
    {"BadArgument", "BatchJobInputsTooManySpecified", "inputs", N::kInput},
    {"BadArgument", "BlobNameTooLong", "diagnostics", N::kFixed},
    {"BadArgument", "ContainerIsEmpty", "blob", N::kBlob},
    {"BadArgument", "ContainerSegmentInvalid", "blob", N::kBlob},
    {"BadArgument", "ContainerValidationFailed", "blob", N::kBlob},
    {"BadArgument", "DataTypeNotSupported", "inputs", N::kInput},
    {"BadArgument", "DuplicateInputInBatchCall", "inputs", N::kInput},
    {"BadArgument", "ExpiryTimeInThePast", "expiry_time", N::kFixed},
    {"BadArgument", "IncompleteSettings", "diagnostics", N::kFixed},
    {"BadArgument", "InputBlobRelativeLocationInvalid", "blob", N::kBlob},
    {"BadArgument", "InvalidBlob", "blob", N::kBlob},
    {"BadArgument", "InvalidBlobConnectionString", "blob", N::kBlob},
    {"BadArgument", "InvalidBlobExtension", "blob", N::kBlob},
    {"BadArgument", "InvalidInputNames", "inputs", N::kInputs},
    {"BadArgument", "InvalidOutputOverrideName", "outputs", N::kOutputs},
    {"BadArgument", "MissingInputBlobInformation", "blob", N::kBlob},
    {"BadArgument", "MissingJobId", "job_id", N::kFixed},
    {"BadArgument", "MissingModelPackage", "model_package", N::kFixed},
    {"BadArgument", "MissingOutputOverrideSpecification", "outputs", N::kOutputs},
    {"BadArgument", "MissingRequestInput", "inputs", N::kInput},
    {"BadArgument", "MissingRequiredGlobalParameters", "global_parameters", N::kParameter},
    {"BadArgument", "MissingRequiredOutputOverrides", "outputs", N::kOutputs},
    {"BadArgument", "MissingWebServicePackage", "web_service_package", N::kFixed},
    {"BadArgument", "ModelConfigurationInvalid", "model_package", N::kFixed},
    {"BadArgument", "ModelPackageIdInvalid", "model_package_id", N::kFixed},
    {"BadArgument", "RequestBodyInvalid", "body", N::kFixed},
    {"BadArgument", "RequestIsEmpty", "body", N::kFixed},
    {"BadArgument", "UnexpectedParameter", "global_parameters", N::kParameter},
    {"BadArgument", "UserParameterInvalid", "global_parameters", N::kParameter},
    {"BadArgument", "WebServiceTooManyConcurrentRequestRequirement", "max_concurrent_requests",
     N::kFixed},
    {"BadArgument", "WebServiceTypeInvalid", "web_service_type", N::kFixed},
    {"BadUserArgument", "InputMismatchError", "inputs", N::kInput},
    {"BadUserArgument", "InputParseError", "inputs", N::kInput},
    {"BadUserArgument", "MissingRequiredGlobalParameters", "global_parameters", N::kParameter},
    {"BadUserArgument", "UnexpectedParameter", "global_parameters", N::kParameter},
    {"BadUserArgument", "UserParameterInvalid", "global_parameters", N::kParameter},
    {"InvalidOperation", "MultipleInputsNotAllowed", "inputs", N::kInput},
    {"WebServicePackageError", "", "web_service_package", N::kFixed},
});

// Authority: contract 2.1, 2.2 and the list of types in 2.3, which has none for the bare class
// InvalidOperation: its own reason serves.
constexpr std::array kConditions = std::to_array<ConditionRule>({
    {"BadArgument", "WebServiceConcurrentRequestRequirementInvalid", precondition::kWebServicePlan,
     ConditionSubject::kFirstParameter},
    {"Conflict", "ModelOutputMetadataMismatch", precondition::kModelOutputMetadata,
     ConditionSubject::kEndpoint},
    {"InvalidOperation", "", precondition::kInvalidOperation, ConditionSubject::kEndpointAndTarget},
    {"InvalidOperation", "CannotStartJob", precondition::kJobState, ConditionSubject::kJob},
    {"InvalidOperation", "IncompatibleModel", precondition::kModelRequestVersion,
     ConditionSubject::kEndpoint},
    {"LibraryExecutionError", "", precondition::kModelExecution,
     ConditionSubject::kEndpointAndTarget},
    {"ModuleExecutionError", "", precondition::kModelExecution,
     ConditionSubject::kEndpointAndTarget},
});

// Authority: contract 2.1, 2.2, 2.3. The gateway calls the scoring plane only, so that is the plane
// which refuses where the code does not say another.
constexpr std::array kResources = std::to_array<ResourceRule>({
    {"BadArgument", "BlobNotFound", resource::kAzureBlob, ResourceName::kFirstParameter},
    {"Conflict", "", resource::kUnnamed, ResourceName::kTarget},
    {"ModelPackageFormatError", "", resource::kModelPackage, ResourceName::kTarget},
    {"NotFound", "", resource::kEndpoint, ResourceName::kEndpoint},
    {"NotFound", "ModelPackageNotFound", resource::kModelPackage, ResourceName::kTarget},
    {"NotFound", "WebServiceIdNotFoundInWorkspace", resource::kWebService,
     ResourceName::kWebServiceId},
    {"NotFound", "WebServiceNotFound", resource::kWebService, ResourceName::kWebServiceId},
    {"NotFound", "WorkspaceNotFound", resource::kWorkspace, ResourceName::kWorkspaceId},
    {"Unauthorized", "", resource::kScorePlane, ResourceName::kEndpoint},
    {"Unauthorized", "AdminRequestUnauthorized", resource::kAdminPlane, ResourceName::kEndpoint},
    {"Unauthorized", "ManagementRequestUnauthorized", resource::kManagementPlane,
     ResourceName::kEndpoint},
    {"WebServicePackageInternalError", "", resource::kWebServicePackage, ResourceName::kTarget},
});

// Authority: contract 2.1 (MemoryQuotaViolation) and 2.2.
constexpr std::array kQuotas = std::to_array<QuotaRule>({
    {"MemoryQuotaViolation", "", Quota::kModelMemory},
    {"ServiceUnavailable", "RequestThrottled", Quota::kConcurrentCalls},
    {"ServiceUnavailable", "TooManyConcurrentRequests", Quota::kConcurrentCalls},
});

template <typename Table>
constexpr bool Ascending(const Table& table) {
  for (std::size_t i = 1; i < table.size(); ++i) {
    if (!(std::tie(table[i - 1].error_class, table[i - 1].error_code) <
          std::tie(table[i].error_class, table[i].error_code))) {
      return false;
    }
  }
  return true;
}
static_assert(Ascending(kFields) && Ascending(kConditions));
static_assert(Ascending(kResources) && Ascending(kQuotas));

template <typename Table>
auto FindExact(const Table& table, std::string_view error_class, std::string_view error_code)
    -> const typename Table::value_type* {
  auto key = std::tie(error_class, error_code);
  auto projection = [](const auto& row) { return std::tie(row.error_class, row.error_code); };
  auto found = std::ranges::lower_bound(table, key, {}, projection);
  return found != table.end() && projection(*found) == key ? &*found : nullptr;
}

// The row of the code, else the row of its class.
template <typename Table>
auto Find(const Table& table, std::string_view error_class, std::string_view error_code) -> const
    typename Table::value_type* {
  const auto* own = FindExact(table, error_class, error_code);
  return own != nullptr || error_code.empty() ? own : FindExact(table, error_class, "");
}

}  // namespace

const FieldRule* FindField(std::string_view error_class, std::string_view error_code) {
  return Find(kFields, error_class, error_code);
}

const ConditionRule* FindCondition(std::string_view error_class, std::string_view error_code) {
  return Find(kConditions, error_class, error_code);
}

const ResourceRule* FindResource(std::string_view error_class, std::string_view error_code) {
  return Find(kResources, error_class, error_code);
}

const QuotaRule* FindQuota(std::string_view error_class, std::string_view error_code) {
  return Find(kQuotas, error_class, error_code);
}

}  // namespace scoregate::translation
