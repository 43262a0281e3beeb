#include "gateway/upstream/exchange/wording.h"

#include <openssl/err.h>
#include <openssl/sslerr.h>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <initializer_list>

namespace scoregate::upstream::wording {
namespace {

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (std::string_view part : parts) text.append(part);
  return text;
}

// A time that only connecting has, and the key that sets it.
std::string WithinConnectTimeout(std::chrono::milliseconds time) {
  return " within " + std::to_string(time.count()) + " ms, the endpoint's connect_timeout";
}

// The first bytes of the other side are no record of TLS.
bool IsClearText(const Error& error) {
  return error.category() == boost::asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_WRONG_VERSION_NUMBER;
}

// How a connection ended, as the end of a sentence.
std::string Ending(const Error& error) {
  if (error == boost::asio::error::eof) return "it was closed";
  if (error == boost::asio::ssl::error::stream_truncated) return "it was closed without TLS's end";
  return error.message();
}

}  // namespace

std::string RequestTooLarge(std::uint64_t bytes, std::uint64_t limit) {
  return Join({"the request's body has ", std::to_string(bytes), " bytes, over the limit of ",
               std::to_string(limit)});
}

std::string NameNotFound(std::string_view host) {
  return Join({"the host name ", host, " does not exist"});
}

std::string NameLookupFailed(std::string_view host, std::string_view why) {
  return Join({"could not look up the host name ", host, ": ", why});
}

std::string NameLookupLate(std::string_view host, std::chrono::milliseconds time) {
  return Join({"could not look up the host name ", host, WithinConnectTimeout(time)});
}

std::string ConnectFailed(std::string_view place, const Error& error) {
  return Join({"could not connect to ", place, ": ", error.message()});
}

std::string ConnectLate(std::string_view place, std::chrono::milliseconds time) {
  return Join({"could not connect to ", place, WithinConnectTimeout(time)});
}

std::string TunnelBroken(std::string_view proxy, std::string_view place, const Error& error) {
  std::string why = error ? Ending(error) : std::string("its answer is not HTTP");
  return Join({"the proxy ", proxy, " opened no tunnel to ", place, ": ", why});
}

std::string TunnelUnclear(std::string_view proxy, std::string_view place) {
  return Join(
      {"the proxy ", proxy, " opened no tunnel to ", place, ": it sent more than its answer"});
}

std::string TunnelRefused(std::string_view proxy, std::string_view place, int status) {
  return Join({"the proxy ", proxy, " refused the way to ", place, " with HTTP status ",
               std::to_string(status)});
}

std::string TunnelLate(std::string_view proxy, std::string_view place,
                       std::chrono::milliseconds time) {
  return Join({"the proxy ", proxy, " opened no tunnel to ", place, WithinConnectTimeout(time)});
}

std::string TlsUnusable(std::string_view place, std::string_view why) {
  return Join({"no TLS handshake with ", place, " can be made: ", why});
}

std::string TlsUntrusted(std::string_view place, std::string_view why) {
  return Join({"the certificate of ", place, " was refused: ", why});
}

std::string TlsFailed(std::string_view place, const Error& error) {
  if (IsClearText(error)) {
    return Join({"the TLS handshake with ", place,
                 " failed: the server there speaks clear text, not TLS; write http:// in the "
                 "endpoint's url, or name the server's port for TLS"});
  }
  return Join({"the TLS handshake with ", place, " failed: ", Ending(error)});
}

std::string TlsLate(std::string_view place, std::chrono::milliseconds time) {
  return Join({"no TLS handshake with ", place, WithinConnectTimeout(time)});
}

std::string NoAnswer(std::string_view place, const Error& error) {
  return Join({"the connection to ", place, " broke before the answer: ", Ending(error)});
}

std::string AnswerBroken(std::string_view place, const Error& error) {
  return Join({"the connection to ", place, " broke inside the answer: ", Ending(error)});
}

std::string AnswerInvalid(std::string_view place, std::string_view why) {
  return Join({"the answer of ", place, " was refused: ", why});
}

std::string HeadTooLarge(std::string_view place, std::uint64_t limit) {
  return Join({"the head of the answer of ", place, " is over the limit of ", std::to_string(limit),
               " bytes"});
}

std::string BodyTooLarge(std::string_view place, std::uint64_t limit) {
  return Join({"the body of the answer of ", place, " is over the limit of ", std::to_string(limit),
               " bytes"});
}

std::string ContentCoding(std::string_view place) {
  return Join({"the answer of ", place, " has a content coding, although none was asked for"});
}

std::string Late(std::string_view doing, std::string_view place, const http::TimeLimit& limit) {
  return Join({"the time for the call ran out while ", doing, " ", place, http::Named(limit)});
}

}  // namespace scoregate::upstream::wording
