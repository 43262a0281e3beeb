// Requests that are wrong: each must fail alone, and its connection serve on.
#include <map>

#include "gateway/grpcwire/gzip.h"
#include "tests/hostile/attack.h"

namespace scoregate::hostile {
namespace {

using rpc::Fields;
using rpc::RequestFields;

std::string AskFields(Field& field, const Fields& fields) {
  auto peer = field.Open();
  return Ask(*peer, CallOf(1, fields));
}

std::string AskWith(Field& field, const Fields& more) {
  return AskFields(field, RequestFields(kScorePath, more));
}

std::string AskPath(Field& field, const std::string& path) {
  return AskFields(field, RequestFields(path));
}

/// A good request with one field replaced; taken out where `value` is null.
std::string AskReplaced(Field& field, std::string_view name, const char* value) {
  Fields fields = RequestFields(kScorePath);
  for (auto& [key, text] : fields) {
    if (key == name && value != nullptr) text = value;
  }
  if (value == nullptr)
    std::erase_if(fields, [&](const auto& entry) { return entry.first == name; });
  return AskFields(field, fields);
}

std::string AskData(Field& field, const std::string& bytes, const Fields& more = {}) {
  auto peer = field.Open();
  return Ask(*peer, rpc::RequestHeaders(1, kScorePath, more) + InFrames(1, bytes));
}

// Bytes that come out of a message: less than what may come out whatever the ratio, more than that,
// and more than a message may have.
constexpr std::size_t kSmallBomb = std::size_t{500} << 10;
constexpr std::size_t kDenseBomb = std::size_t{2} << 20;
constexpr std::size_t kLargeBomb = std::size_t{16} << 20;

/// A Score with a field that no version knows, so many zeros long: gzip makes a thousandth of it.
std::string ZerosInGzip(std::size_t zeros) {
  std::string message = ScoreMessage().substr(5);
  message += std::string("\xfa\x7f", 2);  // field 2047, length-delimited
  for (std::size_t left = zeros; left > 0 || message.back() < 0; left >>= 7) {
    message.push_back(static_cast<char>((left & 0x7f) | (left > 0x7f ? 0x80 : 0)));
  }
  message.append(zeros, '\0');
  std::string packed(message.size(), '\0');
  packed.resize(grpcwire::Gzip().Deflate(message, packed));
  return rpc::Message(packed, 1);
}

/// The bomb of that size, packed once.
const std::string& Bomb(std::size_t zeros) {
  static std::map<std::size_t, std::string> bombs;
  std::string& bomb = bombs[zeros];
  if (bomb.empty()) bomb = ZerosInGzip(zeros);
  return bomb;
}

std::string AskGzip(Field& field, std::size_t zeros) {
  return AskData(field, Bomb(zeros), {{"grpc-encoding", "gzip"}});
}

std::string AskManyGzip(Field& field) {
  constexpr std::uint32_t kStreams = 100;
  const std::string& message = Bomb(kSmallBomb);
  auto peer = field.Open();
  // As fast as the connection's window allows.
  std::int64_t left = 0;
  auto has_window = [&] { return left + kFirstWindow + peer->seen().windows.at(0) >= 0; };
  for (std::uint32_t i = 0; i < kStreams; ++i) {
    left -= static_cast<std::int64_t>(message.size());
    if (!peer->ReadUntil(has_window)) break;
    peer->Send(rpc::RequestHeaders(2 * i + 1, kScorePath, {{"grpc-encoding", "gzip"}}) +
               rpc::Data(2 * i + 1, message, rpc::kEndStream));
  }
  std::vector<std::string> endings;
  for (std::uint32_t i = 0; i < kStreams; ++i) endings.push_back(VerdictOn(*peer, 2 * i + 1));
  return Together(endings) + AfterThat(*peer, 2 * kStreams + 1);
}

/// A message in gzip behind two fields that say how it is coded.
std::string AskTwoEncodings(Field& field, const char* first, const char* second) {
  return AskData(field, ZerosInGzip(1000), {{"grpc-encoding", first}, {"grpc-encoding", second}});
}

/// One call has begun and one is complete when the bad one comes, in the same bytes: nothing may
/// become of them but an answer.
std::string AskBinaryBesideCalls(Field& field) {
  constexpr std::uint32_t kBegun = 1;
  constexpr std::uint32_t kComplete = 3;
  constexpr std::uint32_t kBad = 5;
  auto peer = field.Open();
  peer->Send(rpc::RequestHeaders(kBegun, kScorePath) + ScoreCall(kComplete) +
             CallOf(kBad, RequestFields(kScorePath, {{"x-token-bin", "a"}})) +
             InFrames(kBegun, ScoreMessage()));
  std::string verdict = VerdictOn(*peer, kBad);
  for (std::uint32_t good : {kBegun, kComplete}) {
    const std::string beside = VerdictOn(*peer, good);
    if (beside != "grpc-status 0") verdict += "; beside it " + beside;
  }
  return verdict + AfterThat(*peer, kBad + 2);
}

/// The details of a NOT_FOUND, which no answer may take from its request.
std::string AskForgedDetails(Field& field) {
  constexpr char kName[] = "grpc-status-details-bin";
  auto peer = field.Open();
  std::string verdict = Ask(*peer, CallOf(1, RequestFields(kScorePath, {{kName, "CAUSAm5v"}})));
  for (const auto& [name, value] : peer->answer(1).fields) {
    if (name == kName) verdict += "; answered with " + value;
  }
  return verdict;
}

constexpr char kRefused[] = "RST_STREAM PROTOCOL_ERROR; connection serves";
constexpr char kServed[] = "grpc-status 0; connection serves";
constexpr char kInvalid[] = "grpc-status 3; connection serves";
constexpr char kMalformed[] = "grpc-status 13; connection serves";
constexpr char kUnknown[] = "grpc-status 12; connection serves";
constexpr char kTooLate[] = "grpc-status 4; connection serves";
constexpr char kTooLarge[] = "grpc-status 8; connection serves";

std::vector<Attack> MetadataRows() {
  return {
      {"-bin value that is no base64", "CVE-2023-32732", Kind::kRequest, kInvalid,
       [](Field& f) {
         return AskWith(f, {{"x-token-bin", "a*b"}});
       }},
      {"-bin value of one digit", "CVE-2023-32732", Kind::kRequest, kInvalid,
       [](Field& f) {
         return AskWith(f, {{"x-token-bin", "a"}});
       }},
      {"-bin value of one digit, beside calls", "CVE-2023-32732", Kind::kRequest, kInvalid,
       AskBinaryBesideCalls},
      {"-bin value wrongly padded", "CVE-2023-32732", Kind::kRequest, kInvalid,
       [](Field& f) {
         return AskWith(f, {{"x-token-bin", "YQ="}});
       }},
      {"grpc-trace-bin that is no trace", "CVE-2023-32732", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"grpc-trace-bin", "AAAA"}});
       }},
      {"grpc-status and grpc-message forged", "gRPC over HTTP/2", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"grpc-status", "13"}, {"grpc-message", "no"}});
       }},
      {"grpc-status-details-bin forged", "gRPC over HTTP/2", Kind::kRequest, kServed,
       AskForgedDetails},
      {"grpc-previous-rpc-attempts forged", "gRFC A6", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"grpc-previous-rpc-attempts", "999999999999"}});
       }},
      {"grpc-retry-pushback-ms forged", "gRFC A6", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"grpc-retry-pushback-ms", "-1"}});
       }},
      // Of two the first counts, as for every field.
      {"grpc-timeout twice, the first of nothing", "gRPC over HTTP/2", Kind::kRequest, kTooLate,
       [](Field& f) {
         return AskWith(f, {{"grpc-timeout", "0n"}, {"grpc-timeout", "6S"}});
       }},
      {"grpc-timeout twice, the second of nothing", "gRPC over HTTP/2", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"grpc-timeout", "6S"}, {"grpc-timeout", "0n"}});
       }},
      {"grpc-timeout of no number", "gRPC over HTTP/2", Kind::kRequest, kInvalid,
       [](Field& f) {
         return AskWith(f, {{"grpc-timeout", "-1S"}});
       }},
      {"grpc-timeout of nine digits", "gRPC over HTTP/2", Kind::kRequest, kInvalid,
       [](Field& f) {
         return AskWith(f, {{"grpc-timeout", "999999999H"}});
       }},
      {"grpc-timeout of 11,000 years", "gRPC over HTTP/2", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"grpc-timeout", "99999999H"}});
       }},
      {"grpc-timeout of nothing", "gRPC over HTTP/2", Kind::kRequest, kTooLate,
       [](Field& f) {
         return AskWith(f, {{"grpc-timeout", "0n"}});
       }},
      {"grpc-encoding unknown", "gRPC over HTTP/2", Kind::kRequest, kUnknown,
       [](Field& f) {
         return AskWith(f, {{"grpc-encoding", "bzip9"}});
       }},
      {"grpc-encoding twice, the first unknown", "gRPC over HTTP/2", Kind::kRequest, kUnknown,
       [](Field& f) { return AskTwoEncodings(f, "bzip9", "gzip"); }},
      {"grpc-encoding twice, the second unknown", "gRPC over HTTP/2", Kind::kRequest, kServed,
       [](Field& f) { return AskTwoEncodings(f, "gzip", "bzip9"); }},
      {"grpc-encoding twice, the first identity", "gRPC over HTTP/2", Kind::kRequest, kMalformed,
       [](Field& f) { return AskTwoEncodings(f, "identity", "gzip"); }},
      {"te: trailers missing", "gRPC over HTTP/2", Kind::kRequest, kServed,
       [](Field& f) { return AskReplaced(f, "te", nullptr); }},
      {"te: gzip", "RFC 9113, 8.2.2", Kind::kRequest, kRefused,
       [](Field& f) { return AskReplaced(f, "te", "gzip"); }},
      {"te: x, then 9 KB of fields", "CVE-2023-1428", Kind::kRequest, kRefused,
       [](Field& f) {
         Fields fields = RequestFields(kScorePath, {{"x-a", std::string(9000, 'a')}});
         fields[5].second = "x";
         return AskFields(f, fields);
       }},
      {"metadata of 17 KiB", "CVE-2020-8659", Kind::kRequest, kTooLarge,
       [](Field& f) {
         return AskWith(f, {{"x-a", std::string(17 * 1024, 'a')}});
       }},
  };
}

