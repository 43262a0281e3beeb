#include "gateway/server/memory_budget.h"

#include <algorithm>

namespace scoregate::server {

std::size_t LaneBudgetBytes(std::optional<std::uint64_t> configured,
                            std::optional<std::uint64_t> memory_limit, std::size_t lanes,
                            std::uint64_t largest_message) {
  const std::uint64_t usual =
      memory_limit ? std::min(kUsualBudget, *memory_limit / kBudgetOneIn) : kUsualBudget;
  return std::max(configured.value_or(usual) / lanes, largest_message);
}

}  // namespace scoregate::server
