// Our judgement of the documented errors: one row a class, and one row for a single code only where
// it departs from its class. Joined with catalogue/ by (class, code).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "gateway/catalogue/catalogue.h"
#include "gateway/translation/rules/rule.h"

namespace scoregate::translation {

/// One row of a table of judgement. `error_code` is empty for a class's own row.
struct Rule {
  std::string_view error_class;
  std::string_view error_code;
  int http_status;
  grpcwire::Code code;
  Retry retry;
  FaultDomain fault;
  Details details;
};

/// The 18 classes (contract 2.1), ascending by name.
std::span<const Rule> ClassRules();

/// The codes that depart from their class in any column (contract 2.2, 2.3, 2.5), ascending.
std::span<const Rule> CodeRules();

inline constexpr std::size_t kRowCount = catalogue::kClassCount + catalogue::kCodeCount;

/// A documented row with the judgement that holds for it: its own, or its class's.
struct Row {
  std::string_view error_class;
  std::string_view error_code;  ///< Empty for a class's own row.
  int http_status = 0;
  grpcwire::Code code = grpcwire::Code::kUnknown;
  Retry retry = Retry::kNever;
  FaultDomain fault = FaultDomain::kUpstream;
  Details details = Details::kNone;
  std::string reason;
  std::string_view anchor;   ///< Of the class, on the documentation page.
  int parameters = 0;        ///< Of the upstream's message.
  bool has_message = false;  ///< Whether the documentation gives it any words.
  /// Keys of ErrorInfo.metadata for the parameters, as many as there are parameters.
  std::span<const std::string_view> metadata_keys;
  /// Whether the row has a rule of its own, not its class's.
  bool departs = false;

  bool is_class() const { return error_code.empty(); }
};

/// All 128 rows: the classes ascending, each followed by its codes ascending. Made once, at the
/// first call; safe from any thread.
std::span<const Row> Rows();

/// The documented row; null where there is none. Names are compared byte for byte.
const Row* FindRow(std::string_view error_class, std::string_view error_code);

/// The row that decides an answer under kind classic (I5, I7), or why none does.
struct Found {
  const Row* row = nullptr;      ///< The code's row, else its class's; null: the status decides.
  bool known_code = false;       ///< `row` is the very (class, code) row.
  bool status_mismatch = false;  ///< The class is documented, but under another status.
};
Found FindRule(int http_status, std::string_view error_class, std::string_view error_code);

/// The same for a code where the row of its class, `own`, is found already.
Found OfCode(const Found& own, std::string_view error_code);

}  // namespace scoregate::translation
