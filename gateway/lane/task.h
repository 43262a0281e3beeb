// The coroutine types of the data path: everything of a call runs on one lane's event loop.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace scoregate::lane {

/// The concrete executor: Asio's type-erased one costs an allocation and a virtual call a step.
using Executor = boost::asio::io_context::executor_type;

/// A coroutine on a lane. Never pass an unnamed aggregate inside a co_await expression: GCC 12
/// destroys it twice.
template <typename T>
using Task = boost::asio::awaitable<T, Executor>;

/// Completion token: co_await gives a tuple of (error_code, result...), nothing throws.
inline constexpr auto kUseTask = boost::asio::as_tuple_t<boost::asio::use_awaitable_t<Executor>>(
    boost::asio::use_awaitable_t<Executor>());

using TcpSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

using Clock = std::chrono::steady_clock;
using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

}  // namespace scoregate::lane
