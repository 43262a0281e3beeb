// Parameters are found in the documented wording only, and whatever they hold comes back.
#include "gateway/catalogue/message_template.h"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "gateway/catalogue/catalogue.h"
#include "tests/catalogue/parameter_values.h"

namespace scoregate::catalogue {
namespace {

struct ReadCase {
  const char* name;
  const char* error_class;
  const char* code;
  const char* message;
  std::optional<Parameters> expected;
};

constexpr std::nullopt_t kNotTheWording = std::nullopt;

// The words around the literals are the test's own.
const ReadCase kReadCases[] = {
    {"one value, prose behind it",
     "BadArgument",
     "BadVersionCall",
     "Wrong version during the API call: 1.0. Check the API help page, please.",
     {{"1.0"}}},
    {"a value may hold periods",
     "BadArgument",
     "BadVersionCall",
     "during the API call: 1.0. Or 2. Check the API help page.",
     {{"1.0. Or 2"}}},
    {"the value ends at the last literal behind it",
     "BadArgument",
     "BadVersionCall",
     "during the API call: a. Check the API help page. Check the API help page.",
     {{"a. Check the API help page"}}},
    {"the value begins at the first literal before it",
     "BadArgument",
     "BadVersionCall",
     "during the API call: during the API call: 3. Check the API help page.",
     {{"during the API call: 3"}}},
    {"nothing stands before", "BadArgument", "BadVersionCall",
     "with the call: 1.0. Check the API help page.", kNotTheWording},
    {"nothing stands behind", "BadArgument", "BadVersionCall",
     "during the API call: 1.0. See the API help page.", kNotTheWording},
    {"the literals stand the wrong way round", "BadArgument", "BadVersionCall",
     "1.0. Check the API help page during the API call: ", kNotTheWording},
    {"other letters' case is other wording", "BadArgument", "BadVersionCall",
     "During The API Call: 1.0. Check the API help page.", kNotTheWording},
    {"a value that takes the rest",
     "InternalError",
     "SwaggerGeneration",
     "generation failed, Details: a, b. c.",
     {{"a, b. c."}}},
    {"a closing period belongs to the wording",
     "InternalError",
     "UnknownJobStatusCode",
     "An odd job status code 17.",
     {{"17"}}},
    {"no closing period", "InternalError", "UnknownJobStatusCode", "An odd job status code 17",
     kNotTheWording},
    {"more behind the closing words", "InvalidOperation", "CannotStartJob",
     "because it is in Running state. Sorry!", kNotTheWording},
    {"white space behind the closing period",
     "InternalError",
     "UnknownJobStatusCode",
     " An odd job status code 17. \r\n",
     {{"17"}}},
    {"two values",
     "InternalError",
     "PortDataTypeNotSupported",
     "Port id=2 has an unsupported data type: a.b.",
     {{"2", "a.b"}}},
    {"two values, the second missing", "InternalError", "PortDataTypeNotSupported", "Port id=2.",
     kNotTheWording},
    {"two values, the first missing", "InternalError", "PortDataTypeNotSupported",
     "It has an unsupported data type: a.", kNotTheWording},
    {"the first value ends at the first literal between",
     "BadArgument",
     "InvalidQueryParameter",
     "query parameter 'details'. Expected 'true' or 'false'. Not 'x'.",
     {{"details", "Expected 'true' or 'false'. Not 'x'."}}},
    {"two literals between the values",
     "ServiceUnavailable",
     "RequestThrottled",
     "throttled for churn endpoint. The maximum of all for the endpoint is 20.",
     {{"churn", "20"}}},
    {"the second literal between is absent", "ServiceUnavailable", "RequestThrottled",
     "throttled for churn endpoint. The maximum of all is 20.", kNotTheWording},
    {"the second literal stands before the first", "ServiceUnavailable", "RequestThrottled",
     "throttled for the endpoint is 20 endpoint. The maximum.", kNotTheWording},
    {"quotes around the second value",
     "BadArgument",
     "InvalidBlobExtension",
     "blob reference: a.xlsx has an invalid or missing end; output type are: \".csv, .tsv\".",
     {{"a.xlsx", ".csv, .tsv"}}},
    {"runs of white space within literals",
     "BadArgument",
     "BlobNotFound",
     "provided \t Azure\r\nblob  - x.   Azure error  message:  gone.",
     {{"x", "gone"}}},
    {"single blanks where two are documented",
     "BadArgument",
     "BlobNotFound",
     "provided Azure blob - x. Azure error message: gone.",
     {{"x", "gone"}}},
    {"no blank where one is documented", "BadArgument", "BlobNotFound",
     "provided Azureblob - x. Azure error message: gone.", kNotTheWording},
    {"an empty value between two blanks",
     "InvalidOperation",
     "CannotStartJob",
     "because it is in  state.",
     {{""}}},
    {"an empty value whose blanks were merged",
     "InvalidOperation",
     "CannotStartJob",
     "because it is in state.",
     {{""}}},
    {"a value of blanks",
     "InvalidOperation",
     "CannotStartJob",
     "because it is in     state.",
     {{""}}},
    {"an empty last value, its blank trimmed away",
     "WebServicePackageError",
     "FormatError",
     "It is malformed. Details:",
     {{""}}},
    {"the trimmed blank is the only byte that may be missing", "WebServicePackageError",
     "FormatError", "It is malformed. Details", kNotTheWording},
    {"the whole message is the value",
     "BadArgument",
     "UserParameterInvalid",
     "  Seed has to be > 0.\n",
     {{"Seed has to be > 0."}}},
    {"the whole message is empty", "BadUserArgument", "UserParameterInvalid", "", {{""}}},
    {"a shared name, the caller's class",
     "BadArgument",
     "ContainerValidationFailed",
     "It failed with this error: 404.",
     {{"404"}}},
    {"a shared name, the endpoint's class",
     "InternalError",
     "ContainerValidationFailed",
     "It failed with this error: 404.",
     {{"404"}}},
    {"a shared name under a third class", "BadUserArgument", "ContainerValidationFailed",
     "It failed with this error: 404.", kNotTheWording},
    {"a row without parameters", "BadArgument", "MissingJobId", "It failed with this error: 404.",
     kNotTheWording},
    {"a class alone", "BadArgument", "", "It failed with this error: 404.", kNotTheWording},
    {"an unknown class", "NoSuchClass", "UserParameterInvalid", "x", kNotTheWording},
    {"an empty message", "BadArgument", "BadVersionCall", "", kNotTheWording},
};

TEST(MessageTemplate, ReadsTheDocumentedWordingOnly) {
  for (const ReadCase& c : kReadCases) {
    EXPECT_EQ(ReadParameters(c.error_class, c.code, c.message), c.expected) << c.name;
  }
}

bool LiesWithin(std::string_view view, std::string_view whole) {
  const std::less_equal<const char*> no_later;
  return view.empty() || (no_later(whole.data(), view.data()) &&
                          no_later(view.data() + view.size(), whole.data() + whole.size()));
}

// Every row, with every value (every pair of values where it has two).
void ForEachMessage(const std::function<void(const ErrorCode&, const Parameters&)>& check) {
  for (const ErrorCode& row : Codes()) {
    if (row.parameters == 0) continue;
    for (const std::string_view first : kParameterValues) {
      if (row.parameters == 1) {
        check(row, {first});
        continue;
      }
      for (const std::string_view second : kParameterValues) check(row, {first, second});
    }
  }
}

TEST(MessageTemplate, WhatWasComposedIsReadBack) {
  std::size_t messages = 0;
  ForEachMessage([&messages](const ErrorCode& row, const Parameters& values) {
    ++messages;
    const std::string message = ComposeMessage(row.error_class, row.name, values);
    const auto read = ReadParameters(row.error_class, row.name, message);
    ASSERT_TRUE(read.has_value()) << row.error_class << "/" << row.name << ": " << message;
    EXPECT_EQ(*read, values) << row.error_class << "/" << row.name << ": " << message;
    for (const std::string_view value : *read) EXPECT_TRUE(LiesWithin(value, message));
  });
  EXPECT_EQ(messages,
            29 * kParameterValues.size() + 5 * kParameterValues.size() * kParameterValues.size());
}

TEST(MessageTemplate, RowsWithoutParametersHaveNoMessage) {
  for (const ErrorCode& row : Codes()) {
    const std::string message = ComposeMessage(row.error_class, row.name, {"a", "b"});
    EXPECT_EQ(message.empty(), row.parameters == 0) << row.error_class << "/" << row.name;
  }
  EXPECT_EQ(ComposeMessage("BadArgument", "", {"a", "b"}), "");
  EXPECT_EQ(ComposeMessage("NoSuchClass", "BlobNotFound", {"a", "b"}), "");
}

// The cut message is a copy of its own, so that a sanitizer sees a read past its end.
TEST(MessageTemplate, EveryCutIsReadOrRefused) {
  ForEachMessage([](const ErrorCode& row, const Parameters& values) {
    const std::string message = ComposeMessage(row.error_class, row.name, values);
    for (std::size_t size = 0; size <= message.size(); ++size) {
      const std::vector<char> bytes(message.begin(),
                                    message.begin() + static_cast<std::ptrdiff_t>(size));
      const std::string_view cut(bytes.data(), bytes.size());
      const auto read = ReadParameters(row.error_class, row.name, cut);
      if (!read) continue;
      for (const std::string_view value : *read) {
        ASSERT_TRUE(LiesWithin(value, cut)) << row.name << " cut to " << size;
      }
    }
  });
}

// A message of one row is no message of another, but where the documented wording is the same.
TEST(MessageTemplate, TellsRowsApart) {
  const auto shared = [](const ErrorCode& reader, const ErrorCode& writer) {
    if (reader.name == "UserParameterInvalid" || reader.name == writer.name) return true;
    const auto names_the_graph = [](std::string_view name) {
      return name == "RuntimesError" || name == "ValidationError" || name == "ModuleError";
    };
    return names_the_graph(reader.name) && names_the_graph(writer.name);
  };
  for (const ErrorCode& writer : Codes()) {
    const std::string message = ComposeMessage(writer.error_class, writer.name, {"17", "b"});
    if (message.empty()) continue;
    for (const ErrorCode& reader : Codes()) {
      if (reader.parameters == 0) continue;
      EXPECT_EQ(ReadParameters(reader.error_class, reader.name, message).has_value(),
                shared(reader, writer))
          << writer.name << " read as " << reader.name << ": " << message;
    }
  }
}

// A scan that is not linear would not end within the test program's time limit: white space within
// literals and the row's own literals, over and over.
TEST(MessageTemplate, LongMessagesTakeLinearTime) {
  constexpr std::size_t kLongBytes = std::size_t{1} << 18;
  const std::string blanks(kLongBytes, ' ');
  for (const ErrorCode& row : Codes()) {
    if (row.parameters == 0) continue;
    const auto read = [&row](const std::string& message) {
      return ReadParameters(row.error_class, row.name, message);
    };
    EXPECT_EQ(read("x" + blanks + "x").has_value(), row.name == "UserParameterInvalid") << row.name;
    const std::string message = ComposeMessage(row.error_class, row.name, {"17", "b"});
    std::string wide;
    for (const char c : message) wide += c == ' ' ? blanks : std::string(1, c);
    EXPECT_EQ(read(wide), read(message)) << row.name;
    std::string many;
    while (many.size() < kLongBytes) many += message;
    EXPECT_TRUE(read(many).has_value()) << row.name;
  }
}

}  // namespace
}  // namespace scoregate::catalogue