std::vector<Attack> AddressRows() {
  return {
      {":authority missing, host there", "RFC 9113, 8.3.1", Kind::kRequest, kServed,
       [](Field& f) {
         Fields fields = RequestFields(kScorePath, {{"host", "test"}});
         std::erase_if(fields, [](const auto& entry) { return entry.first == ":authority"; });
         return AskFields(f, fields);
       }},
      {":authority and host missing", "RFC 9113, 8.3.1", Kind::kRequest, kRefused,
       [](Field& f) { return AskReplaced(f, ":authority", nullptr); }},
      {"host equal to :authority", "RFC 9113, 8.3.1", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"host", "test"}});
       }},
      {"host other than :authority", "CVE-2021-39240", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"host", "other"}});
       }},
      {":authority with user and password", "RFC 9113, 8.3.1", Kind::kRequest, kServed,
       [](Field& f) { return AskReplaced(f, ":authority", "user:pw@test"); }},
      {":authority with a space", "CVE-2021-39241", Kind::kRequest, kRefused,
       [](Field& f) { return AskReplaced(f, ":authority", "te st"); }},
      {":authority twice", "RFC 9113, 8.3.1", Kind::kRequest, kRefused,
       [](Field& f) {
         Fields fields = RequestFields(kScorePath);
         fields.insert(fields.begin(), {":authority", "other"});
         return AskFields(f, fields);
       }},
      {"path without slash", "RFC 9113, 8.3.1", Kind::kRequest, kRefused,
       [](Field& f) { return AskPath(f, "scoring.v1.ScoringService/Score"); }},
      {"path empty", "RFC 9113, 8.3.1", Kind::kRequest, kRefused,
       [](Field& f) { return AskPath(f, ""); }},
      {"path of 8,000 bytes", "CVE-2020-12605", Kind::kRequest, kUnknown,
       [](Field& f) { return AskPath(f, "/" + std::string(8000, 'a')); }},
      {"path with NUL", "CVE-2019-9900", Kind::kRequest, kRefused,
       [](Field& f) { return AskPath(f, std::string("/a\0b", 4)); }},
      {"path with dots and double slash", "CVE-2019-9901", Kind::kRequest, kUnknown,
       [](Field& f) { return AskPath(f, "/x/..//scoring.v1.ScoringService/Score"); }},
      {"path with bytes over 127", "RFC 9113, 8.3.1", Kind::kRequest, kUnknown,
       [](Field& f) { return AskPath(f, "/\xff\xfe/Score"); }},
      {"path with a query", "gRPC over HTTP/2", Kind::kRequest, kUnknown,
       [](Field& f) { return AskPath(f, std::string(kScorePath) + "?x=1"); }},
      {"path of a star", "RFC 9113, 8.3.1", Kind::kRequest, kRefused,
       [](Field& f) { return AskPath(f, "*"); }},
      {"CONNECT", "RFC 9113, 8.5", Kind::kRequest, "HTTP 405; connection serves",
       [](Field& f) {
         return AskFields(f, {{":method", "CONNECT"}, {":authority", "test:1"}});
       }},
      {"method with a space", "CVE-2021-39242", Kind::kRequest, kRefused,
       [](Field& f) { return AskReplaced(f, ":method", "POST /x HTTP/1.1"); }},
      {"scheme unknown", "CVE-2023-1428", Kind::kRequest, kServed,
       [](Field& f) { return AskReplaced(f, ":scheme", "x"); }},
  };
}

