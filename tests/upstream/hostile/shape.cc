#include "tests/upstream/hostile/shape.h"

#include <utility>

namespace scoregate::upstream::hostile {
namespace {

const std::string kInvalid = "INTERNAL UPSTREAM_RESPONSE_INVALID";
const std::string kTooLarge = "INTERNAL UPSTREAM_RESPONSE_TOO_LARGE";
const std::string kConnectionReset = "UNAVAILABLE UPSTREAM_CONNECTION_RESET";

}  // namespace

std::string Ok(const std::string& rest) {
  return "HTTP/1.1 200 OK\r\n" + rest;
}

std::string InChunks(const std::string& body) {
  return Ok(kChunked + "\r\n" + body);
}

std::string Repeat(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

support::Script Writes(std::string bytes) {
  return support::Script().ReadRequest().Write(std::move(bytes));
}

void InAShortTime(Stage& stage) {
  stage.timeout = kShort;
}

void WithALargeBody(http::HttpRequest& request) {
  request.body.assign(24u << 20, 'x');
}

Expected Good(Fate fate) {
  return {"200 " + kGood, "OK", Retry::kNever, fate};
}

Expected NoSuccess(const std::string& body, Fate fate) {
  return {"200 " + body, kInvalid, Retry::kNever, fate};
}

Expected Refused(const std::string& why) {
  return {"response_invalid: the answer of PLACE was refused: " + why, kInvalid};
}

Expected HeadTooLarge() {
  return {"response_too_large: the head of the answer of PLACE is over the limit of 4096 bytes",
          kTooLarge};
}

Expected BodyTooLarge() {
  return {"response_too_large: the body of the answer of PLACE is over the limit of 256 bytes",
          kTooLarge};
}

Expected BrokeBefore(const std::string& how) {
  return {"reset_after_send: the connection to PLACE broke before the answer: " + how,
          kConnectionReset, Retry::kWhereRepeatable};
}

Expected BrokeInside(const std::string& how) {
  return {"reset_after_send: the connection to PLACE broke inside the answer: " + how,
          kConnectionReset, Retry::kWhereRepeatable};
}

Expected Late() {
  return {"timeout: the time for the call ran out while waiting for the answer of PLACE",
          "DEADLINE_EXCEEDED DEADLINE_EXCEEDED_AT_GATEWAY"};
}

Expected HandshakeFailed(const std::string& how) {
  return {"tls: the TLS handshake with PLACE failed: " + how, "UNAVAILABLE UPSTREAM_UNREACHABLE",
          Retry::kAlways};
}

Expected ProxySays(int http_status, const std::string& body, const std::string& code, Retry retry) {
  return {std::to_string(http_status) + " " + body, code + " INTERMEDIARY_RESPONSE", retry,
          Fate::kKept};
}

const std::vector<Family>& AllFamilies() {
  static const std::vector<Family> families = {
      ContentLengths(), TransferCodings(), HeaderLines(),  StatusLines(),     InterimAnswers(),
      Sizes(),          Chunks(),          Trailers(),     LyingLengths(),    Contents(),
      Endings(),        Stalls(),          EarlyAnswers(), KeptConnections(), TlsEndings()};
  return families;
}

}  // namespace scoregate::upstream::hostile
