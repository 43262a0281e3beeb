#include "client/scorectl/report/row_count.h"

#include <optional>

#include "client/scorectl/csv/cells.h"

namespace scoregate::scorectl {
namespace {

// Of all inputs; nothing where they differ, or where there are none.
std::optional<int> RowsSent(const scoring::v1::ScoreRequest& request) {
  std::optional<int> rows;
  for (const auto& [name, table] : request.inputs()) {
    if (rows && *rows != RowCount(table)) return std::nullopt;
    rows = RowCount(table);
  }
  return rows;
}

std::string Rows(int count) {
  return std::to_string(count) + (count == 1 ? " row" : " rows");
}

}  // namespace

std::string RowCountWarning(const scoring::v1::ScoreRequest& request,
                            const scoring::v1::ScoreResponse& response) {
  const std::optional<int> sent = RowsSent(request);
  if (!sent) return "";
  std::string warning;
  for (const auto& [name, table] : response.outputs()) {
    if (RowCount(table) == *sent) continue;
    warning += "warning: " + Rows(*sent) + " sent, but output '" + name + "' has " +
               Rows(RowCount(table)) + "; do not match them by position\n";
  }
  return warning;
}

}  // namespace scoregate::scorectl
