// One exchange, from the name look-up to the last byte of the answer.
#pragma once

#include <boost/asio/cancellation_state.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/upstream/connection/dial.h"
#include "gateway/upstream/exchange/client_state.h"
#include "gateway/upstream/message/answer_reader.h"
#include "gateway/upstream/upstream_client.h"

namespace scoregate::upstream {

/// Lives in the frame of the call; everything it waits for ends at once when the call is cancelled
/// or its time is up. On one lane.
class Exchange {
 public:
  struct Order {
    const http::HttpRequest& request;
    const ExchangeOptions& options;
    boost::asio::cancellation_state cancellation;
  };

  Exchange(std::shared_ptr<ClientState> state, const Order& order);

  /// Once.
  lane::Task<http::HttpOutcome> Run();

 private:
  /// What the exchange is busy with; the sentence for a timeout depends on it.
  enum class Step { kResolving, kConnecting, kTunnel, kHandshake, kAnswer };
  using ConnectionPtr = std::shared_ptr<Connection>;
  using Endpoints = std::vector<Dial::Endpoint>;

  std::optional<http::Fault> Check() const;

  lane::Task<http::Result<ConnectionPtr>> Open();
  lane::Task<http::Result<ConnectionPtr>> OpenWithin();
  lane::Task<http::Result<Endpoints>> FindEndpoints();
  lane::Task<http::Result<ConnectionPtr>> Connect(Endpoints endpoints);
  lane::Task<http::Result<void>> OpenTunnel(Connection& connection);
  lane::Task<http::Result<void>> MakeSecure(Connection& connection);

  /// An attempt on one connection: leaves an outcome, or gives how the connection closed without.
  lane::Task<boost::system::error_code> Try(ConnectionPtr connection);
  boost::system::error_code Put(const Connection::Arrival& arrival, Connection& connection,
                                AnswerReader& reader) const;
  http::HttpOutcome Conclude(AnswerReader& reader, const boost::system::error_code& error) const;
  http::Fault RefusedByProxy(int status) const;
  http::Fault Broken(const boost::system::error_code& error) const;
  bool MayRepeat(const boost::system::error_code& closed) const;

  /// Why the exchange has to end now, if it has to.
  std::optional<http::Fault> Interrupted() const;
  http::Fault LateFault() const;
  http::Fault LateConnectFault() const;
  void Interrupt() {
    if (interrupt_) interrupt_();
  }
  AnswerLimits Limits() const;

  const std::shared_ptr<ClientState> state_;
  const http::HttpRequest& request_;
  const ExchangeOptions& options_;
  const boost::asio::cancellation_state cancellation_;
  std::function<void()> interrupt_;  ///< Ends what is being waited for; empty where nothing is.
  Step step_ = Step::kConnecting;
  bool late_ = false;          ///< The deadline has passed.
  bool connect_late_ = false;  ///< The time to connect has passed.
  bool spoke_first_ = false;   ///< The peer sent something before it was asked.
  std::uint64_t sent_ = 0;     ///< Bytes of the request that the last attempt sent.
  std::optional<http::HttpOutcome> outcome_;
};

}  // namespace scoregate::upstream
