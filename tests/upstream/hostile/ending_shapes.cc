// Answers that end elsewhere than they say, or too soon.
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {
namespace {

using support::Script;

// What a client would be given that reads behind its own answer.
const std::string kForged = Ok("Content-Length: 6\r\n\r\nforged");
Expected Bodiless(int status, const std::string& code, Fate fate) {
  return {std::to_string(status) + " ", code, Retry::kNever, fate};
}

}  // namespace

Family LyingLengths() {
  const std::string kNoBody = "INTERNAL UPSTREAM_RESPONSE_INVALID";
  const std::string kUnknown = "UNKNOWN INTERMEDIARY_RESPONSE";
  const std::string kDesync =
      "the body that cannot be there may come later, and would be the next call's answer";
  const std::string kBehind = "the answer is whole; what is behind it is nobody's";
  return {
      "Lengths that lie",
      "What comes behind an answer is never given to the next call.",
      {
          {"body shorter than its length, then closed",
           Writes(Ok("Content-Length: 15\r\n\r\n" + kGood)).Close(), BrokeInside(kClosed),
           "RFC 9112, 8: incomplete, although the JSON is whole"},
          {"body shorter than its length, then silence",
           Writes(Ok("Content-Length: 15\r\n\r\n" + kGood)),
           Late(),
           "the byte may still come",
           {.stage = InAShortTime}},
          {"no body but a length, then closed", Writes(Ok(kLength + "\r\n")).Close(),
           BrokeInside(kClosed), "the head alone is no answer"},
          {"body longer than its length", Writes(Ok("Content-Length: 14\r\n\r\n" + kGood + "}")),
           Good(Fate::kClosed), kBehind},
          {"length zero with a body", Writes(Ok("Content-Length: 0\r\n\r\n" + kGood)),
           NoSuccess("", Fate::kClosed), "an empty answer, and bytes behind it"},
          {"an answer behind the answer", Writes(kWhole + kForged), Good(Fate::kClosed),
           "response splitting: the second is nobody's"},
          {"a line break behind the answer", Writes(kWhole + "\r\n"), Good(Fate::kClosed),
           "harmless in the old days; in doubt it is closed"},
          {"a NUL behind the answer", Writes(kWhole + std::string(1, '\0')), Good(Fate::kClosed),
           kBehind},
          {"half an answer behind the answer", Writes(kWhole + "HTTP/1.1"), Good(Fate::kClosed),
           kBehind},
          {"a megabyte behind the answer", Writes(kWhole + Repeat("x", 1u << 20)),
           Good(Fate::kClosed), kBehind},
          {"endless bytes behind the answer",
           Script().ReadRequest().Write(kWhole + "x").WriteForever("xxxx", kDrip * 0),
           Good(Fate::kClosed), kBehind},
          {"204 with a body", Writes("HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\nhello"),
           Bodiless(204, kNoBody, Fate::kClosed), "204 has no body, whatever it says"},
          {"204 that announces a body", Writes("HTTP/1.1 204 X\r\nContent-Length: 54\r\n\r\n"),
           Bodiless(204, kNoBody, Fate::kClosed), kDesync},
          {"204 that announces a body, which is an answer",
           Writes("HTTP/1.1 204 X\r\nContent-Length: 44\r\n\r\n").ReadRequest().Write(kForged),
           Bodiless(204, kNoBody, Fate::kClosed), kDesync},
          {"204 that announces nothing", Writes("HTTP/1.1 204 X\r\nContent-Length: 0\r\n\r\n"),
           Bodiless(204, kNoBody, Fate::kKept), "superfluous and clear"},
          {"204 in chunks", Writes("HTTP/1.1 204 X\r\n" + kChunked + "\r\n"),
           Bodiless(204, kNoBody, Fate::kClosed), kDesync},
          {"204 in chunks that come", Writes("HTTP/1.1 204 X\r\n" + kChunked + "\r\n0\r\n\r\n"),
           Bodiless(204, kNoBody, Fate::kClosed), "the last chunk is behind the answer"},
          {"304 with a body", Writes("HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\nhello"),
           Bodiless(304, kUnknown, Fate::kClosed), "304 has no body"},
          {"304 that announces a body", Writes("HTTP/1.1 304 X\r\nContent-Length: 44\r\n\r\n"),
           Bodiless(304, kUnknown, Fate::kClosed),
           "allowed where something was asked conditionally, which we never do"},
          {"304 in chunks", Writes("HTTP/1.1 304 X\r\n" + kChunked + "\r\n"),
           Bodiless(304, kUnknown, Fate::kClosed), kDesync},
          {"a body after HEAD",
           Writes(Ok("Content-Length: 5\r\n\r\nhello")),
           NoSuccess("", Fate::kClosed),
           "the answer to HEAD has none",
           {.request = [](http::HttpRequest& request) { request.method = "HEAD"; }, .requests = 1}},
          {"error with a length that is too long",
           Writes("HTTP/1.1 503 X\r\nContent-Length: 20\r\n\r\nbusy").Close(), BrokeInside(kClosed),
           "503 was said, but who knows what the rest says"},
          {"error behind an error",
           Writes("HTTP/1.1 500 X\r\nContent-Length: 1\r\n\r\nx" + kForged),
           {"500 x", kUnknown, Retry::kNever, Fate::kClosed},
           kBehind},
      }};
}

Family Endings() {
  const std::string kHead = Ok(kLength + "\r\n");
  const std::string kBefore = "some of the request was sent: only what may be repeated is";
  return {
      "Ends of the connection",
      "FIN and RST at each step; `cuts_test.cc` has them at every byte.",
      {
          {"reset at the start of the request",
           Script().ReadBytes(1).Reset(),
           BrokeBefore(kReset),
           kBefore,
           {.request = WithALargeBody}},
          {"closed for sending in the middle of the request",
           Script().ReadBytes(1u << 20).HalfClose().Pause(),
           BrokeBefore(kClosed),
           "nothing more can come",
           {.request = WithALargeBody}},
          {"reset in the middle of the request",
           Script().ReadBytes(1u << 20).Reset(),
           BrokeBefore(kReset),
           kBefore,
           {.request = WithALargeBody}},
          {"closed after the request", Script().ReadRequest().Close(), BrokeBefore(kClosed),
           kBefore},
          {"reset after the request", Script().ReadRequest().Reset(), BrokeBefore(kReset), kBefore},
          {"closed for sending, before an answer", Script().ReadRequest().HalfClose(),
           BrokeBefore(kClosed), "nothing more can come"},
          {"closed after one byte", Writes("H").Close(), BrokeInside(kClosed), kBefore},
          {"reset after one byte", Writes("H").Reset(), BrokeInside(kReset), kBefore},
          {"closed in the status line", Writes("HTTP/1.1 20").Close(), BrokeInside(kClosed),
           kBefore},
          {"closed in the head", Writes("HTTP/1.1 200 OK\r\nContent-").Close(),
           BrokeInside(kClosed), kBefore},
          {"closed before the empty line", Writes("HTTP/1.1 200 OK\r\n" + kLength).Close(),
           BrokeInside(kClosed), kBefore},
          {"reset in the head", Writes("HTTP/1.1 200 OK\r\nContent-").Reset(), BrokeInside(kReset),
           kBefore},
          {"closed after the head", Writes(kHead).Close(), BrokeInside(kClosed), kBefore},
          {"reset after the head", Writes(kHead).Reset(), BrokeInside(kReset), kBefore},
          {"closed for sending after the head", Writes(kHead).HalfClose(), BrokeInside(kClosed),
           "nothing more can come"},
          {"closed one byte before the end", Writes(kHead + R"({"Results":{})").Close(),
           BrokeInside(kClosed), kBefore},
          {"reset one byte before the end", Writes(kHead + R"({"Results":{})").Reset(),
           BrokeInside(kReset), kBefore},
          {"closed in a chunk's size", Writes(InChunks("e")).Close(), BrokeInside(kClosed),
           kBefore},
          {"closed in a chunk", Writes(InChunks("e\r\n{\"Res")).Close(), BrokeInside(kClosed),
           kBefore},
          {"closed between chunks", Writes(InChunks("e\r\n" + kGood + "\r\n")).Close(),
           BrokeInside(kClosed), "only the last chunk is the end"},
          {"closed in the trailers",
           Writes(InChunks("e\r\n" + kGood + "\r\n0\r\nA: b\r\n")).Close(), BrokeInside(kClosed),
           kBefore},
          {"reset in a chunk", Writes(InChunks("e\r\n{\"Res")).Reset(), BrokeInside(kReset),
           kBefore},
          {"closed after the answer", Writes(kWhole).Close(), Good(Fate::kClosed),
           "the answer is whole"},
          {"reset after the answer", Writes(kWhole).Reset(), Good(Fate::kClosed),
           "the answer is whole; what comes first is read first"},
          {"closed for sending after the answer",
           Writes(kWhole).HalfClose().Pause(),
           Good(Fate::kClosed),
           "the answer is whole; the end is seen before the next call",
           {.stage = nullptr, .ends_unseen = true}},
          {"reset in a body without a length", Writes(Ok("\r\n" + kGood)).Reset(),
           BrokeInside(kReset), "only an orderly end ends it"},
          {"closed in an error's body",
           Writes("HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\nbusy").Close(), BrokeInside(kClosed),
           kBefore},
          {"an error without a length, closed",
           Writes("HTTP/1.1 503 X\r\n\r\nbusy").Close(),
           {"503 busy", "UNAVAILABLE INTERMEDIARY_RESPONSE", Retry::kWhereRepeatable,
            Fate::kClosed},
           "ended by the end of the connection"},
      }};
}

Family KeptConnections() {
  const Script kFirst = Script().ReadRequest().Write(kWhole);
  auto first = [&] { return kFirst; };
  const std::string kNew = "200 on the second connection";
  const std::string kNoScore = "INTERNAL UPSTREAM_RESPONSE_INVALID";
  const Expected kReplaced = {kNew, kNoScore};
  auto repeatable = [](Stage& stage) { stage.idempotent = true; };
  const Setting kUnasked = {.on_a_kept_connection = true, .requests = 1};
  const Setting kAsked = {.on_a_kept_connection = true, .requests = 2};
  const Setting kRepeatable = {.stage = repeatable, .on_a_kept_connection = true, .requests = 2};
  const std::string kSeen = "seen when it is taken up: another connection is used, nothing is lost";
  const std::string kOnce = "it may have been carried out: only an idempotent call is made again";
  return {
      "Kept connections",
      "A first call was good. In these rows the second connection answers `200`, so that a call "
      "that was made again shows.",
      {
          {"closed while it waits",
           first().Pause().Close(),
           kReplaced,
           kSeen,
           {.on_a_kept_connection = true, .requests = 1, .closes_before = true}},
          {"reset while it waits",
           first().Pause().Reset(),
           kReplaced,
           kSeen,
           {.on_a_kept_connection = true, .requests = 1, .closes_before = true}},
          {"bytes while it waits", first().Write("x").Pause(), kReplaced, kSeen, kUnasked},
          {"a line break while it waits", first().Write("\r\n").Pause(), kReplaced, kSeen,
           kUnasked},
          {"an answer while it waits", first().Write(kForged).Pause(), kReplaced,
           "an answer that nobody asked for is nobody's answer", kUnasked},
          {"408 while it waits",
           first()
               .Write("HTTP/1.1 408 X\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
               .Pause(),
           kReplaced, "how some servers say that they will close", kUnasked},
          {"closed for sending while it waits", first().HalfClose().Pause(), kReplaced, kSeen,
           kUnasked},
          {"closed under the request, repeatable", first().Pause().ReadRequest().Close(), kReplaced,
           "made again on a new connection", kRepeatable},
          {"reset under the request, repeatable", first().Pause().ReadRequest().Reset(), kReplaced,
           "made again on a new connection", kRepeatable},
          {"closed under the request", first().Pause().ReadRequest().Close(), BrokeBefore(kClosed),
           kOnce, kAsked},
          {"reset under the request", first().Pause().ReadRequest().Reset(), BrokeBefore(kReset),
           kOnce, kAsked},
          {"closed inside the answer, repeatable", first().Pause().ReadRequest().Write("H").Close(),
           BrokeInside(kClosed), "an answer had begun: the caller decides", kRepeatable},
          {"nonsense, repeatable", first().Pause().ReadRequest().Write("nonsense"),
           Refused("it does not begin with HTTP/"), "never asked again", kRepeatable},
          {"silence, repeatable",
           first().Pause().ReadRequest().Pause(),
           Late(),
           "the deadline is over for a second try as well",
           {.stage =
                [](Stage& stage) {
                  stage.timeout = kShort;
                  stage.idempotent = true;
                },
            .on_a_kept_connection = true,
            .requests = 2}},
          {"503 on the second call",
           first().Pause().ReadRequest().Write("HTTP/1.1 503 X\r\nContent-Length: 4\r\n\r\nbusy"),
           [] {
             Expected expected = ProxySays(503, "busy", "UNAVAILABLE", Retry::kWhereRepeatable);
             return expected;
           }(),
           "an answer like any other: the gateway does not try again by itself",
           {.on_a_kept_connection = true, .requests = 3}},
      }};
}

Family TlsEndings() {
  auto bytes = [](std::string text) { return Script().ReadBytes(100).Write(std::move(text)); };
  const Setting kOnlyWe = {.tls = Setting::Tls::kClientOnly};
  const Setting kBoth = {.tls = Setting::Tls::kServer};
  const std::string kNotSent = "no byte of the request was sent: anybody may try again";
  const std::string kNoTlsEnd = "it was closed without TLS's end";
  const std::string kClearText =
      "the server there speaks clear text, not TLS; write http:// in the endpoint's url, or name "
      "the server's port for TLS";
  return {
      "TLS",
      "A handshake that fails sends nothing of the request; an end without close_notify is no end.",
      {
          {"plain HTTP on the port", bytes("HTTP/1.1 400 Bad Request\r\n\r\n"),
           HandshakeFailed(kClearText), "http:// is meant, https:// is configured", kOnlyWe},
          {"closed after the hello", Script().ReadBytes(100).Close(), HandshakeFailed(kNoTlsEnd),
           kNotSent, kOnlyWe},
          {"reset after the hello", Script().ReadBytes(100).Reset(), HandshakeFailed(kReset),
           kNotSent, kOnlyWe},
          {"alert: handshake failure", bytes("\x15\x03\x03" + kNul + "\x02\x02\x28"),
           HandshakeFailed("sslv3 alert handshake failure (SSL routines)"), "no cipher in common",
           kOnlyWe},
          {"alert: protocol version", bytes("\x15\x03\x03" + kNul + "\x02\x02\x46"),
           HandshakeFailed("tlsv1 alert protocol version (SSL routines)"),
           "a server that knows only old versions", kOnlyWe},
          {"alert: unrecognized name", bytes("\x15\x03\x03" + kNul + "\x02\x02\x70"),
           HandshakeFailed("tlsv1 unrecognized name (SSL routines)"),
           "the certificate's name is another: tls.server_name", kOnlyWe},
          {"alert: internal error", bytes("\x15\x03\x03" + kNul + "\x02\x02\x50"),
           HandshakeFailed("tlsv1 alert internal error (SSL routines)"), kNotSent, kOnlyWe},
          {"a record of no known type", bytes("\x63\x03\x03" + kNul + "\x02xx"),
           HandshakeFailed("unexpected message (SSL routines)"), kNotSent, kOnlyWe},
          {"a record that is too long", bytes("\x16\x03\x03\xFF\xFF" + Repeat("x", 100)),
           HandshakeFailed("packet length too long (SSL routines)"), "not waited for", kOnlyWe},
          {"half a record, then closed", bytes("\x16\x03\x03" + kNul + "\x64\x02").Close(),
           HandshakeFailed(kNoTlsEnd), kNotSent, kOnlyWe},
          {"SSH on the port", bytes("SSH-2.0-OpenSSH_9.2\r\n"), HandshakeFailed(kClearText),
           "the wrong port", kOnlyWe},
          {"silence after the hello",
           Script().ReadBytes(100).Pause(),
           {"tls: no TLS handshake with PLACE within 500 ms, the endpoint's connect_timeout",
            "UNAVAILABLE UPSTREAM_UNREACHABLE", Retry::kAlways},
           "connecting has a time of its own",
           {.stage = [](Stage& stage) { stage.settings.connect_timeout = kShort; },
            .tls = Setting::Tls::kClientOnly}},
          {"silence after the hello until the deadline",
           Script().ReadBytes(100).Pause(),
           {"timeout: the time for the call ran out while making a TLS handshake with PLACE",
            "DEADLINE_EXCEEDED DEADLINE_EXCEEDED_AT_GATEWAY"},
           "the caller's time was shorter",
           {.stage = InAShortTime, .tls = Setting::Tls::kClientOnly}},
          {"good", Writes(kWhole), Good(), "the ordinary answer", kBoth},
          {"closed in order, a body without a length", Writes(Ok("\r\n" + kGood)).Close(),
           Good(Fate::kClosed), "close_notify says that it is whole", kBoth},
          {"dropped, a body without a length", Writes(Ok("\r\n" + kGood)).Drop(),
           BrokeInside(kNoTlsEnd), "somebody between may have cut it", kBoth},
          {"dropped after the answer", Writes(kWhole).Drop(), Good(Fate::kClosed),
           "its length says that it is whole", kBoth},
          {"dropped before the answer", Script().ReadRequest().Drop(), BrokeBefore(kNoTlsEnd),
           "the request was sent", kBoth},
          {"closed before the answer", Script().ReadRequest().Close(), BrokeBefore(kClosed),
           "the request was sent", kBoth},
          {"dropped in the body", Writes(Ok(kLength + "\r\n{")).Drop(), BrokeInside(kNoTlsEnd),
           "incomplete either way", kBoth},
          {"reset in the body", Writes(Ok(kLength + "\r\n{")).Reset(), BrokeInside(kReset),
           "incomplete either way", kBoth},
          {"half a record, then dropped",
           Writes(Ok(kLength + "\r\n{")).WriteRaw("\x17\x03\x03" + kNul + "\x64" + "abc").Drop(),
           BrokeInside(kNoTlsEnd), "a record that is not whole is not read", kBoth},
          {"a record that was tampered with",
           Script().ReadRequest().WriteRaw("\x17\x03\x03" + kNul + "\x20" + Repeat("x", 32)),
           BrokeBefore("decryption failed or bad record mac (SSL routines)"),
           "somebody between writes on the connection", kBoth},
          {"a record that was tampered with, inside the answer",
           Writes(Ok(kLength + "\r\n{")).WriteRaw("\x17\x03\x03" + kNul + "\x20" + Repeat("x", 32)),
           BrokeInside("decryption failed or bad record mac (SSL routines)"),
           "somebody between writes on the connection", kBoth},
          {"plain bytes between records", Script().ReadRequest().WriteRaw(kWhole),
           BrokeBefore("wrong version number (SSL routines)"), "never taken for an answer", kBoth},
          {"two lengths", Writes(Ok(kLength + kLength + "\r\n" + kGood)),
           Refused("it has more than one Content-Length"), "TLS makes no head better", kBoth},
          {"an answer behind the answer", Writes(kWhole + kForged), Good(Fate::kClosed),
           "the second is nobody's", kBoth},
      }};
}

}  // namespace scoregate::upstream::hostile
