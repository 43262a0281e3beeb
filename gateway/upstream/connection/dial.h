// Opening a TCP connection to one of several addresses.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <vector>

#include "gateway/lane/signal.h"
#include "gateway/lane/task.h"

namespace scoregate::upstream {

/// How long an address is tried alone before the next one is tried beside it (RFC 8305, 5).
inline constexpr std::chrono::milliseconds kDialStagger{250};

/// Tries addresses in order: the next one when one fails, or has not answered for kDialStagger;
/// the first that connects wins and the others are closed. On one lane.
class Dial : public std::enable_shared_from_this<Dial> {
 public:
  using Endpoint = boost::asio::ip::tcp::endpoint;

  /// `endpoints` is not empty.
  Dial(const lane::Executor& executor, std::vector<Endpoint> endpoints);

  /// Gives true when it has ended, false where the waiting coroutine is cancelled.
  lane::Task<bool> Run();

  /// Closes what is under way; Run ends with operation_aborted. Before, during or after Run.
  void Abort();

  /// The connection, or why there is none. After Run.
  const boost::system::error_code& error() const { return error_; }
  lane::TcpSocket TakeSocket() { return std::move(winner_); }

 private:
  void TryNext();
  void OnTried(std::size_t index, const boost::system::error_code& error);
  void WaitToTryNext();
  void End(const boost::system::error_code& error);

  const std::vector<Endpoint> endpoints_;
  std::vector<lane::TcpSocket> attempts_;
  std::size_t failed_ = 0;
  bool ended_ = false;
  boost::system::error_code error_;
  lane::TcpSocket winner_;
  lane::Timer stagger_;
  lane::Signal changed_;
};

}  // namespace scoregate::upstream