std::vector<Attack> FieldRows() {
  return {
      {"upper-case name", "RFC 9113, 8.2.1", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"X-Upper", "1"}});
       }},
      {"name with a space", "RFC 9113, 8.2.1", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"x y", "1"}});
       }},
      {"name of one empty field", "CVE-2023-25725", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"", "1"}});
       }},
      {"connection: close", "RFC 9113, 8.2.2", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"connection", "close"}});
       }},
      {"transfer-encoding: chunked", "RFC 9113, 8.2.2", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"transfer-encoding", "chunked"}});
       }},
      {"upgrade: h2c", "RFC 9113, 8.2.2", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"upgrade", "h2c"}});
       }},
      {"value with CR LF", "RFC 9113, 8.2.1", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"x-a", "1\r\nx-b: 2"}});
       }},
      {"value with NUL", "CVE-2019-9900", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"x-a", std::string("a\0b", 3)}});
       }},
      {"unknown pseudo field", "RFC 9113, 8.3", Kind::kRequest, kRefused,
       [](Field& f) {
         Fields fields = RequestFields(kScorePath);
         fields.insert(fields.begin(), {":x", "1"});
         return AskFields(f, fields);
       }},
      {"pseudo field behind others", "RFC 9113, 8.3", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{":path", "/other"}});
       }},
      {"content-length twice", "CVE-2023-40225", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"content-length", "1"}, {"content-length", "2"}});
       }},
      {"content-length empty", "CVE-2023-40225", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"content-length", ""}});
       }},
      {"content-length of 2^64", "RFC 9113, 8.1.1", Kind::kRequest, kRefused,
       [](Field& f) {
         return AskWith(f, {{"content-length", "18446744073709551616"}});
       }},
      {"content-type of JSON", "gRPC over HTTP/2", Kind::kRequest, "HTTP 415; connection serves",
       [](Field& f) { return AskReplaced(f, "content-type", "application/json"); }},
      {"content-type twice, the first of JSON", "gRPC over HTTP/2", Kind::kRequest,
       "HTTP 415; connection serves",
       [](Field& f) {
         Fields fields = RequestFields(kScorePath, {{"content-type", "application/grpc"}});
         fields[4].second = "application/json";
         return AskFields(f, fields);
       }},
      {"content-type twice, the second of JSON", "gRPC over HTTP/2", Kind::kRequest, kServed,
       [](Field& f) {
         return AskWith(f, {{"content-type", "application/json"}});
       }},
      {"GET", "gRPC over HTTP/2", Kind::kRequest, "HTTP 405; connection serves",
       [](Field& f) { return AskReplaced(f, ":method", "GET"); }},
  };
}

