#include "gateway/config/read/nearest.h"

#include <vector>

#include "gateway/nearest/nearest.h"

namespace scoregate::config {

std::string Nearest(std::string_view name, std::span<const std::string> known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::vector<std::string_view> nearest = nearest::NearestNames(name, views, 1);
  return nearest.empty() ? std::string() : std::string(nearest.front());
}

}  // namespace scoregate::config
