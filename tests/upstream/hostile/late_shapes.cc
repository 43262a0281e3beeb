// Answers that come late, never, or before the request is whole.
#include "tests/upstream/hostile/shape.h"

namespace scoregate::upstream::hostile {
namespace {

using support::Script;

Expected TooLarge413(Retry retry = Retry::kNever) {
  return {"413 large", "UNKNOWN INTERMEDIARY_RESPONSE", retry, Fate::kClosed};
}

}  // namespace

Family Stalls() {
  const std::string kDeadline = "the deadline ends it, wherever it is";
  const Setting kSoon = {.stage = InAShortTime};
  const Setting kSoonAndLarge = {.stage = InAShortTime, .request = WithALargeBody};
  return {
      "Silence and drips",
      "The time of a call counts from its start to the last byte of the answer, not from byte to "
      "byte.",
      {
          {"stops reading at once", Script().ReadBytes(1).Pause(), Late(), kDeadline,
           kSoonAndLarge},
          {"stops reading in the body", Script().ReadBytes(1u << 20).Pause(), Late(), kDeadline,
           kSoonAndLarge},
          {"reads and says nothing", Script().ReadRequest().Pause(), Late(), kDeadline, kSoon},
          {"stops in the status line", Writes("HTTP/1.1 2").Pause(), Late(), kDeadline, kSoon},
          {"stops in the head", Writes("HTTP/1.1 200 OK\r\nCon").Pause(), Late(), kDeadline, kSoon},
          {"stops before the last LF of the head", Writes(Ok(kLength + "\r")).Pause(), Late(),
           kDeadline, kSoon},
          {"stops after the head", Writes(Ok(kLength + "\r\n")).Pause(), Late(), kDeadline, kSoon},
          {"stops in the body", Writes(Ok(kLength + "\r\n{\"Res")).Pause(), Late(), kDeadline,
           kSoon},
          {"stops in a body without a length", Writes(Ok("\r\n" + kGood)).Pause(), Late(),
           "the end of the connection is missing", kSoon},
          {"stops in a chunk's size", Writes(InChunks("e")).Pause(), Late(), kDeadline, kSoon},
          {"stops in a chunk", Writes(InChunks("e\r\n{")).Pause(), Late(), kDeadline, kSoon},
          {"stops before the last chunk", Writes(InChunks("e\r\n" + kGood + "\r\n")).Pause(),
           Late(), "whole to the eye, not to HTTP", kSoon},
          {"stops in the last chunk", Writes(InChunks("e\r\n" + kGood + "\r\n0\r\n")).Pause(),
           Late(), "the empty line is missing", kSoon},
          {"stops in the trailers", Writes(InChunks("e\r\n" + kGood + "\r\n0\r\nA: b\r\n")).Pause(),
           Late(), "the empty line is missing", kSoon},
          {"stops after an interim answer", Writes("HTTP/1.1 100 X\r\n\r\n").Pause(), Late(),
           "an interim answer buys no time", kSoon},
          {"stops in an error's body",
           Writes("HTTP/1.1 503 X\r\nContent-Length: 9\r\n\r\nbusy").Pause(), Late(), kDeadline,
           kSoon},
          {"drips a head without end",
           Script().ReadRequest().Write("HTTP/1.1 200 OK\r\nA: ").WriteForever("b", kDrip), Late(),
           "every byte is progress, none buys time", kSoon},
          {"drips interim answers",
           Script().ReadRequest().WriteForever("HTTP/1.1 100 X\r\n\r\n", kDrip * 10), Late(),
           "too few for their limit, too slow for the deadline", kSoon},
          {"drips a body without end",
           Script().ReadRequest().Write(Ok("\r\n")).WriteForever(" ", kDrip), Late(), kDeadline,
           kSoon},
          {"drips chunks without end",
           Script().ReadRequest().Write(InChunks("")).WriteForever("1\r\n \r\n", kDrip), Late(),
           kDeadline, kSoon},
          {"drips a chunk's extension",
           Script().ReadRequest().Write(InChunks("e;a=")).WriteForever("b", kDrip), Late(),
           kDeadline, kSoon},
          {"drips trailers",
           Script()
               .ReadRequest()
               .Write(InChunks("e\r\n" + kGood + "\r\n0\r\n"))
               .WriteForever("A: b\r\n", kDrip),
           Late(), kDeadline, kSoon},
          {"a byte at a time, in time", Script().ReadRequest().WriteInPieces(kWhole, 1), Good(),
           "slow is not wrong"},
          {"chunks a byte at a time, in time",
           Script().ReadRequest().WriteInPieces(InChunks("e;a=\"b\"\r\n" + kGood + "\r\n0\r\n\r\n"),
                                                1),
           Good(), "slow is not wrong"},
          {"head and body apart, in time",
           Script().ReadRequest().Write(Ok(kLength + "\r\n")).Write(kGood), Good(),
           "two segments are one answer"},
      }};
}

Family EarlyAnswers() {
  const std::string kLarge = "HTTP/1.1 413 X\r\nContent-Length: 5\r\n\r\nlarge";
  const std::string kRest =
      "the answer is told; the rest of the request stays unsent, so nobody "
      "comes back";
  const Setting kLargeBody = {.request = WithALargeBody};
  return {
      "Answers before the request was read",
      "An upstream may refuse a request by its head; what it says is told.",
      {
          {"413 after the head, then silence", Script().ReadHead().Write(kLarge).Pause(),
           TooLarge413(), kRest, kLargeBody},
          {"413 after the head, then closed", Script().ReadHead().Write(kLarge).Close(),
           TooLarge413(), kRest + "; a reset follows, but what came before it is read", kLargeBody},
          {"413 after the head, then reset", Script().ReadHead().Write(kLarge).Reset(),
           TooLarge413(), kRest, kLargeBody},
          {"413 in the middle of the body", Script().ReadBytes(1u << 20).Write(kLarge).Pause(),
           TooLarge413(), kRest, kLargeBody},
          {"413 that closes",
           Script()
               .ReadHead()
               .Write("HTTP/1.1 413 X\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge")
               .HalfClose()
               .Pause(),
           TooLarge413(), kRest, kLargeBody},
          {"a success after the head", Script().ReadHead().Write(kWhole).Pause(),
           Good(Fate::kClosed), "odd, and whole", kLargeBody},
          {"half an answer after the head, then reset",
           Script().ReadHead().Write("HTTP/1.1 413 X\r\nContent-Length: 9\r\n\r\nlarge").Reset(),
           BrokeInside(kReset), "what was said is not whole", kLargeBody},
          {"an answer without a length after the head, then reset",
           Script().ReadHead().Write(Ok("\r\n" + kGood)).Reset(), BrokeInside(kReset),
           "a reset that only the writing side was told of is no orderly end", kLargeBody},
          {"nonsense after the head", Script().ReadHead().Write("nonsense").Pause(),
           Refused("it does not begin with HTTP/"), "no answer at all", kLargeBody},
          {"100 after the head, then the answer",
           Script().ReadHead().Write("HTTP/1.1 100 X\r\n\r\n").Pause(),
           Late(),
           "an interim answer is no answer",
           {.stage = InAShortTime, .request = WithALargeBody}},
          {"answer before the request", Script().Write(kWhole + "x"), Good(Fate::kClosed),
           "taken for the answer, as an overloaded server would send it"},
          {"503 before the request, then closed",
           Script().Write("HTTP/1.1 503 X\r\nContent-Length: 4\r\n\r\nbusy").ReadRequest().Close(),
           {"503 busy", "UNAVAILABLE INTERMEDIARY_RESPONSE", Retry::kWhereRepeatable,
            Fate::kClosed},
           "how an overloaded server sheds load"},
          {"nonsense before the request", Script().Write("220 ready\r\n"),
           Refused("it does not begin with HTTP/"), "a protocol where the server speaks first"},
      }};
}

}  // namespace scoregate::upstream::hostile
