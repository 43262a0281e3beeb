#include "gateway/translation/rules/documented_wording.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

namespace scoregate::translation {
namespace {

struct WordingRow {
  std::string_view error_class;
  std::string_view error_code;
  std::uint64_t fingerprint;
};

// FNV-1a, 64 bits, over the sentence that the page "Machine Learning REST API Error Codes" gives,
// white space normalized and without its last period. Facts to compare with, not texts to show: the
// sentences themselves are not the project's.
constexpr std::array kRows = std::to_array<WordingRow>({
    {"BadArgument", "", 0xe3a6b54b190792ce},
    {"BadArgument", "BadParameterValue", 0x76fcbfa3f6320246},
    {"BadArgument", "BadSubscriptionId", 0xe520c7c8a92e46da},
    {"BadArgument", "ContainerIsEmpty", 0x87e9b35ffec97892},
    {"BadArgument", "ContainerSegmentInvalid", 0xd771b0089480855e},
    {"BadArgument", "DataTypeNotSupported", 0x8b6f9de879e5483c},
    {"BadArgument", "DuplicateInputInBatchCall", 0xdedee271e7d32731},
    {"BadArgument", "IncompleteSettings", 0x6898f6bace9d582e},
    {"BadArgument", "InputBlobRelativeLocationInvalid", 0x9e56256102954a53},
    {"BadArgument", "MissingInputBlobInformation", 0x8803683a4a831c5e},
    {"BadArgument", "MissingJobId", 0x468be0eb0424e92c},
    {"BadArgument", "MissingKeys", 0xca71662949d297fb},
    {"BadArgument", "MissingModelPackage", 0x2f27b4867d4410c9},
    {"BadArgument", "MissingRequestInput", 0xc52f535d58b207aa},
    {"BadArgument", "MissingRequiredGlobalParameters", 0x9ae4d10128f2f2c4},
    {"BadArgument", "MissingWebServiceGroupId", 0x9119c414e6587d45},
    {"BadArgument", "MissingWebServiceId", 0x32c83c5237318d1f},
    {"BadArgument", "MissingWebServicePackage", 0xc7632aad38e8971d},
    {"BadArgument", "MissingWorkspaceId", 0x315c42af4d1992eb},
    {"BadArgument", "ModelConfigurationInvalid", 0x182c8c5a1daf25d7},
    {"BadArgument", "ModelPackageIdInvalid", 0x033fdbd451d8f2e5},
    {"BadArgument", "RequestBodyInvalid", 0x458cd2f245bac574},
    {"BadArgument", "RequestIsEmpty", 0xf8beeeadb17a86c9},
    {"BadArgument", "UnexpectedParameter", 0xea761358a05501b6},
    {"BadArgument", "UnknownError", 0x5787e20cab57b383},
    {"BadArgument", "WebServiceIdInvalid", 0x157320b5eb905cd1},
    {"BadUserArgument", "", 0x7342ef3f295f12ad},
    {"BadUserArgument", "InputMismatchError", 0x2baa3b8aa9937db0},
    {"BadUserArgument", "MissingRequiredGlobalParameters", 0xa848d1441cdde90e},
    {"BadUserArgument", "UnexpectedParameter", 0x0e2bb21244d2283d},
    {"Conflict", "", 0x7b8924fc7c0efbeb},
    {"Conflict", "ModelOutputMetadataMismatch", 0x4a0104cdf462d235},
    {"GatewayTimeout", "", 0x5136b30ff67b417a},
    {"GatewayTimeout", "BackendInitializationTimeout", 0x45f81e8a8e0d73ec},
    {"GatewayTimeout", "BackendScoreTimeout", 0xea01d40a8a4992df},
    {"InitializingContainers", "", 0xfde3795219a8f679},
    {"InternalError", "", 0xaa4cd655bba6a017},
    {"InternalError", "ContainerProcessTerminatedWithSystemError", 0x776cdffefb0fbf8f},
    {"InternalError", "ContainerProcessTerminatedWithUnknownError", 0xdb833fef98ed088c},
    {"InternalError", "MissingTaskInstance", 0xc5caab8e043cb231},
    {"InternalErrorSystemLowOnMemory", "", 0xff1c4b1bc064d8b3},
    {"InvalidOperation", "", 0xa5c4645398644f8e},
    {"InvalidOperation", "IncompatibleModel", 0x4511ac35ec4ff305},
    {"InvalidOperation", "MultipleInputsNotAllowed", 0x58dc9a6a0ffbccd3},
    {"LibraryExecutionError", "", 0x53f7f3bc7e56af22},
    {"MemoryQuotaViolation", "", 0x76455287d384dfd9},
    {"ModelPackageFormatError", "", 0xca7eee026043a4db},
    {"ModuleExecutionError", "", 0x3523f4147ee7b0a0},
    {"NotFound", "", 0xe084ef7fec744b84},
    {"NotFound", "ModelPackageNotFound", 0x9a81ff075b4c7313},
    {"NotFound", "WebServiceIdNotFoundInWorkspace", 0x3319a865e356b0d8},
    {"NotFound", "WebServiceNotFound", 0x8f68f061bc0cfac3},
    {"NotFound", "WorkspaceNotFound", 0x081a173d54d460a3},
    {"RequestTimeout", "", 0x5136b30ff67b417a},
    {"RequestTimeout", "RequestCanceled", 0x5706f36f80e51d1b},
    {"RequestTimeout", "ScoreRequestTimeout", 0xfa8c5a9ba263922f},
    {"ServiceUnavailable", "", 0x7f6fb29ec5d5d2ce},
    {"ServiceUnavailable", "NoMoreResources", 0x7e0b95ca7a43c59a},
    {"ServiceUnavailable", "TooManyConcurrentRequests", 0xe91306384ce688fd},
    {"ServiceUnavailable", "TooManyHostsBeingInitialized", 0x824a004cfdebbdae},
    {"ServiceUnavailable", "TooManyHostsBeingInitializedPerModel", 0x824a004cfdebbdae},
    {"Unauthorized", "", 0xf49c11d01467d753},
    {"Unauthorized", "AdminRequestUnauthorized", 0x6eab9556c27f97d3},
    {"Unauthorized", "ManagementRequestUnauthorized", 0x6eab9556c27f97d3},
    {"Unauthorized", "ScoreRequestUnauthorized", 0x7730bf2493510669},
    {"WebServicePackageError", "", 0x49ffbc5ccbd39e57},
    {"WebServicePackageInternalError", "", 0x5d0331675b4cb0d4},
});

constexpr bool Ascending() {
  for (std::size_t i = 1; i < kRows.size(); ++i) {
    if (!(std::tie(kRows[i - 1].error_class, kRows[i - 1].error_code) <
          std::tie(kRows[i].error_class, kRows[i].error_code))) {
      return false;
    }
  }
  return true;
}
static_assert(Ascending());

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Runs of white space count as one blank, at the ends as none; the last periods do not count.
std::uint64_t Fingerprint(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && (IsBlank(text.back()) || text.back() == '.')) text.remove_suffix(1);
  std::uint64_t hash = 0xcbf29ce484222325;
  bool after_blank = false;
  for (char c : text) {
    bool blank = IsBlank(c);
    if (blank && after_blank) continue;
    after_blank = blank;
    hash ^= static_cast<unsigned char>(blank ? ' ' : c);
    hash *= 0x100000001b3;
  }
  return hash;
}

}  // namespace

bool IsDocumentedWording(std::string_view error_class, std::string_view error_code,
                         std::string_view message) {
  auto key = std::tie(error_class, error_code);
  auto projection = [](const WordingRow& row) { return std::tie(row.error_class, row.error_code); };
  auto found = std::ranges::lower_bound(kRows, key, {}, projection);
  return found != kRows.end() && projection(*found) == key &&
         found->fingerprint == Fingerprint(message);
}

}  // namespace scoregate::translation
