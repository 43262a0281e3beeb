#include "gateway/service/batch/operation_page.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>
#include <tuple>

namespace scoregate::service {
namespace {

using Clock = std::chrono::steady_clock;
using Place = std::tuple<Clock::time_point, std::string_view>;

Place PlaceOf(const ListedJob& job) {
  return {job.created, job.operation->name()};
}

}  // namespace

std::string PageToken(const PageEnd& end) {
  const auto since = std::chrono::nanoseconds(end.created.time_since_epoch());
  return std::to_string(since.count()) + ':' + end.name;
}

std::optional<PageEnd> ReadPageToken(const std::string& token) {
  std::int64_t count = 0;
  const char* const last = token.data() + token.size();
  auto [end, error] = std::from_chars(token.data(), last, count);
  if (error != std::errc() || end == last || *end != ':' || end + 1 == last) return std::nullopt;
  const Clock::time_point created{
      std::chrono::duration_cast<Clock::duration>(std::chrono::nanoseconds(count))};
  return PageEnd{created, std::string(end + 1, last)};
}

void FillPage(std::vector<ListedJob> jobs, const std::optional<PageEnd>& after, std::size_t size,
              google::longrunning::ListOperationsResponse& page) {
  std::ranges::sort(jobs, {}, PlaceOf);
  auto next = jobs.begin();
  if (after) {
    next = std::ranges::upper_bound(jobs, Place(after->created, after->name), {}, PlaceOf);
  }
  const auto left = static_cast<std::size_t>(std::distance(next, jobs.end()));
  const std::size_t most = std::min({size == 0 ? kDefaultPageSize : size, kMaxPageSize, left});
  const auto end = next + static_cast<std::ptrdiff_t>(most);
  std::size_t bytes = 0;
  for (; next != end; ++next) {
    bytes += next->operation->ByteSizeLong();
    if (bytes > kMaxPageBytes && page.operations_size() > 0) break;
    *page.add_operations() = *next->operation;
  }
  if (next == jobs.begin() || next == jobs.end()) return;
  const ListedJob& last = *std::prev(next);
  page.set_next_page_token(PageToken({last.created, last.operation->name()}));
}

}  // namespace scoregate::service
