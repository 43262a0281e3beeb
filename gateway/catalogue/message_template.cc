// The literals around each parameter, and the scan that finds them.
#include "gateway/catalogue/message_template.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <tuple>

#include "gateway/catalogue/table.h"

namespace scoregate::catalogue {
namespace {

// What follows the literal behind the last parameter.
enum class Tail { kEnd, kProse };

struct Template {
  std::string_view error_class;
  std::string_view code;
  std::string_view before;        // In front of {0}.
  std::string_view between = {};  // Behind {0}; empty where there is no {1}.
  std::string_view bridge = {};   // Our own words up to `second`; not looked for in a message.
  std::string_view second = {};   // In front of {1}, where `between` does not reach it.
  std::string_view behind = {};   // Behind the last parameter; empty: it takes the rest.
  Tail tail = Tail::kEnd;
};

constexpr Template One(std::string_view error_class, std::string_view code, std::string_view before,
                       std::string_view behind, Tail tail = Tail::kEnd) {
  return {
      .error_class = error_class, .code = code, .before = before, .behind = behind, .tail = tail};
}

// Ascending as the table of codes is. A blank stands for any run of white space. Source: the
// English page of error codes, of which each literal is the least that tells the wording apart.
constexpr std::array kTemplates = {
    One("BadArgument", "BadVersionCall", "during the API call: ", ". Check the API help page",
        Tail::kProse),
    One("BadArgument", "BatchJobInputsNotSpecified",
        "not specified with the request: ", ". Please ensure all input", Tail::kProse),
    One("BadArgument", "BatchJobInputsTooManySpecified",
        "List of accepted input(s): ", ". Please ensure all input", Tail::kProse),
    One("BadArgument", "BlobNameTooLong", "output is too long: ", ". Shorten the path",
        Tail::kProse),
    Template{.error_class = "BadArgument",
             .code = "BlobNotFound",
             .before = "provided Azure blob - ",
             .between = ". Azure error message: ",
             .behind = "."},
    One("BadArgument", "ContainerValidationFailed", "failed with this error: ", "."),
    One("BadArgument", "ExpiryTimeInThePast", "is in the past: ", ". Provide a future",
        Tail::kProse),
    One("BadArgument", "InvalidBlob", "specification for blob: ", ". Verify that connection string",
        Tail::kProse),
    One("BadArgument", "InvalidBlobConnectionString", "invalid: ", ". Please correct this",
        Tail::kProse),
    Template{.error_class = "BadArgument",
             .code = "InvalidBlobExtension",
             .before = "blob reference: ",
             .between = " has an invalid or missing",
             .bridge = " extension. Extensions of this ",
             .second = "output type are: \"",
             .behind = "\"."},
    One("BadArgument", "InvalidInputNames",
        "specified in the request: ", ". Please map the input data", Tail::kProse),
    One("BadArgument", "InvalidOutputOverrideName",
        "output override name: ", ". The service does not have", Tail::kProse),
    Template{.error_class = "BadArgument",
             .code = "InvalidQueryParameter",
             .before = "query parameter '",
             .between = "'. "},
    One("BadArgument", "MissingOutputOverrideSpecification", "for output override ",
        ". Please specify a valid blob", Tail::kProse),
    One("BadArgument", "MissingRequiredOutputOverrides", "for these outputs: ", ""),
    One("BadArgument", "UserParameterInvalid", "", ""),
    One("BadArgument", "WebServiceConcurrentRequestRequirementInvalid",
        "requests requirements for ", " web service."),
    One("BadArgument", "WebServiceTooManyConcurrentRequestRequirement", "requirement to more than ",
        "."),
    One("BadArgument", "WebServiceTypeInvalid", "Valid web service types: ", "."),
    One("BadUserArgument", "InputParseError", "Additional details: ", "."),
    One("BadUserArgument", "UserParameterInvalid", "", ""),
    One("InternalError", "ContainerValidationFailed", "failed with this error: ", "."),
    One("InternalError", "InvalidMemoryConfiguration", ", ConfigValue: ", ""),
    Template{.error_class = "InternalError",
             .code = "PortDataTypeNotSupported",
             .before = "Port id=",
             .between = " has an unsupported data type: ",
             .behind = "."},
    One("InternalError", "SwaggerGeneration", "generation failed, Details: ", ""),
    One("InternalError", "UnknownJobStatusCode", "job status code ", "."),
    One("InternalError", "WebServicePackageInvalid", "Package, Details: ", ""),
    One("InvalidOperation", "CannotStartJob", "because it is in ", " state."),
    One("MemoryQuotaViolation", "OutOfMemoryLimit", "memory for the model is ", " MB. Please check",
        Tail::kProse),
    Template{.error_class = "ServiceUnavailable",
             .code = "RequestThrottled",
             .before = "throttled for ",
             .between = " endpoint. The maximum",
             .bridge = " ",
             .second = "for the endpoint is ",
             .behind = "."},
    One("WebServicePackageError", "FormatError", "is malformed. Details: ", ""),
    One("WebServicePackageError", "RuntimesError", "graph is invalid. Details: ", ""),
    One("WebServicePackageError", "ValidationError", "graph is invalid. Details: ", ""),
    One("WebServicePackageInternalError", "ModuleError", "graph is invalid. Details: ", ""),
};

// Each row with parameters has its template and no other row has one.
constexpr bool CoversTheTable() {
  auto next = kTemplates.begin();
  for (const ErrorCode& row : kCodeTable) {
    if (row.parameters == 0) continue;
    if (next == kTemplates.end() || next->error_class != row.error_class) return false;
    if (next->code != row.name || next->between.empty() != (row.parameters == 1)) return false;
    ++next;
  }
  return next == kTemplates.end();
}
static_assert(CoversTheTable());

const Template* FindTemplate(std::string_view error_class, std::string_view code) {
  const auto key = [](const Template& row) { return std::tuple(row.error_class, row.code); };
  const std::tuple wanted(error_class, code);
  const auto row = std::ranges::lower_bound(kTemplates, wanted, {}, key);
  return row == kTemplates.end() || key(*row) != wanted ? nullptr : &*row;
}

constexpr bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// Where a literal stands in a message: [begin, end).
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A blank at an end of the literal takes one blank, so that runs beside a value are looked at once;
// a blank within takes the whole run. At the message's end the closing blank may be gone, as text
// that passed through other hands has been trimmed.
std::optional<Place> MatchAt(std::string_view message, std::string_view literal,
                             std::size_t begin) {
  std::size_t at = begin;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    const bool last = i + 1 == literal.size();
    if (at == message.size()) {
      if (last && i > 0 && IsBlank(literal[i])) break;
      return std::nullopt;
    }
    if (!IsBlank(literal[i])) {
      if (message[at++] != literal[i]) return std::nullopt;
      continue;
    }
    if (!IsBlank(message[at++])) return std::nullopt;
    if (i == 0 || last) continue;
    while (at < message.size() && IsBlank(message[at])) ++at;
  }
  return Place{begin, at};
}

bool MayBegin(char c, std::string_view literal) {
  return IsBlank(literal.front()) ? IsBlank(c) : c == literal.front();
}

// The first character from `at` on with which the literal may begin.
std::size_t FindBeginning(std::string_view message, std::string_view literal, std::size_t at) {
  return IsBlank(literal.front()) ? message.find_first_of(" \t\r\n", at)
                                  : message.find(literal.front(), at);
}

std::optional<Place> FindFirst(std::string_view message, std::string_view literal,
                               std::size_t from) {
  if (literal.empty()) return Place{from, from};
  for (std::size_t at = FindBeginning(message, literal, from); at != std::string_view::npos;
       at = FindBeginning(message, literal, at + 1)) {
    if (const auto place = MatchAt(message, literal, at)) return place;
  }
  return std::nullopt;
}

std::optional<Place> FindLast(std::string_view message, std::string_view literal,
                              std::size_t from) {
  if (literal.empty()) return Place{message.size(), message.size()};
  for (std::size_t at = message.size(); at > from; --at) {
    if (!MayBegin(message[at - 1], literal)) continue;
    if (const auto place = MatchAt(message, literal, at - 1)) return place;
  }
  return std::nullopt;
}

// Where to look for the literal behind a value that begins at `begin`: an empty value may have
// left a single blank that closes the literal before it and opens the one behind it.
std::size_t SearchFrom(std::string_view message, std::size_t begin) {
  return begin > 0 && IsBlank(message[begin - 1]) ? begin - 1 : begin;
}

std::string_view Between(std::string_view message, std::size_t begin, std::size_t end) {
  return Trim(message.substr(begin, std::max(begin, end) - begin));
}

}  // namespace

