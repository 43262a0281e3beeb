// Every shape of answer, in every chunking, cut at every byte.
#include "gateway/upstream/message/answer_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace scoregate::upstream {
namespace {

constexpr AnswerLimits kLimits{
    .max_header_bytes = 300, .max_body_bytes = 20, .max_error_body_bytes = 8};

/// What the peer does after the bytes.
enum class After { kStays, kCloses };

struct Row {
  std::string name;
  std::string bytes;
  std::string expected;
  After after = After::kStays;
  AnswerBody body = AnswerBody::kByItsFields;
};

std::string Describe(AnswerReader& reader, std::size_t left) {
  switch (reader.state()) {
    case AnswerReader::State::kMore:
      return "more";
    case AnswerReader::State::kInvalid:
      return "invalid: " + std::string(reader.why());
    case AnswerReader::State::kHeadTooLarge:
      return "head too large";
    case AnswerReader::State::kBodyTooLarge:
      return "body too large";
    case AnswerReader::State::kCutByTheEnd:
      return "cut " + std::string(reader.why());
    case AnswerReader::State::kDone:
      break;
  }
  std::string text = reader.keep_alive() ? "keep " : "close ";
  http::HttpResponse answer = reader.Take();
  text += std::to_string(answer.status) + " [" + answer.body + "]";
  if (answer.body_cut) text += " cut";
  for (const auto& [name, value] : answer.trailers.fields()) text += " " + name + "=" + value;
  if (left > 0 && !answer.body_cut) text += " left " + std::to_string(left);
  return text;
}

// Feeds the pieces as a connection does: what was not used up is shown again with what follows.
std::string Read(const Row& row, const std::vector<std::string>& pieces,
                 const AnswerLimits& limits = kLimits) {
  AnswerReader reader(limits, row.body);
  std::string unread;
  for (const std::string& piece : pieces) {
    unread += piece;
    unread.erase(0, reader.Put(unread));
  }
  if (row.after == After::kCloses) reader.PutEnd();
  return Describe(reader, unread.size());
}

std::string Ok(const std::string& fields_and_body) {
  return "HTTP/1.1 200 OK\r\n" + fields_and_body;
}

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

const std::string kNul(1, '\0');

const std::vector<Row>& GoodRows() {
  static const std::vector<Row> rows = {
      {"length", Ok("Content-Length: 5\r\n\r\nhello"), "keep 200 [hello]"},
      {"length zero", Ok("content-length:0\r\n\r\n"), "keep 200 []"},
      {"length with spaces around", Ok("Content-Length: \t5 \r\n\r\nhello"), "keep 200 [hello]"},
      {"reason empty", "HTTP/1.1 200 \r\nContent-Length: 1\r\n\r\nx", "keep 200 [x]"},
      {"reason of other bytes", "HTTP/1.1 200 Bl\xC3\xB6\xFF\r\nContent-Length: 1\r\n\r\nx",
       "keep 200 [x]"},
      {"chunks", Ok("Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"),
       "keep 200 [hello]"},
      {"coding in capitals", Ok("Transfer-Encoding: CHUNKED\r\n\r\n1\r\nx\r\n0\r\n\r\n"),
       "keep 200 [x]"},
      {"chunks with extensions",
       Ok("Transfer-Encoding: chunked\r\n\r\n"
          "2;a=b;c=\"d e\"\r\nhi\r\n0;last\r\n\r\n"),
       "keep 200 [hi]"},
      {"chunk sizes with zeros and capitals",
       Ok("Transfer-Encoding: chunked\r\n\r\n00A\r\n0123456789\r\n000\r\n\r\n"),
       "keep 200 [0123456789]"},
      {"chunked and empty", Ok("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "keep 200 []"},
      {"trailers",
       Ok("Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
          "Ms-Azureml-Bandwidth-Request-Delay-Ms: 7\r\nB: c d\r\n\r\n"),
       "keep 200 [x] ms-azureml-bandwidth-request-delay-ms=7 b=c d"},
      {"connection close", Ok("Connection: close\r\nContent-Length: 1\r\n\r\nx"), "close 200 [x]"},
      {"connection close among others", Ok("Connection: x, Close\r\nContent-Length: 1\r\n\r\nx"),
       "close 200 [x]"},
      {"version 1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", "close 200 [x]"},
      {"version 1.0 keep-alive",
       "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", "keep 200 [x]"},
      {"204 has no body", "HTTP/1.1 204 No Content\r\n\r\n", "keep 204 []"},
      {"304 has no body whatever it says", "HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n",
       "close 304 []"},
      {"304 for something large", "HTTP/1.1 304 X\r\nContent-Length: 500\r\n\r\n", "close 304 []"},
      {"interim answer that announces a body",
       "HTTP/1.1 100 X\r\nContent-Length: 5\r\n\r\n" + Ok("Content-Length: 1\r\n\r\nx"),
       "close 200 [x]"},
      {"reason and its blank missing", "HTTP/1.1 200\r\nContent-Length: 1\r\n\r\nx",
       "keep 200 [x]"},
      {"no body was asked for of something large", Ok("Content-Length: 500\r\n\r\n"), "keep 200 []",
       After::kStays, AnswerBody::kNone},
      {"no body was asked for", Ok("Content-Length: 5\r\n\r\n"), "keep 200 []", After::kStays,
       AnswerBody::kNone},
      {"continue comes first",
       "HTTP/1.1 100 Continue\r\nA: b\r\n\r\n" + Ok("Content-Length: 1\r\n\r\nx"), "keep 200 [x]"},
      {"as many interim answers as allowed",
       Repeat("HTTP/1.1 103 Hints\r\n\r\n", kMaxInterimAnswers) + Ok("Content-Length: 0\r\n\r\n"),
       "keep 200 []"},
      {"success as large as allowed", Ok("Content-Length: 20\r\n\r\n01234567890123456789"),
       "keep 200 [01234567890123456789]"},
      {"error as large as allowed", "HTTP/1.1 500 X\r\nContent-Length: 8\r\n\r\n01234567",
       "keep 500 [01234567]"},
      {"odd statuses", "HTTP/1.1 999 X\r\nContent-Length: 1\r\n\r\nx", "keep 999 [x]"},
  };
  return rows;
}

const std::vector<Row>& OddRows() {
  static const std::string kLength = "Content-Length: 1\r\n";
  static const std::string kChunked = "Transfer-Encoding: chunked\r\n";
  static const std::vector<Row> rows = {
      // Ended by the end of the connection.
      {"until the end", Ok("A: b\r\n\r\nhello"), "close 200 [hello]", After::kCloses},
      {"until the end, empty", Ok("A: b\r\n\r\n"), "close 200 []", After::kCloses},
      {"until the end, still going on", Ok("A: b\r\n\r\nhello"), "more"},
      // Bytes after the answer.
      {"something follows", Ok(kLength + "\r\nxHTTP/1.1 200"), "keep 200 [x] left 12"},
      {"a body where none may be", "HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\nhello",
       "close 204 [] left 5"},
      // Limits.
      {"error cut by length", "HTTP/1.1 500 X\r\nContent-Length: 9\r\n\r\n012345678",
       "close 500 [01234567] cut"},
      {"error cut in chunks", "HTTP/1.1 404 X\r\n" + kChunked + "\r\n5\r\n01234\r\n5\r\n56789\r\n",
       "close 404 [01234567] cut"},
      {"error cut before its end", "HTTP/1.1 302 X\r\n\r\n0123456789", "close 302 [01234567] cut"},
      {"error with a large announcement",
       "HTTP/1.1 500 X\r\nContent-Length: 18446744073709551615\r\n\r\n012345678",
       "close 500 [01234567] cut"},
      {"success too large by length", Ok("Content-Length: 21\r\n\r\n"), "body too large"},
      {"success too large in chunks", Ok(kChunked + "\r\n15\r\n012345678901234567890\r\n"),
       "body too large"},
      {"success too large until the end", Ok("\r\n012345678901234567890"), "body too large"},
      {"head too large", Ok("A: " + std::string(300, 'a')), "head too large"},
      {"head too large in many lines", Ok(Repeat("A: b\r\n", 60)), "head too large"},
      {"one interim answer too many", Repeat("HTTP/1.1 103 Hints\r\n\r\n", kMaxInterimAnswers + 1),
       "invalid: too many interim answers stand before it"},
      {"protocols are switched", "HTTP/1.1 101 X\r\nUpgrade: h2c\r\n\r\n",
       "invalid: it switches protocols, which was not asked for"},
      // Not HTTP/1.
      {"SSH", "SSH-2.0-OpenSSH_9.2\r\n", "invalid: it does not begin with HTTP/"},
      {"a TLS alert", "\x15\x03\x01" + kNul + "\x02\x02\x46",
       "invalid: it does not begin with HTTP/"},
      {"a line break first", "\r\n" + Ok(kLength + "\r\nx"),
       "invalid: it does not begin with HTTP/"},
      {"lower case", "http/1.1 200 OK\r\n\r\n", "invalid: it does not begin with HTTP/"},
      {"version 2", "HTTP/2.0 200 OK\r\n\r\n",
       "invalid: its version is neither HTTP/1.0 nor HTTP/1.1"},
      {"version 0.9", "HTTP/0.9 200 OK\r\n\r\n",
       "invalid: its version is neither HTTP/1.0 nor HTTP/1.1"},
      {"version without a digit", "HTTP/1.x 200 OK\r\n\r\n",
       "invalid: its version is neither HTTP/1.0 nor HTTP/1.1"},
      {"status of two digits", "HTTP/1.1 20 OK\r\n\r\n",
       "invalid: its status is not a number of three digits"},
      {"status of four digits", "HTTP/1.1 2000 OK\r\n\r\n",
       "invalid: its status is not a number of three digits"},
      {"status under 100", "HTTP/1.1 099 OK\r\n\r\n",
       "invalid: its status is not a number of three digits"},
      {"NUL in the reason", "HTTP/1.1 200 O" + kNul + "K\r\n\r\n",
       "invalid: it has a NUL byte in its head"},
      // Shapes that two parsers read differently.
      {"lengths that agree", Ok(kLength + kLength + "\r\nx"),
       "invalid: it has more than one Content-Length"},
      {"lengths that differ", Ok(kLength + "Content-Length: 2\r\n\r\nxy"),
       "invalid: it has more than one Content-Length"},
      {"a list of lengths", Ok("Content-Length: 1, 1\r\n\r\nx"),
       "invalid: its Content-Length is not a number"},
      {"length with a plus", Ok("Content-Length: +1\r\n\r\nx"),
       "invalid: its Content-Length is not a number"},
      {"length with a minus", Ok("Content-Length: -1\r\n\r\nx"),
       "invalid: its Content-Length is not a number"},
      {"length in hexadecimal", Ok("Content-Length: 0x1\r\n\r\nx"),
       "invalid: its Content-Length is not a number"},
      {"length empty", Ok("Content-Length:\r\n\r\nx"),
       "invalid: its Content-Length is not a number"},
      {"length over 64 bits", Ok("Content-Length: 18446744073709551617\r\n\r\nx"),
       "invalid: its Content-Length is not a number"},
      {"length and coding", Ok(kLength + kChunked + "\r\n1\r\nx\r\n0\r\n\r\n"),
       "invalid: it has both Content-Length and Transfer-Encoding"},
      {"coding and length", Ok(kChunked + kLength + "\r\n1\r\nx\r\n0\r\n\r\n"),
       "invalid: it has both Content-Length and Transfer-Encoding"},
      {"coding twice", Ok(kChunked + kChunked + "\r\n0\r\n\r\n"),
       "invalid: it has more than one Transfer-Encoding"},
      {"another coding", Ok("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
       "invalid: its Transfer-Encoding is not \"chunked\""},
      {"a coding that is none", Ok("Transfer-Encoding: identity\r\n\r\nx"),
       "invalid: its Transfer-Encoding is not \"chunked\""},
      {"a coding with a mark before it",
       Ok("Transfer-Encoding: \x0b"
          "chunked\r\n\r\n0\r\n\r\n"),
       "invalid: its Transfer-Encoding is not \"chunked\""},
      {"coding under 1.0", "HTTP/1.0 200 OK\r\n" + kChunked + "\r\n0\r\n\r\n",
       "invalid: it has a Transfer-Encoding, which HTTP/1.0 does not know"},
      {"folded", Ok("A: b\r\n c\r\n" + kLength + "\r\nx"), "invalid: it has a folded header line"},
      {"folded with a tab", Ok("A:\r\n\tb\r\n" + kLength + "\r\nx"),
       "invalid: it has a folded header line"},
      {"folded at the start", Ok(" A: b\r\n" + kLength + "\r\nx"),
       "invalid: it has a folded header line"},
      {"space before the colon", Ok("Content-Length : 1\r\n\r\nx"),
       "invalid: it has a header whose name is no token"},
      {"name empty", Ok(": b\r\n\r\n"), "invalid: it has a header whose name is no token"},
      {"no colon", Ok("ab\r\n\r\n"), "invalid: it has a header line without a colon"},
      {"LF alone", Ok("A: b\nC: d\r\n\r\n"), "invalid: it has a line that does not end with CRLF"},
      {"LF alone everywhere", "HTTP/1.1 200 OK\nContent-Length: 1\n\nx",
       "invalid: it has a line that does not end with CRLF"},
      {"CR alone", Ok("A: b\rC: d\r\n\r\n"), "invalid: it has a line that does not end with CRLF"},
      {"NUL in a value", Ok("A: b" + kNul + "\r\n\r\n"), "invalid: it has a NUL byte in its head"},
      {"control character in a value", Ok("A: b\x01\r\n\r\n"),
       "invalid: it has a header whose value has a control character"},
      // Chunks.
      {"chunk size is no number", Ok(kChunked + "\r\ng\r\nx\r\n"),
       "invalid: it has a chunk that is broken"},
      {"chunk size is empty", Ok(kChunked + "\r\n\r\nx\r\n"),
       "invalid: it has a chunk that is broken"},
      {"chunk size is over 64 bits", Ok(kChunked + "\r\n10000000000000001\r\nx\r\n"),
       "invalid: it has a chunk that is broken"},
      {"chunk longer than it says", Ok(kChunked + "\r\n1\r\nxy\r\n0\r\n\r\n"),
       "invalid: it has a chunk that is broken"},
      {"chunk extension broken", Ok(kChunked + "\r\n1;=\r\nx\r\n0\r\n\r\n"),
       "invalid: it has a chunk whose extension is broken"},
      {"chunk extension with a line break between quotes",
       Ok(kChunked + "\r\n1;a=\"\n\"\r\nx\r\n0\r\n\r\n"),
       "invalid: it has a chunk whose extension is broken"},
      {"length in the trailers", Ok(kChunked + "\r\n0\r\nContent-Length: 1\r\n\r\n"),
       "invalid: its trailers say how long it is"},
      {"trailer name empty", Ok(kChunked + "\r\n0\r\n: b\r\n\r\n"),
       "invalid: it has a header whose name is no token"},
  };
  return rows;
}

void ExpectInEveryChunking(const Row& row) {
  EXPECT_EQ(Read(row, {row.bytes}), row.expected) << row.name;
  for (std::size_t split = 1; split < row.bytes.size(); ++split) {
    std::string text = Read(row, {row.bytes.substr(0, split), row.bytes.substr(split)});
    ASSERT_EQ(text, row.expected) << row.name << ", split at " << split;
  }
  std::vector<std::string> single;
  for (char c : row.bytes) single.emplace_back(1, c);
  EXPECT_EQ(Read(row, single), row.expected) << row.name << ", byte by byte";
}

TEST(AnswerReader, ReadsGoodAnswersInEveryChunking) {
  for (const Row& row : GoodRows()) ExpectInEveryChunking(row);
}

TEST(AnswerReader, RefusesAndCutsInEveryChunking) {
  for (const Row& row : OddRows()) ExpectInEveryChunking(row);
}

std::string Chunk(const std::string& bytes) {
  std::ostringstream chunk;
  chunk << std::hex << bytes.size() << "\r\n" << bytes << "\r\n";
  return chunk.str();
}

// The bodies that tests/errorbody reads, as two chunks that meet at every byte, each split sent in
// one piece and in two. What arrives is the body byte for byte, so it reads as errorbody's rows
// say.
TEST(AnswerReader, ReadsRealErrorBodiesInEverySplitOfTwoChunks) {
  constexpr AnswerLimits kRoomy{
      .max_header_bytes = 300, .max_body_bytes = 8192, .max_error_body_bytes = 8192};
  const std::string head = "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::size_t splits = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(SCOREGATE_SOURCE_DIR "/tests/corpus/errorbody")) {
    std::stringstream text;
    text << std::ifstream(file.path(), std::ios::binary).rdbuf();
    const std::string body = text.str();
    for (std::size_t split = 1; split < body.size(); ++split, ++splits) {
      const std::string first = head + Chunk(body.substr(0, split));
      const std::string second = Chunk(body.substr(split)) + "0\r\n\r\n";
      const Row row{file.path().filename(), first + second, "keep 500 [" + body + "]"};
      ASSERT_EQ(Read(row, {row.bytes}, kRoomy), row.expected) << row.name << " at " << split;
      ASSERT_EQ(Read(row, {first, second}, kRoomy), row.expected) << row.name << " at " << split;
    }
  }
  EXPECT_GT(splits, 1500u);
}

TEST(AnswerReader, KnowsThatAnAnswerIsNotWhole) {
  for (const Row& row : GoodRows()) {
    for (std::size_t cut = 1; cut < row.bytes.size(); ++cut) {
      Row part = row;
      part.bytes = row.bytes.substr(0, cut);
      ASSERT_EQ(Read(part, {part.bytes}), "more") << row.name << ", cut at " << cut;
      part.after = After::kCloses;
      ASSERT_THAT(Read(part, {part.bytes}), testing::StartsWith("cut in its "))
          << row.name << ", cut at " << cut;
    }
  }
}

TEST(AnswerReader, BoundsLinesThatDoNotEnd) {
  const std::string kHead = Ok("Transfer-Encoding: chunked\r\n\r\n");
  for (const std::string& endless :
       {kHead + "1;" + std::string(400, 'a'), kHead + "0\r\nA: " + std::string(400, 'a'),
        kHead + std::string(400, '0')}) {
    Row row{"endless", endless, "head too large"};
    ExpectInEveryChunking(row);
  }
}

TEST(AnswerReader, NothingHasBegunBeforeTheFirstByte) {
  AnswerReader reader(kLimits, AnswerBody::kByItsFields);
  EXPECT_EQ(reader.Put(""), 0u);
  EXPECT_FALSE(reader.has_begun());
  reader.Put("H");
  EXPECT_TRUE(reader.has_begun());
}

TEST(AnswerReader, KeepsFieldsInOrderWithNamesLowered) {
  AnswerReader reader(kLimits, AnswerBody::kByItsFields);
  reader.Put(Ok("X-B: 1\r\nx-a:  two \r\nX-b: 3\r\nContent-Length: 0\r\n\r\n"));
  ASSERT_EQ(reader.state(), AnswerReader::State::kDone);
  using Field = http::HeaderMap::Field;
  EXPECT_THAT(reader.Take().headers.fields(),
              testing::ElementsAre(Field("x-b", "1"), Field("x-a", "two"), Field("x-b", "3"),
                                   Field("content-length", "0")));
}

}  // namespace
}  // namespace scoregate::upstream
