// How much memory the connections of all callers may take together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace scoregate::server {

/// Where nothing limits the memory of the process.
inline constexpr std::uint64_t kUsualBudget = 128ull << 20;
/// Requests and answers have a budget each, each may be overdrawn once (rpc::LaneBudget), and what
/// grows has up to twice the room that it needs: half of the memory at worst.
inline constexpr std::uint64_t kBudgetOneIn = 16;

/// Bytes for one lane: its share of what is configured, else of the usual budget or of a sixteenth
/// of the memory where that is less; but no less than the largest message, which would never pass.
std::size_t LaneBudgetBytes(std::optional<std::uint64_t> configured,
                            std::optional<std::uint64_t> memory_limit, std::size_t lanes,
                            std::uint64_t largest_message);

}  // namespace scoregate::server
