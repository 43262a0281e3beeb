// Pages of operations, and the tokens that join one to the next.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gateway/service/batch/job_list.h"

namespace scoregate::service {

inline constexpr std::size_t kDefaultPageSize = 100;
inline constexpr std::size_t kMaxPageSize = 1000;
/// A page ends early rather than being larger than this: gRPC clients take 4 MiB unless told more.
inline constexpr std::size_t kMaxPageBytes = std::size_t{1} * 1024 * 1024;

/// The last job of a page. It names the job, not its place, and is in order even where the job is
/// gone: jobs that leave the list between two pages shift nothing.
struct PageEnd {
  std::chrono::steady_clock::time_point created;
  std::string name;
};

/// The next_page_token that stands for the end of a page: "NANOSECONDS:NAME".
std::string PageToken(const PageEnd& end);

/// Nothing where it is no page token.
std::optional<PageEnd> ReadPageToken(const std::string& token);

/// Puts at most `size` of the jobs (0: kDefaultPageSize) that come after `after` on the page, all
/// of them from the beginning where there is none: oldest first, by name where two are as old. Sets
/// the page's token where more are left.
void FillPage(std::vector<ListedJob> jobs, const std::optional<PageEnd>& after, std::size_t size,
              google::longrunning::ListOperationsResponse& page);

}  // namespace scoregate::service
