// One row a code: number, name, HTTP status.
#include "gateway/grpcwire/code.h"

#include <array>
#include <cstddef>

namespace scoregate::grpcwire {
namespace {

struct CodeRow {
  Code code;
  std::string_view name;
  int http_status;
};

// The HTTP statuses stand in the comments of google/rpc/code.proto of the public definition.
constexpr std::array<CodeRow, kCodeCount> kCodes = {{
    {Code::kOk, "OK", 200},
    {Code::kCancelled, "CANCELLED", 499},
    {Code::kUnknown, "UNKNOWN", 500},
    {Code::kInvalidArgument, "INVALID_ARGUMENT", 400},
    {Code::kDeadlineExceeded, "DEADLINE_EXCEEDED", 504},
    {Code::kNotFound, "NOT_FOUND", 404},
    {Code::kAlreadyExists, "ALREADY_EXISTS", 409},
    {Code::kPermissionDenied, "PERMISSION_DENIED", 403},
    {Code::kResourceExhausted, "RESOURCE_EXHAUSTED", 429},
    {Code::kFailedPrecondition, "FAILED_PRECONDITION", 400},
    {Code::kAborted, "ABORTED", 409},
    {Code::kOutOfRange, "OUT_OF_RANGE", 400},
    {Code::kUnimplemented, "UNIMPLEMENTED", 501},
    {Code::kInternal, "INTERNAL", 500},
    {Code::kUnavailable, "UNAVAILABLE", 503},
    {Code::kDataLoss, "DATA_LOSS", 500},
    {Code::kUnauthenticated, "UNAUTHENTICATED", 401},
}};

constexpr bool EachRowStandsAtItsNumber() {
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    if (CodeNumber(kCodes[i].code) != static_cast<int>(i)) return false;
  }
  return true;
}
static_assert(EachRowStandsAtItsNumber());

const CodeRow& RowOf(Code code) {
  return kCodes[static_cast<std::size_t>(CodeNumber(code))];
}

}  // namespace

std::string_view CodeName(Code code) {
  return RowOf(code).name;
}

std::optional<Code> CodeFromName(std::string_view name) {
  for (const CodeRow& row : kCodes) {
    if (row.name == name) return row.code;
  }
  return std::nullopt;
}

std::optional<Code> CodeFromNumber(std::int64_t number) {
  if (number < 0 || number >= kCodeCount) return std::nullopt;
  return static_cast<Code>(number);
}

int HttpStatusOf(Code code) {
  return RowOf(code).http_status;
}

}  // namespace scoregate::grpcwire