std::vector<Attack> MessageRows() {
  // An attacker packs its bombs beforehand: that is not what a play costs.
  for (std::size_t zeros : {kSmallBomb, kDenseBomb, kLargeBomb}) Bomb(zeros);
  return {
      {"message of 4 GiB announced", "gRPC over HTTP/2", Kind::kRequest, kTooLarge,
       [](Field& f) { return AskData(f, std::string("\0\xff\xff\xff\xff", 5)); }},
      {"flag byte of 2", "gRPC over HTTP/2", Kind::kRequest, kMalformed,
       [](Field& f) { return AskData(f, rpc::Message("x", 2)); }},
      {"compressed flag without grpc-encoding", "gRPC over HTTP/2", Kind::kRequest, kMalformed,
       [](Field& f) { return AskData(f, rpc::Message("x", 1)); }},
      {"message cut by END_STREAM", "gRPC over HTTP/2", Kind::kRequest, kMalformed,
       [](Field& f) { return AskData(f, ScoreMessage().substr(0, 30)); }},
      {"two messages for one", "gRPC over HTTP/2", Kind::kRequest, kUnknown,
       [](Field& f) { return AskData(f, ScoreMessage() + ScoreMessage()); }},
      {"no message", "gRPC over HTTP/2", Kind::kRequest, kUnknown,
       [](Field& f) { return AskData(f, ""); }},
      {"gzip of 16 MiB in 16 KiB", "CVE-2016-6581", Kind::kRequest, kTooLarge,
       [](Field& f) { return AskGzip(f, kLargeBomb); }},
      {"gzip of 2 MiB, 1,000 to 1", "CVE-2016-6581", Kind::kRequest, kTooLarge,
       [](Field& f) { return AskGzip(f, kDenseBomb); }},
      {"gzip that is cut", "RFC 1952", Kind::kRequest, kMalformed,
       [](Field& f) {
         std::string packed = ZerosInGzip(1000).substr(5);
         packed.resize(packed.size() / 2);
         return AskData(f, rpc::Message(packed, 1), {{"grpc-encoding", "gzip"}});
       }},
      {"gzip of 500 KiB in 500 bytes, 100 at once", "CVE-2016-6581", Kind::kCalls, kServed,
       AskManyGzip},
      {"message that is no protobuf", "gRPC over HTTP/2", Kind::kRequest, kMalformed,
       [](Field& f) { return AskData(f, rpc::Message("\xff\xff\xff")); }},
      {"protobuf nested 10,000 deep", "CVE-2024-7254", Kind::kRequest, kMalformed,
       [](Field& f) { return AskData(f, rpc::Message(std::string(10'000, '\x0b'))); }},
      {"trailers with a pseudo field", "RFC 9113, 8.1", Kind::kRequest, kRefused,
       [](Field& f) {
         auto peer = f.Open();
         return Ask(*peer, rpc::RequestHeaders(1, kScorePath) + rpc::Data(1, ScoreMessage()) +
                               Headers(1, Indexed(3), rpc::kEndHeaders | rpc::kEndStream));
       }},
  };
}

}  // namespace

std::vector<Attack> RequestAttacks() {
  std::vector<Attack> rows;
  for (auto part : {MetadataRows, AddressRows, FieldRows, MessageRows}) {
    for (const Attack& row : part()) rows.push_back(row);
  }
  return rows;
}

}  // namespace scoregate::hostile
