#include "gateway/translation/rules/metadata_keys.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace scoregate::translation {
namespace {

constexpr std::size_t kMaxParameters = 2;

struct KeyRow {
  std::string_view error_code;
  std::array<std::string_view, kMaxParameters> keys;
};

// Authority: contract 2.4. A unit that the
// value has stands in the key.
constexpr std::array kRows = std::to_array<KeyRow>({
    {"BadVersionCall", {"version"}},
    {"BatchJobInputsNotSpecified", {"missingInputs"}},
    {"BatchJobInputsTooManySpecified", {"acceptedInputs"}},
    {"BlobNameTooLong", {"blobPath"}},
    {"BlobNotFound", {"blobUri", "storageError"}},
    {"CannotStartJob", {"jobState"}},
    {"ContainerValidationFailed", {"storageError"}},
    {"ExpiryTimeInThePast", {"expiryTime"}},
    {"FormatError", {"upstreamDetail"}},
    {"InputParseError", {"upstreamDetail"}},
    {"InvalidBlob", {"blobRef"}},
    {"InvalidBlobConnectionString", {"blobRef"}},
    {"InvalidBlobExtension", {"blobRef", "supportedExtensions"}},
    {"InvalidInputNames", {"inputNames"}},
    {"InvalidMemoryConfiguration", {"configValue"}},
    {"InvalidOutputOverrideName", {"outputName"}},
    {"InvalidQueryParameter", {"parameter", "parameterError"}},
    {"MissingOutputOverrideSpecification", {"outputName"}},
    {"MissingRequiredOutputOverrides", {"outputNames"}},
    {"ModuleError", {"upstreamDetail"}},
    {"OutOfMemoryLimit", {"memoryLimitMegabytes"}},
    {"PortDataTypeNotSupported", {"portId", "dataType"}},
    {"RequestThrottled", {"endpointName", "maxConcurrency"}},
    {"RuntimesError", {"upstreamDetail"}},
    {"SwaggerGeneration", {"upstreamDetail"}},
    {"UnknownJobStatusCode", {"jobStatusCode"}},
    {"UserParameterInvalid", {"upstreamDetail"}},
    {"ValidationError", {"upstreamDetail"}},
    {"WebServiceConcurrentRequestRequirementInvalid", {"webService"}},
    {"WebServicePackageInvalid", {"upstreamDetail"}},
    {"WebServiceTooManyConcurrentRequestRequirement", {"maxConcurrentRequests"}},
    {"WebServiceTypeInvalid", {"validTypes"}},
});

constexpr bool IsKey(std::string_view key) {
  if (key.size() < 2 || key.size() > 64 || key[0] < 'a' || key[0] > 'z') return false;
  return std::ranges::all_of(
      key, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

constexpr bool Sound() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (i > 0 && !(kRows[i - 1].error_code < kRows[i].error_code)) return false;
    if (!IsKey(kRows[i].keys[0])) return false;
    if (!kRows[i].keys[1].empty() && !IsKey(kRows[i].keys[1])) return false;
  }
  return true;
}
static_assert(Sound(), "ascending, and every key is lowerCamelCase (AIP-193)");

}  // namespace

std::span<const std::string_view> MetadataKeys(std::string_view error_code) {
  auto found = std::ranges::lower_bound(kRows, error_code, {}, &KeyRow::error_code);
  if (found == kRows.end() || found->error_code != error_code) return {};
  return std::span(found->keys).first(found->keys[1].empty() ? 1 : 2);
}

}  // namespace scoregate::translation
