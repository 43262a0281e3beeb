// The codes, compared with the enum of google/rpc/code.proto.
#include "gateway/grpcwire/code.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "google/rpc/code.pb.h"

namespace scoregate::grpcwire {
namespace {

TEST(Code, NamesAndNumbersAreThoseOfTheProto) {
  const auto* values = google::rpc::Code_descriptor();
  ASSERT_EQ(values->value_count(), kCodeCount);
  for (int i = 0; i < values->value_count(); ++i) {
    const auto* value = values->value(i);
    const std::optional<Code> code = CodeFromNumber(value->number());
    ASSERT_TRUE(code) << value->name();
    EXPECT_EQ(CodeNumber(*code), value->number());
    EXPECT_EQ(CodeName(*code), value->name());
    EXPECT_EQ(CodeFromName(value->name()), code);
  }
}

TEST(Code, HttpStatuses) {
  constexpr std::pair<std::string_view, int> kStatuses[] = {
      {"OK", 200},
      {"CANCELLED", 499},
      {"UNKNOWN", 500},
      {"INVALID_ARGUMENT", 400},
      {"DEADLINE_EXCEEDED", 504},
      {"NOT_FOUND", 404},
      {"ALREADY_EXISTS", 409},
      {"PERMISSION_DENIED", 403},
      {"UNAUTHENTICATED", 401},
      {"RESOURCE_EXHAUSTED", 429},
      {"FAILED_PRECONDITION", 400},
      {"ABORTED", 409},
      {"OUT_OF_RANGE", 400},
      {"UNIMPLEMENTED", 501},
      {"INTERNAL", 500},
      {"UNAVAILABLE", 503},
      {"DATA_LOSS", 500},
  };
  EXPECT_EQ(std::size(kStatuses), static_cast<std::size_t>(kCodeCount));
  for (const auto& [name, status] : kStatuses) {
    const std::optional<Code> code = CodeFromName(name);
    ASSERT_TRUE(code) << name;
    EXPECT_EQ(HttpStatusOf(*code), status) << name;
  }
}

TEST(Code, NothingElseIsACode) {
  for (std::int64_t number : {std::int64_t{-1}, std::int64_t{17}, std::int64_t{200},
                              std::int64_t{1} << 32, std::int64_t{256}, INT64_MIN, INT64_MAX}) {
    EXPECT_EQ(CodeFromNumber(number), std::nullopt) << number;
  }
  for (std::string_view name : {"", "ok", "Ok", "OK ", "CANCELED", "NOT FOUND", "NotFound", "0"}) {
    EXPECT_EQ(CodeFromName(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace scoregate::grpcwire
