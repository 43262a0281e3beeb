// Bodies in chunks, and what comes behind the last one.
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {
namespace {

const std::string kGoodChunk = "e\r\n" + kGood + "\r\n";
const std::string kBroken = "it has a chunk that is broken";
const std::string kExtension = "it has a chunk whose extension is broken";

support::Script InOne(const std::string& line) {
  return Writes(InChunks(line + "\r\n" + kGood + "\r\n" + kLastChunk));
}

support::Script WithTrailers(const std::string& lines) {
  return Writes(InChunks(kGoodChunk + "0\r\n" + lines + "\r\n"));
}

Expected GoodWith(const std::string& trailers) {
  Expected expected = Good();
  expected.outcome += trailers;
  return expected;
}

Expected ClosedAfter(Expected expected) {
  expected.fate = Fate::kClosed;
  return expected;
}

}  // namespace

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
          {"a byte a chunk", Writes(InChunks("1\r\n{\r\n1\r\n}\r\n" + kLastChunk)), NoSuccess("{}"),
           "chunks have no least size; the answer has no Results"},
          {"empty body in chunks", Writes(InChunks(kLastChunk)), NoSuccess(""),
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
          {"quote left open, and no other",
           Writes(InChunks("1;a=\"b\r\nx\r\n" + kLastChunk)).Close(), BrokeInside("it was closed"),
           "read on until the connection ends"},
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
           Writes(InChunks("14\r\n" + kGood + "\r\n" + kLastChunk)),
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
          {"LF alone behind the size", Writes(InChunks("e\n" + kGood + "\r\n" + kLastChunk)),
           Refused(kExtension), kOldBug},
          {"LF alone behind the data", Writes(InChunks("e\r\n" + kGood + "\n" + kLastChunk)),
           Refused(kBroken), kOldBug},
          {"CR alone behind the size", Writes(InChunks("e\r" + kGood + "\r\n" + kLastChunk)),
           Refused(kLineEnd), kOldBug},
          {"nothing behind the data", Writes(InChunks("e\r\n" + kGood + kLastChunk)),
           Refused(kBroken), "two bytes are skipped unseen by some"},
          {"two other bytes behind the data", Writes(InChunks("e\r\n" + kGood + "xx" + kLastChunk)),
           Refused(kBroken), kOldBug},
          {"data longer than its size", Writes(InChunks("d\r\n" + kGood + "\r\n" + kLastChunk)),
           Refused(kBroken), "one byte too many"},
          {"data shorter than its size", Writes(InChunks("f\r\n" + kGood + "\r\n" + kLastChunk)),
           Refused(kBroken), "the line end is taken for data"},
          {"no last chunk", Writes(InChunks(kGoodChunk)).Close(), BrokeInside("it was closed"),
           "RFC 9112, 8: incomplete, however good it looks"},
          {"half a last chunk", Writes(InChunks(kGoodChunk + "0\r\n")).Close(),
           BrokeInside("it was closed"), "the same"},
          {"no chunks at all", Writes(InChunks(kGood + "\r\n")), Refused(kBroken),
           "announced in chunks, sent plain"},
          {"no chunks at all, and no line", Writes(InChunks(kGood)).Close(),
           BrokeInside("it was closed"), "announced in chunks, sent plain"},
          {"chunks without being announced", Writes(Ok("\r\n" + kGoodChunk + kLastChunk)).Close(),
           NoSuccess(kGoodChunk + kLastChunk, Fate::kClosed), "a body like any other, and no JSON"},
          {"bytes behind the last chunk", Writes(InChunks(kGoodChunk + kLastChunk + "x")),
           Good(Fate::kClosed), "the answer is whole; nobody comes back"},
          {"an answer behind the last chunk",
           Writes(InChunks(kGoodChunk + kLastChunk + Ok(kLength + "\r\n" + kGood))),
           Good(Fate::kClosed), "nobody is to be given that answer"},
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
           ClosedAfter(GoodWith(" {connection: close}")), "in doubt it is closed"},
          {"a length among the trailers", WithTrailers("Content-Length: 14\r\n"),
           Refused(kLengthInTrailers), "RFC 9110, 6.5.1: framing may not stand there"},
          {"a coding among the trailers", WithTrailers("Transfer-Encoding: chunked\r\n"),
           Refused(kLengthInTrailers), "the same"},
          {"a folded trailer", WithTrailers("A: b\r\n c\r\n"), ClosedAfter(GoodWith(" {a: b c}")),
           "made one line, as RFC 9112, 5.2 allows, and not trusted further"},
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

}  // namespace scoregate::upstream::hostile
