// Look-ups in the table of documented errors, and the proofs at compile time that it is whole.
#include "gateway/catalogue/catalogue.h"

#include <algorithm>
#include <array>
#include <functional>

#include "gateway/catalogue/table.h"

namespace scoregate::catalogue {
namespace {

// The codes of one class: [first, first + count) of kCodeTable.
struct CodeRange {
  std::size_t first = 0;
  std::size_t count = 0;
};

constexpr std::array<CodeRange, kClassCount> FindRanges() {
  std::array<CodeRange, kClassCount> ranges;
  std::size_t code = 0;
  for (std::size_t i = 0; i < kClassCount; ++i) {
    ranges[i].first = code;
    while (code < kCodeCount && kCodeTable[code].error_class == kClassTable[i].name) ++code;
    ranges[i].count = code - ranges[i].first;
  }
  return ranges;
}

constexpr std::array<CodeRange, kClassCount> kRanges = FindRanges();

constexpr bool ClassesAscend() {
  return std::ranges::adjacent_find(kClassTable, std::ranges::greater_equal(), &ErrorClass::name) ==
         kClassTable.end();
}

constexpr bool CodesAscend() {
  return std::ranges::adjacent_find(kCodeTable, [](const ErrorCode& a, const ErrorCode& b) {
           return a.error_class > b.error_class ||
                  (a.error_class == b.error_class && a.name >= b.name);
         }) == kCodeTable.end();
}

constexpr std::size_t CodesWithParameters(int parameters) {
  return static_cast<std::size_t>(
      std::ranges::count(kCodeTable, parameters, &ErrorCode::parameters));
}

constexpr bool IsAllowedStatus(int status) {
  constexpr std::array kAllowed = {400, 401, 404, 408, 409, 413, 500, 503, 504};
  return std::ranges::find(kAllowed, status) != kAllowed.end();
}

constexpr bool IsClassName(std::string_view name) {
  return std::ranges::find(kClassTable, name, &ErrorClass::name) != kClassTable.end();
}

// Every row counts but those whose name stood in an earlier row.
constexpr std::size_t DistinctCodeNames() {
  std::size_t distinct = 0;
  for (auto row = kCodeTable.begin(); row != kCodeTable.end(); ++row) {
    if (std::ranges::find(kCodeTable.begin(), row, row->name, &ErrorCode::name) == row) ++distinct;
  }
  return distinct;
}

// A heading's fragment is the class in lower case and its status.
constexpr bool AnchorFits(const ErrorClass& row) {
  constexpr std::string_view kMiddle = "-http-status-code-";
  std::string_view rest = row.anchor;
  if (rest.size() != row.name.size() + kMiddle.size() + 3) return false;
  for (const char c : row.name) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (rest.front() != (capital ? static_cast<char>(c - 'A' + 'a') : c)) return false;
    rest.remove_prefix(1);
  }
  if (!rest.starts_with(kMiddle)) return false;
  rest.remove_prefix(kMiddle.size());
  return (rest[0] - '0') * 100 + (rest[1] - '0') * 10 + (rest[2] - '0') == row.http_status;
}

static_assert(ClassesAscend() && CodesAscend(), "sorted by key, hence no duplicate");
static_assert(kRanges.back().first + kRanges.back().count == kCodeCount,
              "a code without its class");
static_assert(std::ranges::count(kRanges, 0U, &CodeRange::count) == 5, "classes without codes");
static_assert(std::ranges::all_of(kClassTable, IsAllowedStatus, &ErrorClass::http_status));
static_assert(std::ranges::all_of(kClassTable, AnchorFits));
static_assert(std::ranges::none_of(kCodeTable, IsClassName, &ErrorCode::name));
static_assert(std::ranges::count(kCodeTable, false, &ErrorCode::has_message) == 27);
static_assert(std::ranges::none_of(kCodeTable, [](const ErrorCode& row) {
  return !row.has_message && (row.parameters != 0 || row.error_class != "InternalError");
}));
static_assert(CodesWithParameters(1) == 29 && CodesWithParameters(2) == 5);
static_assert(CodesWithParameters(0) == kCodeCount - 34, "no row has more than two parameters");
static_assert(DistinctCodeNames() == 105);

// Names are looked for in their order: most differ in their length already, so that one look at
// each takes less than to bisect.

// Position in kClassTable; kClassCount where there is no such class.
std::size_t ClassIndex(std::string_view error_class) {
  const auto row = std::ranges::find(kClassTable, error_class, &ErrorClass::name);
  return static_cast<std::size_t>(row - kClassTable.begin());
}

std::span<const ErrorCode> CodesAt(std::size_t class_index) {
  const CodeRange& range = kRanges[class_index];
  return std::span(kCodeTable).subspan(range.first, range.count);
}

const ErrorCode* FindIn(std::span<const ErrorCode> codes, std::string_view code) {
  const auto row = std::ranges::find(codes, code, &ErrorCode::name);
  return row == codes.end() ? nullptr : &*row;
}

}  // namespace

std::span<const ErrorClass> Classes() {
  return kClassTable;
}

std::span<const ErrorCode> Codes() {
  return kCodeTable;
}

std::span<const ErrorCode> CodesOf(std::string_view error_class) {
  const std::size_t index = ClassIndex(error_class);
  return index == kClassCount ? std::span<const ErrorCode>() : CodesAt(index);
}

const ErrorClass* FindClass(std::string_view error_class) {
  const std::size_t index = ClassIndex(error_class);
  return index == kClassCount ? nullptr : &kClassTable[index];
}

const ErrorCode* FindCode(std::string_view error_class, std::string_view code) {
  return FindIn(CodesOf(error_class), code);
}

std::size_t OrderOf(std::string_view error_class, std::string_view code) {
  const std::size_t index = ClassIndex(error_class);
  if (index == kClassCount) return kRowCount;
  const std::size_t classes_before = index;
  if (code.empty()) return classes_before + kRanges[index].first;
  const ErrorCode* row = FindIn(CodesAt(index), code);
  if (row == nullptr) return kRowCount;
  return classes_before + 1 + static_cast<std::size_t>(row - kCodeTable.data());
}

}  // namespace scoregate::catalogue
