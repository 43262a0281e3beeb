// Suspending a coroutine for something that is no operation of Asio's.
#pragma once

#include <absl/functional/any_invocable.h>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <utility>

#include "gateway/lane/task.h"

namespace scoregate::lane {

/// Resumes a suspended coroutine inside the call; to be called once, on the coroutine's lane. Where
/// it is destroyed uncalled, so is the coroutine. (Asio's any_completion_handler cannot be moved in
/// Boost 1.81.)
using GoOn = absl::AnyInvocable<void() &&>;

/// Suspends the coroutine that awaits it and calls start(go_on, slot). `slot` is told where the
/// coroutine is cancelled, if it can be; `go_on` is to be called all the same.
template <typename Start>
Task<void> Suspend(Start start) {
  using UseTask = boost::asio::use_awaitable_t<Executor>;
  auto wait = [start = std::move(start)](auto handler) mutable {
    boost::asio::cancellation_slot slot = boost::asio::get_associated_cancellation_slot(handler);
    start(GoOn(std::move(handler)), slot);
  };
  return boost::asio::async_initiate<const UseTask&, void()>(std::move(wait), UseTask());
}

}  // namespace scoregate::lane
