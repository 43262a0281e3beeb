#include "gateway/lane/cgroup.h"

#include <charconv>
#include <fstream>
#include <string_view>

namespace scoregate::lane {
namespace {

// Version 1 writes the largest number of pages where there is no limit.
constexpr std::uint64_t kUnlimited = std::uint64_t{1} << 62;

std::optional<std::int64_t> ReadNumber(std::string_view text) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return number;
}

std::string FirstLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::optional<std::size_t> CpusOf(std::optional<std::int64_t> quota,
                                  std::optional<std::int64_t> period) {
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return static_cast<std::size_t>((*quota + *period - 1) / *period);
}

}  // namespace

// Version 2 says "QUOTA PERIOD" or "max PERIOD" in one file.
std::optional<std::size_t> CpuQuota(const std::string& root) {
  std::string both = FirstLine(root + "/cpu.max");
  if (std::size_t space = both.find(' '); space != std::string::npos) {
    std::string_view text = both;
    return CpusOf(ReadNumber(text.substr(0, space)), ReadNumber(text.substr(space + 1)));
  }
  return CpusOf(ReadNumber(FirstLine(root + "/cpu/cpu.cfs_quota_us")),
                ReadNumber(FirstLine(root + "/cpu/cpu.cfs_period_us")));
}

std::optional<std::uint64_t> MemoryLimit(const std::string& root) {
  std::optional<std::int64_t> bytes = ReadNumber(FirstLine(root + "/memory.max"));
  if (!bytes) bytes = ReadNumber(FirstLine(root + "/memory/memory.limit_in_bytes"));
  if (!bytes || *bytes <= 0) return std::nullopt;
  const auto limit = static_cast<std::uint64_t>(*bytes);
  if (limit >= kUnlimited) return std::nullopt;
  return limit;
}

}  // namespace scoregate::lane