std::optional<Parameters> ReadParameters(std::string_view error_class, std::string_view code,
                                         std::string_view message) {
  const Template* row = FindTemplate(error_class, code);
  if (row == nullptr) return std::nullopt;
  message = Trim(message);
  const auto before = FindFirst(message, row->before, 0);
  if (!before) return std::nullopt;
  Parameters values;
  std::size_t begin = before->end;
  if (!row->between.empty()) {
    const auto between = FindFirst(message, row->between, SearchFrom(message, begin));
    if (!between) return std::nullopt;
    values[0] = Between(message, begin, between->begin);
    const auto second = FindFirst(message, row->second, between->end);
    if (!second) return std::nullopt;
    begin = second->end;
  }
  const auto behind = FindLast(message, row->behind, SearchFrom(message, begin));
  if (!behind) return std::nullopt;
  if (row->tail == Tail::kEnd && behind->end != message.size()) return std::nullopt;
  values[row->between.empty() ? 0 : 1] = Between(message, begin, behind->begin);
  return values;
}

std::string ComposeMessage(std::string_view error_class, std::string_view code,
                           const Parameters& values) {
  const Template* row = FindTemplate(error_class, code);
  if (row == nullptr) return "";
  std::string message(row->before);
  message.append(values[0]);
  if (!row->between.empty()) {
    message.append(row->between).append(row->bridge).append(row->second).append(values[1]);
  }
  message.append(row->behind);
  if (row->tail == Tail::kProse) message.push_back('.');
  return message;
}

}  // namespace scoregate::catalogue
