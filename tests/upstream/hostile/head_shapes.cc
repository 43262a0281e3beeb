// Heads that are no heads: header lines, status lines, answers before the answer.
#include "tests/upstream/hostile/shape.h"

#include "gateway/upstream/message/answer_reader.h"

namespace scoregate::upstream::hostile {
namespace {

const std::string kNoToken = "it has a header whose name is no token";
const std::string kControl = "it has a header whose value has a control character";
const std::string kFolded = "it has a folded header line";
const std::string kNoColon = "it has a header line without a colon";
const std::string kNotHttp = "it does not begin with HTTP/";
const std::string kVersion = "its version is neither HTTP/1.0 nor HTTP/1.1";
const std::string kStatus = "its status is not a number of three digits";
const std::string kSwitches = "it switches protocols, which was not asked for";

// A good answer but for this line.
support::Script Line(const std::string& line) {
  return Writes(Ok(line + "\r\n" + kLength + "\r\n" + kGood));
}

// A good answer but for its status line.
support::Script StatusLine(const std::string& line) {
  return Writes(line + "\r\n" + kLength + "\r\n" + kGood);
}

// Answers before a good answer.
support::Script Before(const std::string& interim) {
  return Writes(interim + Ok(kLength + "\r\n" + kGood));
}

}  // namespace

Family HeaderLines() {
  const std::string kTwoReadings = "two parsers see two different heads";
  return {
      "Header lines",
      "A line is a name that is a token, a colon, a value without control characters, CRLF.",
      {
          {"an empty value", Line("A:"), Good(), "values may be empty"},
          {"8-bit bytes in a value", Line("A: \xFF\xFE\x80"), Good(),
           "obs-text of RFC 9110: taken, and made UTF-8 before it is told to anybody"},
          {"UTF-8 in a value", Line("A: \xED\x95\x9C"), Good(), "obs-text as well"},
          {"a tab in a value", Line("A: b\tc"), Good(), "allowed white space"},
          {"a colon in a value", Line("A: b:c"), Good(), "the first colon counts"},
          {"the same name many times", Line(Repeat("A: b\r\n", 50) + "A: c"), Good(),
           "allowed, and bounded by the size of the head"},
          {"every character of a token", Line("!#$%&'*+-.^_`|~09azAZ: b"), Good(),
           "RFC 9110, 5.6.2"},
          {"LF alone", Line("A: b\nC: d"), Refused(kLineEnd), kTwoReadings},
          {"LF alone in front of a length", Line("A: b\nContent-Length: 3"), Refused(kLineEnd),
           kTwoReadings},
          {"LF alone everywhere", Writes("HTTP/1.1 200 OK\nContent-Length: 14\n\n" + kGood),
           Refused(kLineEnd), "RFC 9112, 2.2 allows to take it; taking it needs two readings"},
          {"LF alone before the empty line",
           Writes("HTTP/1.1 200 OK\r\nContent-Length: 14\n\r\n" + kGood), Refused(kLineEnd),
           kTwoReadings},
          {"CR alone", Line("A: b\rC: d"), Refused(kLineEnd), kTwoReadings},
          {"CR alone at the end of a line", Line("A: b\r"), Refused(kLineEnd),
           "CR CR LF: an empty line for some"},
          {"CR alone as the empty line", Writes(Ok(kLength + "\r" + kGood + "\r\n\r\n")),
           Refused(kLineEnd), "the body would be read as a header"},
          {"folded with a blank", Line("A: b\r\n c"), Refused(kFolded),
           "RFC 9112, 5.2: obsolete; whether it is one line or two is a matter of taste"},
          {"folded with a tab", Line("A: b\r\n\tc"), Refused(kFolded), "the same"},
          {"folded with nothing before", Line("A:\r\n b"), Refused(kFolded), "the same"},
          {"a blank line that is not empty", Line("A: b\r\n \r\nC: d"), Refused(kFolded),
           "the end of the head for some"},
          {"first line folded", Line(" A: b"), Refused(kFolded),
           "RFC 9112, 2.2: white space between status line and first header"},
          {"no name", Line(": b"), Refused(kNoToken), "a name has at least one character"},
          {"only a colon", Line(":"), Refused(kNoToken), "the same"},
          {"blank before the colon", Line("A : b"), Refused(kNoToken), "RFC 9112, 5.1"},
          {"tab before the colon", Line("A\t: b"), Refused(kNoToken), "the same"},
          {"blank in a name", Line("A B: c"), Refused(kNoToken), "no token"},
          {"NUL in a name", Line("A" + kNul + ": b"), Refused("it has a NUL byte in its head"),
           "C strings end there"},
          {"NUL in a value", Line("A: b" + kNul + "c"), Refused("it has a NUL byte in its head"),
           "C strings end there"},
          {"bell in a value", Line("A: \a"), Refused(kControl), "no text has control characters"},
          {"escape in a value", Line("A: \x1b[2J"), Refused(kControl),
           "would clear the screen of whoever reads the log"},
          {"delete in a value", Line("A: \x7f"), Refused(kControl), "a control character as well"},
          {"vertical tab in a value", Line("A: b\vc"), Refused(kControl), "the same"},
          {"8-bit bytes in a name", Line("\xC3\x84: b"), Refused(kNoToken), "no token"},
          {"a delete in a name", Line("A\x7f: b"), Refused(kNoToken), "no token"},
          {"parentheses in a name", Line("A(b): c"), Refused(kNoToken), "no token"},
          {"a slash in a name", Line("A/b: c"), Refused(kNoToken), "no token"},
          {"quotes in a name", Line("\"A\": b"), Refused(kNoToken), "no token"},
          {"no colon", Line("nonsense"), Refused(kNoColon), "no header"},
          {"a header with an equals sign", Line("A=b"), Refused(kNoColon), "no header"},
          {"a second status line", Line("HTTP/1.1 200 OK"), Refused(kNoColon),
           "a cache or a proxy has glued two heads together"},
          {"a second status line with a colon", Line("HTTP/1.1 200 a: b"), Refused(kNoToken),
           "the same"},
          {"a request in the head", Line("GET / HTTP/1.1"), Refused(kNoColon),
           "an echo of a request"},
          {"a list with an empty member", Line("Connection: ,"), Good(),
           "RFC 9110, 5.6.1 asks to take it"},
          {"a connection option that is no token", Line("Connection: a b"), Refused(kControl),
           "Connection decides whether we come back: it has to be clear"},
      }};
}

Family StatusLines() {
  return {
      "Status lines",
      "`HTTP/1.0` or `HTTP/1.1`, a blank, three digits from 100 up, a blank, a reason or none.",
      {
          {"no reason", StatusLine("HTTP/1.1 200 "), Good(), "allowed"},
          {"no reason and no blank", StatusLine("HTTP/1.1 200"), Good(),
           "RFC 9112 wants the blank; clients take it without, and nothing is unclear"},
          {"a long reason", StatusLine("HTTP/1.1 200 " + Repeat("x", 2000)), Good(),
           "nobody reads it"},
          {"a reason of other bytes", StatusLine("HTTP/1.1 200 \xC3\x96\xFF"), Good(), "obs-text"},
          {"a reason of blanks", StatusLine("HTTP/1.1 200   \t "), Good(), "allowed"},
          {"HTTP/1.0", StatusLine("HTTP/1.0 200 OK"), Good(Fate::kClosed), "closes by its version"},
          {"HTTP/1.0 that keeps alive", StatusLine("HTTP/1.0 200 OK\r\nConnection: keep-alive"),
           Good(), "said so, and has a length"},
          {"HTTP/1.1 that closes", StatusLine("HTTP/1.1 200 OK\r\nConnection: close"),
           Good(Fate::kClosed), "said so"},
          {"closes and keeps alive", StatusLine("HTTP/1.1 200 OK\r\nConnection: keep-alive, close"),
           Good(Fate::kClosed), "in doubt it is closed"},
          {"closes in the older words", StatusLine("HTTP/1.1 200 OK\r\nProxy-Connection: close"),
           Good(Fate::kClosed), "never standard, but meant"},
          {"HTTP/1.2", StatusLine("HTTP/1.2 200 OK"), Refused(kVersion),
           "does not exist; a server must not answer above our version"},
          {"HTTP/2.0", StatusLine("HTTP/2.0 200 OK"), Refused(kVersion),
           "HTTP/2 has no status lines"},
          {"HTTP/2", StatusLine("HTTP/2 200 OK"), Refused(kVersion), "the same"},
          {"HTTP/3", StatusLine("HTTP/3 200 OK"), Refused(kVersion), "the same"},
          {"HTTP/0.9 by name", StatusLine("HTTP/0.9 200 OK"), Refused(kVersion),
           "that version has no status lines"},
          {"HTTP/0.9 in truth", Writes("<html>hello</html>\r\n").Close(), Refused(kNotHttp),
           "a body without a head says nothing about success"},
          {"HTTP/1", StatusLine("HTTP/1 200 OK"), Refused(kVersion), "a version has two digits"},
          {"HTTP/1.10", StatusLine("HTTP/1.10 200 OK"), Refused(kVersion),
           "a version has two digits"},
          {"HTTP/01.1", StatusLine("HTTP/01.1 200 OK"), Refused(kVersion),
           "a version has two digits"},
          {"HTTP/-1.1", StatusLine("HTTP/-1.1 200 OK"), Refused(kVersion), "no digit"},
          {"HTTP/x.y", StatusLine("HTTP/x.y 200 OK"), Refused(kVersion), "no digits"},
          {"HTTP/1,1", StatusLine("HTTP/1,1 200 OK"), Refused(kVersion), "no dot"},
          {"lower case", StatusLine("http/1.1 200 OK"), Refused(kNotHttp),
           "the name of the protocol has a case"},
          {"mixed case", StatusLine("Http/1.1 200 OK"), Refused(kNotHttp), "the same"},
          {"ICY", StatusLine("ICY 200 OK"), Refused(kNotHttp), "a streaming server of old"},
          {"RTSP", StatusLine("RTSP/1.0 200 OK"), Refused(kNotHttp), "another protocol"},
          {"SSH", Writes("SSH-2.0-OpenSSH_9.2\r\n"), Refused(kNotHttp), "the wrong port"},
          {"SMTP", Writes("220 mail.example ESMTP\r\n"), Refused(kNotHttp), "the wrong port"},
          {"HTTP/2 frames", Writes(kNul + kNul + "\x12\x04" + Repeat(kNul, 23)), Refused(kNotHttp),
           "a server that speaks HTTP/2 only says SETTINGS first"},
          {"a TLS alert", Writes("\x15\x03\x01" + kNul + "\x02\x02\x46"), Refused(kNotHttp),
           "https:// is meant, http:// is configured"},
          {"an empty line first", Writes("\r\n" + Ok(kLength + "\r\n" + kGood)), Refused(kNotHttp),
           "left over from an answer before"},
          {"blanks first", StatusLine("  HTTP/1.1 200 OK"), Refused(kNotHttp), "no status line"},
          {"a byte order mark first", StatusLine("\xEF\xBB\xBFHTTP/1.1 200 OK"), Refused(kNotHttp),
           "no status line"},
          {"header before the status line", Writes(kLength + "HTTP/1.1 200 OK\r\n\r\n" + kGood),
           Refused(kNotHttp), "the status line is first"},
          {"two blanks before the status", StatusLine("HTTP/1.1  200 OK"), Refused(kStatus),
           "one blank; who takes more also takes tabs, and so on"},
          {"a tab before the status", StatusLine("HTTP/1.1\t200 OK"), Refused(kVersion),
           "one blank"},
          {"no blank before the status", StatusLine("HTTP/1.1200 OK"), Refused(kVersion),
           "one blank"},
          {"no blank after the status", StatusLine("HTTP/1.1 200OK"), Refused(kStatus), "2000K?"},
          {"no status", StatusLine("HTTP/1.1"), Refused(kVersion), "nothing is said"},
          {"no status but a reason", StatusLine("HTTP/1.1 OK"), Refused(kStatus),
           "nothing is said"},
          {"status of two digits", StatusLine("HTTP/1.1 20 OK"), Refused(kStatus), "three digits"},
          {"status of four digits", StatusLine("HTTP/1.1 2000 OK"), Refused(kStatus),
           "three digits"},
          {"negative status", StatusLine("HTTP/1.1 -200 OK"), Refused(kStatus), "three digits"},
          {"status with a plus", StatusLine("HTTP/1.1 +20 OK"), Refused(kStatus), "three digits"},
          {"status in hexadecimal", StatusLine("HTTP/1.1 0xC OK"), Refused(kStatus),
           "three digits"},
          {"status 000", StatusLine("HTTP/1.1 000 X"), Refused(kStatus),
           "what some tools write for \"none\""},
          {"status 099", StatusLine("HTTP/1.1 099 X"), Refused(kStatus), "no class"},
          {"status 600", StatusLine("HTTP/1.1 600 X"), ProxySays(600, kGood, "UNKNOWN"),
           "no class, but three digits: told as it came"},
          {"status 999", StatusLine("HTTP/1.1 999 X"), ProxySays(999, kGood, "UNKNOWN"),
           "some sites' way to say that they do not like us"},
          {"NUL in the reason", StatusLine("HTTP/1.1 200 O" + kNul + "K"),
           Refused("it has a NUL byte in its head"), "C strings end there"},
          {"escape in the reason", StatusLine("HTTP/1.1 200 \x1b[31m"),
           Refused("its status line has a control character"), "no text"},
          {"CR alone in the reason", StatusLine("HTTP/1.1 200 OK\rX: y"), Refused(kLineEnd),
           "a header for some"},
          {"the end after the status line", Writes("HTTP/1.1 200 OK\r\n").Close(),
           BrokeInside("it was closed"), "the head has no end"},
      }};
}

Family InterimAnswers() {
  const std::string kTooMany = "too many interim answers stand before it";
  const std::string kHints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
  const std::string kMayFollow =
      "1xx has no body: the announcement may be the body of a later answer, so nobody comes back";
  return {
      "Interim answers",
      "Up to 16 answers of 1xx may come before the answer; 101 may not.",
      {
          {"100", Before("HTTP/1.1 100 Continue\r\n\r\n"), Good(),
           "unasked for, and to be ignored (RFC 9110, 15.2)"},
          {"102", Before("HTTP/1.1 102 Processing\r\n\r\n"), Good(), "the same"},
          {"103", Before(kHints), Good(), "the same"},
          {"199", Before("HTTP/1.1 199 X\r\n\r\n"), Good(), "unknown ones as well"},
          {"100, 102 and 103",
           Before("HTTP/1.1 100 A\r\n\r\nHTTP/1.1 102 B\r\n\r\nHTTP/1.1 103 C\r\n\r\n"), Good(),
           "the same"},
          {"16 of them", Before(Repeat(kHints, kMaxInterimAnswers)), Good(), "the limit"},
          {"17 of them", Before(Repeat(kHints, kMaxInterimAnswers + 1)), Refused(kTooMany),
           "over the limit"},
          {"an endless storm",
           support::Script().ReadRequest().WriteForever(kHints, std::chrono::milliseconds(0)),
           Refused(kTooMany), "it would go on until the deadline"},
          {"interim only, then the end", Writes(kHints).Close(), BrokeInside("it was closed"),
           "the answer is missing"},
          {"interim with a large head",
           Before("HTTP/1.1 103 X\r\nA: " + Repeat("x", 5000) + "\r\n\r\n"), HeadTooLarge(),
           "each head has the limit"},
          {"interim with a length of zero", Before("HTTP/1.1 100 X\r\nContent-Length: 0\r\n\r\n"),
           Good(), "forbidden, and without any effect"},
          {"interim with a length", Before("HTTP/1.1 100 X\r\nContent-Length: 5\r\n\r\n"),
           Good(Fate::kClosed), kMayFollow},
          {"interim with a coding", Before("HTTP/1.1 100 X\r\n" + kChunked + "\r\n"),
           Good(Fate::kClosed), kMayFollow},
          {"interim with a body", Before("HTTP/1.1 100 X\r\nContent-Length: 5\r\n\r\nhello"),
           Refused(kNotHttp), "1xx has no body: what follows has to be a status line"},
          {"interim with two lengths",
           Before("HTTP/1.1 100 X\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"),
           Refused("it has more than one Content-Length"), "heads are checked alike"},
          {"interim that closes", Before("HTTP/1.1 100 X\r\nConnection: close\r\n\r\n"), Good(),
           "the option belongs to the final answer's head"},
          {"interim of HTTP/1.0", Before("HTTP/1.0 100 X\r\n\r\n"), Good(),
           "forbidden by RFC 9110, 15.2, and harmless"},
          {"101", Before("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"),
           Refused(kSwitches), "what follows is no longer HTTP/1.1"},
          {"101 to a web socket",
           Writes("HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
           Refused(kSwitches), "not asked for"},
          {"101 after 100", Before("HTTP/1.1 100 A\r\n\r\nHTTP/1.1 101 B\r\n\r\n"),
           Refused(kSwitches), "not asked for"},
          {"an offer to upgrade",
           Writes(Ok("Connection: upgrade\r\nUpgrade: h2c\r\n" + kLength + "\r\n" + kGood)), Good(),
           "an offer obliges nobody"},
          {"426", Writes("HTTP/1.1 426 X\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n"),
           ProxySays(426, "", "UNKNOWN"), "an answer like any other"},
          {"100 after the answer", Writes(Ok(kLength + "\r\n" + kGood + "HTTP/1.1 100 X\r\n\r\n")),
           Good(Fate::kClosed), "bytes behind the answer: nobody comes back"},
      }};
}

}  // namespace scoregate::upstream::hostile
