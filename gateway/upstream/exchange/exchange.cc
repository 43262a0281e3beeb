#include "gateway/upstream/exchange/exchange.h"

#include <algorithm>
#include <boost/asio/ssl/error.hpp>
#include <utility>

#include "gateway/upstream/exchange/wording.h"
#include "gateway/upstream/message/request_head.h"

namespace scoregate::upstream {
namespace {

using boost::system::error_code;
using http::Fault;
using http::FaultKind;

constexpr int kProxyAuthenticationRequired = 407;
constexpr int kTooManyRequests = 429;

bool IsClosed(const error_code& error) {
  return error == boost::asio::error::eof || error == boost::asio::error::connection_reset ||
         error == boost::asio::error::broken_pipe ||
         error == boost::asio::ssl::error::stream_truncated;
}

// Whether nothing is left over on a connection whose answer was read: no byte of the request that
// was not sent, no byte after the answer.
bool IsUntouched(const Connection& connection) {
  return !connection.is_writing() && !connection.write_error() && connection.unread().empty();
}

bool HasContentCoding(const http::HttpResponse& answer) {
  return std::ranges::any_of(answer.headers.fields(), [](const http::HeaderMap::Field& field) {
    return field.first == "content-encoding" && !field.second.empty() &&
           !boost::beast::iequals(field.second, "identity");
  });
}

}  // namespace

Exchange::Exchange(std::shared_ptr<ClientState> state, const Order& order)
    : state_(std::move(state)),
      request_(order.request),
      options_(order.options),
      cancellation_(order.cancellation) {}

AnswerLimits Exchange::Limits() const {
  const endpoint::Limits& limits = state_->shared.settings->limits;
  return {limits.max_header_bytes, limits.max_response_bytes, limits.max_error_body_bytes};
}

std::optional<Fault> Exchange::Check() const {
  const endpoint::Limits& limits = state_->shared.settings->limits;
  if (request_.body.size() > limits.max_request_bytes) {
    return Fault(FaultKind::kRequestTooLarge,
                 wording::RequestTooLarge(request_.body.size(), limits.max_request_bytes));
  }
  if (auto why = WhyUnwritable(request_)) return Fault(FaultKind::kRequestInvalid, *why);
  return std::nullopt;
}

lane::Task<http::HttpOutcome> Exchange::Run() {
  if (auto fault = Check()) co_return *std::move(fault);
  const lane::Clock::time_point now = lane::Clock::now();
  late_ = options_.deadline <= now;
  if (auto fault = Interrupted()) co_return *std::move(fault);
  Deadlines::Watch watch(*state_->deadlines, options_.deadline, [this] {
    late_ = true;
    Interrupt();
  });
  if (ConnectionPtr reused = state_->pool->Take(now)) {
    ++state_->stats.connections_reused;
    error_code closed = co_await Try(std::move(reused));
    if (outcome_) co_return *std::move(outcome_);
    if (!MayRepeat(closed)) co_return Broken(closed);
    ++state_->stats.exchanges_retried;
  }
  http::Result<ConnectionPtr> opened = co_await Open();
  if (!opened.ok()) co_return std::move(opened).fault();
  ConnectionPtr connection = std::move(opened).value();
  // TLS has words of its own for before the request; what is not of TLS is an answer to nothing.
  spoke_first_ = connection->native_tls() == nullptr && !connection->IsQuiet();
  error_code closed = co_await Try(std::move(connection));
  if (outcome_) co_return *std::move(outcome_);
  co_return Broken(closed);
}

bool Exchange::MayRepeat(const error_code& closed) const {
  return IsClosed(closed) && (options_.idempotent || sent_ == 0);
}

lane::Task<http::Result<Exchange::ConnectionPtr>> Exchange::Open() {
  Deadlines::Watch watch(*state_->deadlines,
                         lane::Clock::now() + state_->shared.settings->connect_timeout, [this] {
                           connect_late_ = true;
                           Interrupt();
                         });
  http::Result<ConnectionPtr> opened = co_await OpenWithin();
  interrupt_ = nullptr;
  // Only opening had that time; it may have run out just as the connection was there.
  connect_late_ = false;
  ++(opened.ok() ? state_->stats.connections_opened : state_->stats.connections_failed);
  co_return opened;
}

lane::Task<http::Result<Exchange::ConnectionPtr>> Exchange::OpenWithin() {
  http::Result<Endpoints> endpoints = co_await FindEndpoints();
  if (!endpoints.ok()) co_return std::move(endpoints).fault();
  http::Result<ConnectionPtr> connected = co_await Connect(std::move(endpoints).value());
  if (!connected.ok()) co_return connected;
  Connection& connection = *connected.value();
  interrupt_ = [&connection] { connection.Close(); };
  if (state_->uses_tunnel()) {
    http::Result<void> tunnel = co_await OpenTunnel(connection);
    if (!tunnel.ok()) co_return std::move(tunnel).fault();
  }
  if (state_->shared.tls) {
    http::Result<void> secured = co_await MakeSecure(connection);
    if (!secured.ok()) co_return std::move(secured).fault();
  }
  co_return connected;
}

lane::Task<http::Result<Exchange::Endpoints>> Exchange::FindEndpoints() {
  step_ = Step::kResolving;
  error_code error;
  auto literal = boost::asio::ip::make_address(state_->dial_host, error);
  if (!error) {
    Endpoints one;
    one.emplace_back(literal, state_->dial_port);
    co_return one;
  }
  interrupt_ = [this] { state_->names_changed->Notify(); };
  NameCache::Answer answer = state_->shared.names->Find(state_->dial_host, state_->name_waiter);
  while (!answer) {
    co_await state_->names_changed->Wait();
    if (auto fault = Interrupted()) co_return *std::move(fault);
    answer = state_->shared.names->Find(state_->dial_host, state_->name_waiter);
  }
  if (answer->outcome == ResolvedName::Outcome::kNotFound) {
    co_return Fault(FaultKind::kNameNotFound, wording::NameNotFound(state_->dial_host));
  }
  if (answer->outcome == ResolvedName::Outcome::kFailed) {
    co_return Fault(FaultKind::kNameLookupFailed,
                    wording::NameLookupFailed(state_->dial_host, answer->text));
  }
  Endpoints endpoints;
  for (const auto& address : answer->addresses) endpoints.emplace_back(address, state_->dial_port);
  co_return endpoints;
}

lane::Task<http::Result<Exchange::ConnectionPtr>> Exchange::Connect(Endpoints endpoints) {
  step_ = Step::kConnecting;
  auto dial = std::make_shared<Dial>(state_->executor, std::move(endpoints));
  interrupt_ = [dial] { dial->Abort(); };
  co_await dial->Run();
  interrupt_ = nullptr;
  // The addresses may be old ones.
  if (dial->error()) state_->shared.names->Doubt(state_->dial_host);
  if (auto fault = Interrupted()) co_return *std::move(fault);
  if (dial->error()) {
    co_return Fault(FaultKind::kConnectFailed,
                    wording::ConnectFailed(state_->dial_name, dial->error()));
  }
  co_return std::make_shared<Connection>(dial->TakeSocket());
}

lane::Task<http::Result<void>> Exchange::OpenTunnel(Connection& connection) {
  step_ = Step::kTunnel;
  AnswerReader reader(Limits(), AnswerBody::kNone);
  // The body of a refusal is of no use: the connection is closed.
  const std::string& authorization = state_->shared.settings->proxy_authorization;
  connection.BeginWrite(WriteTunnelHead(state_->place, authorization), {});
  error_code error;
  while (!error && reader.state() == AnswerReader::State::kMore) {
    Connection::Arrival arrival = co_await connection.Read();
    error = Put(arrival, connection, reader);
  }
  std::optional<Fault> fault = Interrupted();
  if (!fault && reader.state() != AnswerReader::State::kDone) {
    fault.emplace(FaultKind::kConnectFailed,
                  wording::TunnelBroken(state_->dial_place, state_->place, error));
  }
  int status = fault ? 0 : reader.Take().status;
  if (!fault && (status < 200 || status > 299)) fault = RefusedByProxy(status);
  if (!fault && !connection.unread().empty()) {
    fault.emplace(FaultKind::kConnectFailed,
                  wording::TunnelUnclear(state_->dial_place, state_->place));
  }
  if (!fault) co_return http::Result<void>();
  co_await connection.CloseAndSettle();
  co_return *std::move(fault);
}

lane::Task<http::Result<void>> Exchange::MakeSecure(Connection& connection) {
  step_ = Step::kHandshake;
  const std::shared_ptr<TlsContext>& tls = state_->shared.tls;
  if (tls->error()) {
    co_return Fault(FaultKind::kTlsFailed, wording::TlsUnusable(state_->place, *tls->error()));
  }
  error_code error = co_await connection.Handshake(tls);
  std::optional<Fault> fault = Interrupted();
  if (!fault && error) {
    auto untrusted = WhyUntrusted(connection.native_tls(), error);
    fault.emplace(untrusted ? FaultKind::kTlsUntrusted : FaultKind::kTlsFailed,
                  untrusted ? wording::TlsUntrusted(state_->place, *untrusted)
                            : wording::TlsFailed(state_->place, error));
  }
  if (fault) {
    connection.Close();
    co_return *std::move(fault);
  }
  if (SSL_session_reused(connection.native_tls()) == 1) ++state_->stats.tls_resumed;
  co_return http::Result<void>();
}

lane::Task<error_code> Exchange::Try(ConnectionPtr connection) {
  step_ = Step::kAnswer;
  interrupt_ = [raw = connection.get()] { raw->Close(); };
  bool no_body = request_.method == "HEAD";
  AnswerReader reader(Limits(), no_body ? AnswerBody::kNone : AnswerBody::kByItsFields);
  // Room for what BeginWrite puts behind the head at most, so that it allocates nothing.
  const std::size_t room = std::min(request_.body.size(), Connection::kFirstWriteBytes);
  connection->BeginWrite(WriteRequestHead(request_, state_->host_field, state_->via, room),
                         request_.body);
  error_code error;
  while (!error && reader.state() == AnswerReader::State::kMore) {
    Connection::Arrival arrival = co_await connection->Read();
    error = Put(arrival, *connection, reader);
  }
  interrupt_ = nullptr;
  sent_ = connection->sent();
  bool done = reader.state() == AnswerReader::State::kDone;
  bool reusable = done && reader.keep_alive() && IsUntouched(*connection) && !spoke_first_;
  std::optional<Fault> interrupted = Interrupted();
  if (interrupted && !done) {
    outcome_.emplace(*std::move(interrupted));
  } else if (done || reader.has_begun()) {
    outcome_.emplace(Conclude(reader, error));
    reusable = reusable && outcome_->ok();
  }
  if (reusable) {
    state_->pool->Give(std::move(connection));
  } else {
    co_await connection->CloseAndSettle();
  }
  co_return error;
}

// Gives why no more can come of the answer; none while more can, or when it is whole.
error_code Exchange::Put(const Connection::Arrival& arrival, Connection& connection,
                         AnswerReader& reader) const {
  error_code error = connection.TakeIn(arrival);
  connection.Consume(reader.Put(connection.unread()));
  if (!error) {
    const bool done = reader.state() != AnswerReader::State::kMore;
    return done || !Interrupted() ? error : boost::asio::error::operation_aborted;
  }
  // A reset is told once: where the writing side got it, reading looks like an orderly end.
  bool orderly = error == boost::asio::error::eof;
  if (orderly && connection.write_error()) return connection.write_error();
  // Only an orderly end ends an answer that has no length.
  if (orderly && reader.has_begun()) reader.PutEnd();
  return error;
}

http::HttpOutcome Exchange::Conclude(AnswerReader& reader, const error_code& error) const {
  const std::string& place = state_->place;
  const endpoint::Limits& limits = state_->shared.settings->limits;
  switch (reader.state()) {
    case AnswerReader::State::kDone:
      break;
    case AnswerReader::State::kInvalid:
      return Fault(FaultKind::kResponseInvalid, wording::AnswerInvalid(place, reader.why()));
    case AnswerReader::State::kHeadTooLarge:
      return Fault(FaultKind::kResponseTooLarge,
                   wording::HeadTooLarge(place, limits.max_header_bytes));
    case AnswerReader::State::kBodyTooLarge:
      return Fault(FaultKind::kResponseTooLarge,
                   wording::BodyTooLarge(place, limits.max_response_bytes));
    case AnswerReader::State::kMore:
    case AnswerReader::State::kCutByTheEnd:
      return Fault(FaultKind::kResetAfterSend, wording::AnswerBroken(place, error));
  }
  http::HttpResponse answer = reader.Take();
  // Only a proxy has this status.
  if (!state_->via.origin.empty() && answer.status == kProxyAuthenticationRequired) {
    return RefusedByProxy(answer.status);
  }
  // Nothing can be made of a success that was compressed. An error's status and fields still tell.
  if (answer.status >= 200 && answer.status <= 299 && HasContentCoding(answer)) {
    return Fault(FaultKind::kResponseInvalid, wording::ContentCoding(place));
  }
  return answer;
}

// A proxy that forbids the way, or wants other credentials, will do so until somebody acts.
Fault Exchange::RefusedByProxy(int status) const {
  const bool for_good = status >= 400 && status < 500 && status != kTooManyRequests;
  std::string text = wording::TunnelRefused(state_->dial_place, state_->place, status);
  if (status == kProxyAuthenticationRequired) {
    const bool has_any = !state_->shared.settings->proxy_authorization.empty();
    text += has_any ? "; it does not take the gateway's credentials (proxy_credentials)"
                    : "; it wants credentials (proxy_credentials)";
  }
  return Fault(for_good ? FaultKind::kProxyRefused : FaultKind::kConnectFailed, std::move(text));
}

Fault Exchange::Broken(const error_code& error) const {
  if (IsRefusedHandshake(error)) {
    return Fault(FaultKind::kTlsFailed, wording::TlsFailed(state_->place, error));
  }
  return Fault(sent_ == 0 ? FaultKind::kResetBeforeSend : FaultKind::kResetAfterSend,
               wording::NoAnswer(state_->place, error));
}

std::optional<Fault> Exchange::Interrupted() const {
  if (cancellation_.cancelled() != boost::asio::cancellation_type::none) {
    return Fault(FaultKind::kCancelled, "the call was cancelled");
  }
  if (late_) return LateFault();
  if (connect_late_) return LateConnectFault();
  return std::nullopt;
}

Fault Exchange::LateFault() const {
  constexpr FaultKind kKind = FaultKind::kTimeout;
  switch (step_) {
    case Step::kResolving:
      return Fault(kKind,
                   wording::Late("looking up the host name", state_->dial_host, options_.limit));
    case Step::kConnecting:
    case Step::kTunnel:
      return Fault(kKind, wording::Late("connecting to", state_->dial_name, options_.limit));
    case Step::kHandshake:
      return Fault(kKind,
                   wording::Late("making a TLS handshake with", state_->place, options_.limit));
    case Step::kAnswer:
      break;
  }
  return Fault(kKind, wording::Late("waiting for the answer of", state_->place, options_.limit));
}

Fault Exchange::LateConnectFault() const {
  std::chrono::milliseconds time = state_->shared.settings->connect_timeout;
  switch (step_) {
    case Step::kResolving:
      return Fault(FaultKind::kNameLookupFailed, wording::NameLookupLate(state_->dial_host, time));
    case Step::kTunnel:
      return Fault(FaultKind::kConnectFailed,
                   wording::TunnelLate(state_->dial_place, state_->place, time));
    case Step::kHandshake:
      return Fault(FaultKind::kTlsFailed, wording::TlsLate(state_->place, time));
    case Step::kConnecting:
    case Step::kAnswer:
      break;
  }
  return Fault(FaultKind::kConnectFailed, wording::ConnectLate(state_->dial_name, time));
}

}  // namespace scoregate::upstream
