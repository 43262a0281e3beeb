// Bodies: their sizes, and what they claim to be.
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {
namespace {

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
           Writes(InChunks("100\r\n" + Padded(kMaxResponseBytes) + "\r\n" + kLastChunk)),
           WholeSuccess(Padded(kMaxResponseBytes)), "the limit counts what was unpacked"},
          {"success over the limit in one chunk",
           Writes(InChunks("101\r\n" + Padded(kMaxResponseBytes + 1) + "\r\n" + kLastChunk)),
           BodyTooLarge(), "as soon as the byte is there"},
          {"success over the limit in many chunks",
           Writes(InChunks(Repeat("1\r\n \r\n", kMaxResponseBytes + 1) + kLastChunk)),
           BodyTooLarge(), "the sum counts"},
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
