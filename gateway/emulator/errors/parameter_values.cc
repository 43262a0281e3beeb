// The table of values. Keys, signatures and passwords in it are invented.
#include "gateway/emulator/errors/parameter_values.h"

#include <array>

namespace scoregate::emulator {
namespace {

struct Row {
  std::string_view error_class;
  std::string_view code;
  catalogue::Parameters values;
};

// A storage address as batch callers send it: the query is a shared access signature.
constexpr std::string_view kSignedBlob =
    "https://churnstore.blob.core.windows.net/batch/in/rows.csv?sv=2015-04-05&sr=b&sp=r"
    "&se=2016-11-16T09%3A30%3A00Z&sig=bm90LWEtcmVhbC1zaWduYXR1cmUtYnV0LWxvbmc%3D";

constexpr std::string_view kConnectionString =
    "DefaultEndpointsProtocol=https;AccountName=churnstore;AccountKey="
    "aW52ZW50ZWQga2V5IG9mIHRoZSBlbXVsYXRvciwgb3BlbnMgbm90aGluZywgaXMgNjQgYnl0ZXMgbG9uZyEhIQ==";

constexpr auto kRows = std::to_array<Row>({
    {"BadArgument", "BadVersionCall", {"1.0"}},
    {"BadArgument", "BatchJobInputsNotSpecified", {"input1, input2"}},
    {"BadArgument", "BatchJobInputsTooManySpecified", {"input1"}},
    {"BadArgument", "BlobNameTooLong", {"diagnostics/2016/11/16/churn/run-00000000000000000001"}},
    {"BadArgument", "BlobNotFound", {kSignedBlob, "The specified blob does not exist"}},
    {"BadArgument", "ContainerValidationFailed", {"the container 'batch' is being deleted"}},
    {"BadArgument", "ExpiryTimeInThePast", {"2016-11-16T09:30:00Z"}},
    {"BadArgument", "InvalidBlob", {"batch/in/rows.csv"}},
    {"BadArgument", "InvalidBlobConnectionString", {kConnectionString}},
    {"BadArgument", "InvalidBlobExtension", {"batch/out/scores.xlsx", ".csv, .tsv, .arff"}},
    {"BadArgument", "InvalidInputNames", {"input7, customers"}},
    {"BadArgument", "InvalidOutputOverrideName", {"output9"}},
    {"BadArgument", "InvalidQueryParameter", {"details", "Expected 'true' or 'false'"}},
    {"BadArgument", "MissingOutputOverrideSpecification", {"output1"}},
    {"BadArgument", "MissingRequiredOutputOverrides", {"output1, output2"}},
    {"BadArgument", "UserParameterInvalid", {"Temperature has to lie between 0.01 and 100"}},
    {"BadArgument", "WebServiceConcurrentRequestRequirementInvalid", {"churn"}},
    {"BadArgument", "WebServiceTooManyConcurrentRequestRequirement", {"200"}},
    {"BadArgument", "WebServiceTypeInvalid", {"Classic, ResourceManager"}},
    {"BadUserArgument", "InputParseError", {"row 2, column 'tenure': 'two years' is not a number"}},
    {"BadUserArgument", "UserParameterInvalid", {"Random seed has to be a whole number"}},
    {"InternalError", "ContainerValidationFailed", {"the storage account did not answer"}},
    {"InternalError", "InvalidMemoryConfiguration", {"-1"}},
    {"InternalError", "PortDataTypeNotSupported", {"2", "ILearnerDotNet"}},
    {"InternalError", "SwaggerGeneration", {"no schema for port 'output2'"}},
    {"InternalError", "UnknownJobStatusCode", {"17"}},
    {"InternalError", "WebServicePackageInvalid", {"checksum differs"}},
    {"InvalidOperation", "CannotStartJob", {"Running"}},
    {"MemoryQuotaViolation", "OutOfMemoryLimit", {"2560"}},
    {"ServiceUnavailable", "RequestThrottled", {"churn", "20"}},
    {"WebServicePackageError", "FormatError", {"unexpected end of the archive"}},
    {"WebServicePackageError", "RuntimesError", {"runtime 'R 3.1.0' is not installed"}},
    {"WebServicePackageError", "ValidationError", {"node 'Score Model' has no input"}},
    {"WebServicePackageInternalError", "ModuleError", {"module 'Score Model' has no version"}},
});

}  // namespace

catalogue::Parameters ParameterValues(std::string_view error_class, std::string_view code) {
  for (const Row& row : kRows) {
    if (row.error_class == error_class && row.code == code) return row.values;
  }
  return {};
}

}  // namespace scoregate::emulator
