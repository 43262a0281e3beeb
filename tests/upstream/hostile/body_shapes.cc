// Bodies: their sizes, their chunks, their trailers, and what they claim to be.
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {
namespace {

const std::string kNul(1, '\0');
const std::string kGoodChunk = "e\r\n" + kGood + "\r\n";
const std::string kLast = "0\r\n\r\n";
const std::string kBroken = "it has a chunk that is broken";
const std::string kExtension = "it has a chunk whose extension is broken";
const std::string kLineEnd = "it has a line that does not end with CRLF";

support::Script InOne(const std::string& line) {
  return Writes(InChunks(line + "\r\n" + kGood + "\r\n" + kLast));
}

support::Script WithTrailers(const std::string& lines) {
  return Writes(InChunks(kGoodChunk + "0\r\n" + lines + "\r\n"));
}

Expected GoodWith(const std::string& trailers) {
  Expected expected = Good();
  expected.outcome += trailers;
  return expected;
}

// A good JSON of that many bytes.
std::string Padded(std::size_t bytes) {
  return R"({"Results":{}})" + Repeat(" ", bytes - kGood.size());
}

std::string WithLength(const std::string& status_line, const std::string& body) {
  return status_line + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

support::Script Success(const std::string& body) {
  return Writes(WithLength("HTTP/1.1 200 OK", body));
}

support::Script Error(const std::string& status_line, const std::string& body) {
  return Writes(WithLength("HTTP/1.1 " + status_line, body));
}

Expected WholeSuccess(const std::string& body, Fate fate = Fate::kKept) {
  return {"200 " + body, "OK", Retry::kNever, fate};
}

Expected Cut(const std::string& code, const std::string& status_and_body, Retry retry) {
  return {status_and_body + " (cut)", code, retry, Fate::kClosed};
}

}  // namespace

Family Sizes() {
  const std::string kLine = "A: " + Repeat("b", 94) + "\r\n";  // 99 bytes.
  const std::string kInternal500 = "INTERNAL UPSTREAM_HTTP_500";
  // Whatever is behind the cut, class and code of a documented error stand at its beginning.
  const std::string kThrottled =
      R"({"error":{"code":"ServiceUnavailable","details":[{"code":"RequestThrottled"}],"message":")";
  return {
      "Sizes",
      "In these rows a head may have 4096 bytes, a success 256, an error's body 64.",
      {
          {"head of the largest size",
           Writes(Ok("A: " + Repeat("b", kMaxHeaderBytes - 17 - 5 - 20 - 2) + "\r\n" + kLength +
                     "\r\n" + kGood)),
           Good(), "the limit counts from the status line to the empty line"},
          {"head one byte too large",
           Writes(Ok("A: " + Repeat("b", kMaxHeaderBytes - 17 - 5 - 20 - 1) + "\r\n" + kLength +
                     "\r\n" + kGood)),
           HeadTooLarge(), "the limit"},
          {"one giant header",
           Writes(Ok("A: " + Repeat("b", 1u << 20) + "\r\n" + kLength + "\r\n" + kGood)),
           HeadTooLarge(), "not read to its end"},
          {"a giant name", Writes(Ok(Repeat("A", 1u << 20) + ": b\r\n\r\n")), HeadTooLarge(),
           "not read to its end"},
          {"a giant reason", Writes("HTTP/1.1 200 " + Repeat("x", 1u << 20) + "\r\n\r\n"),
           HeadTooLarge(), "not read to its end"},
          {"forty headers", Writes(Ok(Repeat(kLine, 40) + kLength + "\r\n" + kGood)), Good(),
           "as many as fit"},
          {"fifty headers", Writes(Ok(Repeat(kLine, 50) + kLength + "\r\n" + kGood)),
           HeadTooLarge(), "more than fit"},
          {"a thousand small headers",
           Writes(Ok(Repeat("A:\r\n", 1000) + kLength + "\r\n" + kGood)), Good(),
           "counted in bytes, not in lines"},
          {"endless headers",
           support::Script()
               .ReadRequest()
               .Write("HTTP/1.1 200 OK\r\n")
               .WriteForever(kLine, std::chrono::milliseconds(0)),
           HeadTooLarge(), "the size ends it, not the deadline"},
          {"endless header",
           support::Script()
               .ReadRequest()
               .Write("HTTP/1.1 200 OK\r\nA: ")
               .WriteForever("bbbbbbbbbb", std::chrono::milliseconds(0)),
           HeadTooLarge(), "the size ends it"},
          {"success one byte below the limit", Success(Padded(kMaxResponseBytes - 1)),
           WholeSuccess(Padded(kMaxResponseBytes - 1)), "below"},
          {"success at the limit", Success(Padded(kMaxResponseBytes)),
           WholeSuccess(Padded(kMaxResponseBytes)), "the limit is allowed"},
          {"success one byte over the limit", Success(Padded(kMaxResponseBytes + 1)),
           BodyTooLarge(), "refused by its length"},
          {"success at the limit in chunks",
           Writes(InChunks("100\r\n" + Padded(kMaxResponseBytes) + "\r\n" + kLast)),
           WholeSuccess(Padded(kMaxResponseBytes)), "the limit counts what was unpacked"},
          {"success over the limit in one chunk",
           Writes(InChunks("101\r\n" + Padded(kMaxResponseBytes + 1) + "\r\n" + kLast)),
           BodyTooLarge(), "as soon as the byte is there"},
          {"success over the limit in many chunks",
           Writes(InChunks(Repeat("1\r\n \r\n", kMaxResponseBytes + 1) + kLast)), BodyTooLarge(),
           "the sum counts"},
          {"success at the limit until the end",
           Writes(Ok("\r\n" + Padded(kMaxResponseBytes))).Close(),
           WholeSuccess(Padded(kMaxResponseBytes), Fate::kClosed), "the limit is allowed"},
          {"success over the limit until the end",
           Writes(Ok("\r\n" + Padded(kMaxResponseBytes + 1))), BodyTooLarge(),
           "the end is not waited for"},
          {"endless success",
           support::Script()
               .ReadRequest()
               .Write(Ok("\r\n"))
               .WriteForever(Repeat(" ", 64), std::chrono::milliseconds(0)),
           BodyTooLarge(), "the size ends it"},
          {"endless chunks",
           support::Script()
               .ReadRequest()
               .Write(InChunks(""))
               .WriteForever("8\r\n        \r\n", std::chrono::milliseconds(0)),
           BodyTooLarge(), "the size ends it"},
          {"error at its limit", Error("500 X", Repeat("x", kMaxErrorBodyBytes)),
           ProxySays(500, Repeat("x", kMaxErrorBodyBytes), "UNKNOWN"), "whole, so kept"},
          {"error over its limit", Error("500 X", Repeat("x", kMaxErrorBodyBytes + 1)),
           Cut("UNKNOWN INTERMEDIARY_RESPONSE", "500 " + Repeat("x", kMaxErrorBodyBytes),
               Retry::kNever),
           "the status still tells; the rest is not read, so the connection is closed"},
          {"documented error over its limit",
           Error("503 X", kThrottled + Repeat("x", 500) + "\"}}"),
           Cut("UNAVAILABLE SERVICE_UNAVAILABLE", "503 " + kThrottled.substr(0, 64),
               Retry::kAlways),
           "cut inside the code: its class still decides"},
          {"error of a gigabyte",
           Writes("HTTP/1.1 500 X\r\nContent-Length: 1073741824\r\n\r\n{\"message\":\"" +
                  Repeat("x", 100)),
           Cut(kInternal500, "500 {\"message\":\"" + Repeat("x", 52), Retry::kNever),
           "announced, never read"},
          {"endless error",
           support::Script()
               .ReadRequest()
               .Write("HTTP/1.1 500 X\r\n\r\n{\"message\":\"")
               .WriteForever("xxxx", std::chrono::milliseconds(0)),
           Cut(kInternal500, "500 {\"message\":\"" + Repeat("x", 52), Retry::kNever),
           "cut where the limit is"},
          {"redirect over the limit",
           Writes("HTTP/1.1 302 X\r\nLocation: https://a.example/b\r\nContent-Length: 100\r\n\r\n" +
                  Repeat("x", 100)),
           Cut("UNKNOWN INTERMEDIARY_RESPONSE", "302 " + Repeat("x", kMaxErrorBodyBytes),
               Retry::kNever),
           "what is no 2xx has the error's limit, and no redirect is followed"},
      }};
}

Family Chunks() {
  const std::string kSize = "RFC 9112, 7.1: hexadecimal digits, then an extension or CRLF";
  const std::string kOldBug = "the shape by which two parsers were told apart in 2025";
  return {
      "Chunks",
      "A chunk is a size in hexadecimal digits, CRLF, so many bytes, CRLF.",
      {
          {"one chunk", InOne("e"), Good(), "the ordinary answer"},
          {"size in capitals", InOne("E"), Good(), "digits of either case"},
          {"size with leading zeros", InOne("0000e"), Good(), "allowed"},
          {"size with a hundred zeros", InOne(Repeat("0", 100) + "e"), Good(),
           "small however it is written"},
          {"size with five thousand zeros", InOne(Repeat("0", 5000) + "e"), HeadTooLarge(),
           "a chunk's line has the limit of a head"},
          {"a byte a chunk", Writes(InChunks("1\r\n{\r\n1\r\n}\r\n" + kLast)), NoSuccess("{}"),
           "chunks have no least size; the answer has no Results"},
          {"empty body in chunks", Writes(InChunks(kLast)), NoSuccess(""),
           "well formed; no success of a scoring call is empty"},
          {"last chunk of many zeros", Writes(InChunks(kGoodChunk + "0000\r\n\r\n")), Good(),
           "zero is zero"},
          {"extension", InOne("e;a=b"), Good(), "ignored"},
          {"extension without a value", InOne("e;a"), Good(), "ignored"},
          {"extension in quotes", InOne("e;a=\"b;c\\\"d\""), Good(), "ignored"},
          {"blanks before an extension", InOne("e ; a = b"), Good(),
           "\"bad white space\" of RFC 9112, to be taken"},
          {"extension at the last chunk", Writes(InChunks(kGoodChunk + "0;a=b\r\n\r\n")), Good(),
           "ignored"},
          {"giant extension", InOne("e;a=" + Repeat("b", 5000)), HeadTooLarge(),
           "a chunk's line has the limit of a head"},
          {"giant extension at the last chunk",
           Writes(InChunks(kGoodChunk + "0;a=" + Repeat("b", 5000) + "\r\n\r\n")), HeadTooLarge(),
           "the same"},
          {"endless extension",
           support::Script()
               .ReadRequest()
               .Write(InChunks("e;a="))
               .WriteForever("bbbbbbbb", std::chrono::milliseconds(0)),
           HeadTooLarge(), "the size ends it"},
          {"endless size",
           support::Script()
               .ReadRequest()
               .Write(InChunks(""))
               .WriteForever("0000", std::chrono::milliseconds(0)),
           HeadTooLarge(), "the size ends it"},
          {"extension without a name", InOne("e;"), Refused(kExtension), kSize},
          {"extension with an empty value", InOne("e;a="), Refused(kExtension), kSize},
          {"extension of two words", InOne("e;a b"), Refused(kExtension), kSize},
          {"extension with a comma", InOne("e,a"), Refused(kExtension), kSize},
          {"LF alone in an extension", InOne("e;a\n0"), Refused(kExtension), kOldBug},
          {"LF alone in a quoted extension", InOne("e;a=\"\n0\""), Refused(kExtension), kOldBug},
          {"CR alone in an extension", InOne("e;a\rb"), Refused(kLineEnd), kOldBug},
          {"NUL in a quoted extension", InOne("e;a=\"" + kNul + "\""), Refused(kExtension),
           "C strings end there"},
          {"quote left open", InOne("e;a=\"b"), Refused(kExtension),
           "read on to the next quote, which is behind the line"},
          {"quote left open, and no other", Writes(InChunks("1;a=\"b\r\nx\r\n" + kLast)).Close(),
           BrokeInside("it was closed"), "read on until the connection ends"},
          {"quote closed in the next line", InOne("e;a=\"b\r\n\""), Refused(kExtension), kOldBug},
          {"blank behind the size", InOne("e "), Refused(kExtension),
           "padding of an old server; who trims it trims more"},
          {"tab behind the size", InOne("e\t"), Refused(kExtension), "the same"},
          {"blank before the size", InOne(" e"), Refused(kBroken), kSize},
          {"plus before the size", InOne("+e"), Refused(kBroken), kSize},
          {"negative size", InOne("-e"), Refused(kBroken), kSize},
          {"negative size of one", InOne("-1"), Refused(kBroken),
           "a very large one where it is read as unsigned"},
          {"size with 0x", InOne("0xe"), Refused(kExtension), "zero, then an x"},
          {"size with an underscore", InOne("0_e"), Refused(kExtension),
           "some languages read that as 14"},
          {"size with an h", InOne("eh"), Refused(kExtension), kSize},
          {"size in decimal",
           Writes(InChunks("14\r\n" + kGood + "\r\n" + kLast)),
           Expected(Late()),
           "longer than what follows: waits for the rest",
           {.stage = [](Stage& stage) { stage.timeout = std::chrono::milliseconds(500); }}},
          {"size with a fraction", InOne("e.0"), Refused(kExtension), kSize},
          {"size in quotes", InOne("\"e\""), Refused(kBroken), kSize},
          {"no size", InOne(""), Refused(kBroken), kSize},
          {"only an extension", InOne(";a=b"), Refused(kBroken), kSize},
          {"size no number", InOne("xyz"), Refused(kBroken), kSize},
          {"size of other digits", InOne("\xEF\xBC\x91"), Refused(kBroken),
           "full-width digits are digits to some libraries"},
          {"size over 64 bits", InOne("1000000000000000e"), Refused(kBroken),
           "14 where it wraps round"},
          {"size of 64 bits", Writes(InChunks("ffffffffffffffff\r\n" + Repeat("x", 300))),
           BodyTooLarge(), "refused once the limit is passed"},
          {"size of 63 bits", Writes(InChunks("8000000000000000\r\n" + Repeat("x", 300))),
           BodyTooLarge(), "negative where it is read as signed"},
          {"size over 32 bits", Writes(InChunks("10000000e\r\n" + Repeat("x", 300))),
           BodyTooLarge(), "14 where it wraps round at 32 bits"},
          {"LF alone behind the size", Writes(InChunks("e\n" + kGood + "\r\n" + kLast)),
           Refused(kExtension), kOldBug},
          {"LF alone behind the data", Writes(InChunks("e\r\n" + kGood + "\n" + kLast)),
           Refused(kBroken), kOldBug},
          {"CR alone behind the size", Writes(InChunks("e\r" + kGood + "\r\n" + kLast)),
           Refused(kLineEnd), kOldBug},
          {"nothing behind the data", Writes(InChunks("e\r\n" + kGood + kLast)), Refused(kBroken),
           "two bytes are skipped unseen by some"},
          {"two other bytes behind the data", Writes(InChunks("e\r\n" + kGood + "xx" + kLast)),
           Refused(kBroken), kOldBug},
          {"data longer than its size", Writes(InChunks("d\r\n" + kGood + "\r\n" + kLast)),
           Refused(kBroken), "one byte too many"},
          {"data shorter than its size", Writes(InChunks("f\r\n" + kGood + "\r\n" + kLast)),
           Refused(kBroken), "the line end is taken for data"},
          {"no last chunk", Writes(InChunks(kGoodChunk)).Close(), BrokeInside("it was closed"),
           "RFC 9112, 8: incomplete, however good it looks"},
          {"half a last chunk", Writes(InChunks(kGoodChunk + "0\r\n")).Close(),
           BrokeInside("it was closed"), "the same"},
          {"no chunks at all", Writes(InChunks(kGood + "\r\n")), Refused(kBroken),
           "announced in chunks, sent plain"},
          {"no chunks at all, and no line", Writes(InChunks(kGood)).Close(),
           BrokeInside("it was closed"), "announced in chunks, sent plain"},
          {"chunks without being announced", Writes(Ok("\r\n" + kGoodChunk + kLast)).Close(),
           NoSuccess(kGoodChunk + kLast, Fate::kClosed), "a body like any other, and no JSON"},
          {"bytes behind the last chunk", Writes(InChunks(kGoodChunk + kLast + "x")),
           Good(Fate::kClosed), "the answer is whole; nobody comes back"},
          {"an answer behind the last chunk",
           Writes(InChunks(kGoodChunk + kLast + Ok(kLength + "\r\n" + kGood))), Good(Fate::kClosed),
           "nobody is to be given that answer"},
      }};
}

Family Trailers() {
  const std::string kLengthInTrailers = "its trailers say how long it is";
  return {
      "Trailers",
      "Fields behind the last chunk are read like headers and decide nothing.",
      {
          {"one trailer", WithTrailers("A: b\r\n"), GoodWith(" {a: b}"), "kept apart"},
          {"two trailers", WithTrailers("A: b\r\nC: d\r\n"), GoodWith(" {a: b} {c: d}"),
           "kept apart"},
          {"a status among the trailers", WithTrailers("Status: 500\r\n"),
           GoodWith(" {status: 500}"), "decides nothing"},
          {"a key among the trailers", WithTrailers("Set-Cookie: a=b\r\n"),
           GoodWith(" {set-cookie: a=b}"), "forbidden there, and used for nothing"},
          {"a content coding among the trailers", WithTrailers("Content-Encoding: gzip\r\n"),
           GoodWith(" {content-encoding: gzip}"), "too late to mean anything"},
          {"a connection option among the trailers", WithTrailers("Connection: close\r\n"),
           [] {
             Expected expected = GoodWith(" {connection: close}");
             expected.fate = Fate::kClosed;
             return expected;
           }(),
           "in doubt it is closed"},
          {"a length among the trailers", WithTrailers("Content-Length: 14\r\n"),
           Refused(kLengthInTrailers), "RFC 9110, 6.5.1: framing may not stand there"},
          {"a coding among the trailers", WithTrailers("Transfer-Encoding: chunked\r\n"),
           Refused(kLengthInTrailers), "the same"},
          {"a folded trailer", WithTrailers("A: b\r\n c\r\n"), GoodWith(" {a: b c}"),
           "made one line, as RFC 9112, 5.2 allows: the end is the same either way"},
          {"a trailer without a name", WithTrailers(": b\r\n"),
           Refused("it has a header whose name is no token"), "read like a header"},
          {"a trailer without a colon", WithTrailers("nonsense\r\n"),
           Refused("it has a header whose name is no token"), "read like a header"},
          {"NUL in a trailer", WithTrailers("A: " + kNul + "\r\n"),
           Refused("it has a header whose value has a control character"), "read like a header"},
          {"LF alone in a trailer", WithTrailers("A: b\nC: d\r\n"),
           Refused("it has a header whose value has a control character"), "read like a header"},
          {"CR alone in a trailer", WithTrailers("A: b\rC: d\r\n"), Refused(kLineEnd),
           "read like a header"},
          {"trailers of the largest size",
           WithTrailers("A: " + Repeat("b", kMaxHeaderBytes - 100) + "\r\n"),
           GoodWith(" {a: " + Repeat("b", kMaxHeaderBytes - 100) + "}"), "the limit of a head"},
          {"giant trailers", WithTrailers("A: " + Repeat("b", 1u << 20) + "\r\n"), HeadTooLarge(),
           "the limit of a head"},
          {"endless trailers",
           support::Script()
               .ReadRequest()
               .Write(InChunks(kGoodChunk + "0\r\n"))
               .WriteForever("A: b\r\n", std::chrono::milliseconds(0)),
           HeadTooLarge(), "the size ends it"},
      }};
}

Family Contents() {
  const Expected kCoded = {
      "response_invalid: the answer of PLACE has a content coding, although none was asked for",
      "INTERNAL UPSTREAM_RESPONSE_INVALID"};
  auto with = [](const std::string& fields, const std::string& body) {
    return Writes(
        Ok(fields + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
  };
  const std::string kPage = "<html><body>hello</body></html>";
  const std::string kBom = "\xEF\xBB\xBF";
  const std::string kError = R"({"error":{"code":"BadArgument","message":"no"}})";
  return {
      "Contents",
      "What a whole answer carries: codings, types, pages, errors in disguise.",
      {
          {"gzip", with("Content-Encoding: gzip", "\x1f\x8b\x08"), kCoded,
           "we say accept-encoding: identity; what cannot be read is no success"},
          {"a bomb of gzip", with("Content-Encoding: gzip", "\x1f\x8b\x08" + Repeat("\xFF", 200)),
           kCoded, "nothing is ever inflated, so nothing can burst"},
          {"x-gzip", with("Content-Encoding: x-gzip", kGood), kCoded, "the same"},
          {"br", with("Content-Encoding: br", kGood), kCoded, "the same"},
          {"deflate", with("Content-Encoding: DEFLATE", kGood), kCoded, "the same"},
          {"zstd", with("Content-Encoding: zstd", kGood), kCoded, "the same"},
          {"two codings", with("Content-Encoding: gzip, br", kGood), kCoded, "the same"},
          {"identity and gzip", with("Content-Encoding: identity, gzip", kGood), kCoded,
           "the same"},
          {"identity, then gzip in another field",
           with("Content-Encoding: identity\r\nContent-Encoding: gzip", kGood), kCoded,
           "every field counts, not the first alone"},
          {"identity", with("Content-Encoding: identity", kGood), Good(), "as asked for"},
          {"an empty coding", with("Content-Encoding:", kGood), Good(), "none"},
          {"gzip on an error",
           Writes(
               "HTTP/1.1 503 X\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b\x08"),
           ProxySays(503, "\x1f\x8b\x08", "UNAVAILABLE", Retry::kWhereRepeatable),
           "its status and its headers still tell"},
          {"a byte order mark",
           with("A: b", kBom + kGood),
           {"200 " + kBom + kGood, "OK", Retry::kNever, Fate::kKept},
           "Windows writes it, and JSON readers skip it"},
          {"UTF-16", with("A: b", std::string("\xFF\xFE{\0}\0", 6)),
           NoSuccess(std::string("\xFF\xFE{\0}\0", 6)), "JSON between machines is UTF-8"},
          {"text/html that is JSON", with("Content-Type: text/html", kGood), Good(),
           "a typed call reads what is there, whatever it is called"},
          {"no type", with("A: b", kGood), Good(), "the same"},
          {"a type that is none", with("Content-Type: ;;;", kGood), Good(), "the same"},
          {"two types", with("Content-Type: a/b\r\nContent-Type: c/d", kGood), Good(), "the same"},
          {"a page", with("Content-Type: text/html", kPage), NoSuccess(kPage),
           "a login page or a default page of a proxy: no score"},
          {"a page that says it is JSON", with("Content-Type: application/json", kPage),
           NoSuccess(kPage), "the same"},
          {"nothing", Writes(Ok("Content-Length: 0\r\n\r\n")), NoSuccess(""), "no score"},
          {"blanks", with("A: b", "   "), NoSuccess("   "), "no score"},
          {"null", with("A: b", "null"), NoSuccess("null"), "no score"},
          {"a number", with("A: b", "1"), NoSuccess("1"), "no Results"},
          {"JSON without Results", with("A: b", "{}"), NoSuccess("{}"), "no Results"},
          {"JSON that is cut", with("A: b", R"({"Results":)"), NoSuccess(R"({"Results":)"),
           "the length agrees, the content does not"},
          {"two documents", with("A: b", kGood + kGood), NoSuccess(kGood + kGood),
           "which one would be the answer?"},
          {"brackets without end", with("A: b", Repeat("[", 200)), NoSuccess(Repeat("[", 200)),
           "depth is bounded"},
          {"NUL bytes", with("A: b", Repeat(kNul, 8)), NoSuccess(Repeat(kNul, 8)), "no JSON"},
          {"an error in disguise", with("A: b", kError), NoSuccess(kError),
           "a 200 that holds an error is no success"},
          {"204",
           Writes("HTTP/1.1 204 X\r\n\r\n"),
           {"204 ", "INTERNAL UPSTREAM_RESPONSE_INVALID", Retry::kNever, Fate::kKept},
           "a success that says nothing is no score"},
          {"205",
           Writes("HTTP/1.1 205 X\r\nContent-Length: 0\r\n\r\n"),
           {"205 ", "INTERNAL UPSTREAM_RESPONSE_INVALID", Retry::kNever, Fate::kKept},
           "the same"},
          {"206",
           Writes("HTTP/1.1 206 X\r\nContent-Range: bytes 0-13/20\r\n" + kLength + "\r\n" + kGood),
           {"206 " + kGood, "OK", Retry::kNever, Fate::kKept},
           "no range was asked for; what is whole JSON is taken"},
          {"304", Writes("HTTP/1.1 304 X\r\n\r\n"), ProxySays(304, "", "UNKNOWN"),
           "nothing was asked conditionally"},
          {"a redirect",
           Writes("HTTP/1.1 307 X\r\nLocation: http://10.0.0.1/\r\n"
                  "Content-Length: 0\r\n\r\n"),
           ProxySays(307, "", "UNKNOWN"), "never followed: it would carry the key elsewhere"},
          {"a proxy that wants a password", Writes("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n"),
           ProxySays(407, "", "UNKNOWN"), "nobody asked us for one"},
      }};
}

}  // namespace scoregate::upstream::hostile
