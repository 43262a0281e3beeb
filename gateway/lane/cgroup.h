// What the cgroup of this process, such as a container's, lets it have.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace scoregate::lane {

/// Where the system shows the cgroup that a process of a container sees as its root.
inline constexpr char kCgroupRoot[] = "/sys/fs/cgroup";

/// CPUs that it may keep busy, rounded up; nothing where there is no quota. Of version 2 or 1.
std::optional<std::size_t> CpuQuota(const std::string& root = kCgroupRoot);

/// Bytes of memory beyond which it is killed; nothing where there is no limit. Of version 2 or 1.
std::optional<std::uint64_t> MemoryLimit(const std::string& root = kCgroupRoot);

}  // namespace scoregate::lane
