// Messages survive gzip; what is cut, damaged, followed by something or too large does not get far.
#include "gateway/grpcwire/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::grpcwire {
namespace {

constexpr std::size_t kPlenty = std::size_t{64} * 1024 * 1024;
constexpr std::size_t kMebibyte = std::size_t{1} * 1024 * 1024;
// What counting takes.
constexpr std::size_t kScratch = std::size_t{16} * 1024;

// zlib's own compression at its best, so that a bomb is as dense as can be.
std::string Zip(const std::string& message, int window_bits = MAX_WBITS + 16) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, 0), Z_OK);
  std::string out(deflateBound(&stream, message.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(message.data()));
  stream.avail_in = static_cast<uInt>(message.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Text(std::size_t size) {
  std::mt19937 random(7);
  std::string text(size, '\0');
  for (char& c : text) c = static_cast<char>('a' + random() % 20);
  return text;
}

struct Inflated {
  InflateVerdict verdict;
  std::string message;
};

Inflated Inflate(Gzip& gzip, std::string_view bytes, InflateLimits limits = {kPlenty}) {
  Inflated inflated;
  inflated.verdict = gzip.Inflate(bytes, limits, inflated.message);
  return inflated;
}

TEST(Gzip, GivesBackWhatWentIn) {
  Gzip gzip;
  for (std::size_t size : {1u, 2u, 1023u, 1024u, 1025u, 70'000u, 3'000'000u}) {
    const std::string message = Text(size);
    std::string out(size + 100, '\0');
    out.resize(gzip.Deflate(message, out));
    ASSERT_FALSE(out.empty());
    const Inflated ours = Inflate(gzip, out);
    EXPECT_EQ(ours.verdict, InflateVerdict::kWhole) << size;
    EXPECT_EQ(ours.message, message) << size;
    EXPECT_EQ(Inflate(gzip, Zip(message)).message, message) << "zlib's own, " << size;
  }
  const Inflated empty = Inflate(gzip, Zip(""));
  EXPECT_EQ(empty.verdict, InflateVerdict::kWhole);
  EXPECT_EQ(empty.message, "");
}

TEST(Gzip, DeflatesOnlyIntoTheRoomThatThereIs) {
  Gzip gzip;
  const std::string message = Text(5000);
  std::string out(5100, '\0');
  const std::size_t size = gzip.Deflate(message, out);
  ASSERT_GT(size, 0u);
  ASSERT_LT(size, message.size());
  for (std::size_t room : {std::size_t{0}, std::size_t{1}, size / 2, size - 1}) {
    EXPECT_EQ(gzip.Deflate(message, std::span(out).first(room)), 0u) << room;
  }
  EXPECT_EQ(gzip.Deflate(message, std::span(out).first(size)), size);
}

TEST(Gzip, RefusesWhatIsCutAnywhere) {
  Gzip gzip;
  const std::string bytes = Zip(Text(3000)) + Zip("the second member");
  const std::size_t first = Zip(Text(3000)).size();
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    const InflateVerdict expected = cut == first ? InflateVerdict::kWhole : InflateVerdict::kBroken;
    EXPECT_EQ(Inflate(gzip, std::string_view(bytes).substr(0, cut)).verdict, expected) << cut;
  }
  EXPECT_EQ(Inflate(gzip, bytes).message, Text(3000) + "the second member");
}

TEST(Gzip, RefusesWhatIsDamagedAnywhere) {
  Gzip gzip;
  const std::string message = Text(300);
  const std::string bytes = Zip(message);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    const Inflated inflated = Inflate(gzip, damaged);
    // Time, extra flags and system (RFC 1952, 2.3) say nothing about the message.
    const bool says_nothing = i >= 4 && i <= 9;
    if (says_nothing) {
      EXPECT_EQ(inflated.message, message) << i;
    } else {
      EXPECT_EQ(inflated.verdict, InflateVerdict::kBroken) << i;
    }
  }
  EXPECT_EQ(Inflate(gzip, bytes).message, message) << "the next message is none the worse";
}

/// Bytes that are no gzip, or more than that.
struct BrokenCase {
  const char* name;
  std::string bytes;
};

TEST(Gzip, RefusesWhatIsNotGzipAlone) {
  const std::string good = Zip("message");
  const std::vector<BrokenCase> cases = {
      {"nothing", ""},
      {"the message as it is", "message"},
      {"zlib's format", Zip("message", MAX_WBITS)},
      {"deflate without a format", Zip("message", -MAX_WBITS)},
      {"something after it", good + "x"},
      {"zeros after it, which gzip's own program ignores", good + std::string(512, '\0')},
      {"half a member after it", good + good.substr(0, good.size() / 2)},
      {"a reserved flag", good.substr(0, 3) + '\x20' + good.substr(4)},
      {"another method", good.substr(0, 2) + '\x07' + good.substr(3)},
  };
  Gzip gzip;
  for (const BrokenCase& row : cases) {
    EXPECT_EQ(Inflate(gzip, row.bytes).verdict, InflateVerdict::kBroken) << row.name;
  }
}

/// What a message may inflate to, and what comes of it.
struct LimitCase {
  const char* name;
  std::string bytes;
  InflateLimits limits;
  InflateVerdict verdict;
};

TEST(Gzip, StopsAtItsLimits) {
  const std::string bomb = Zip(std::string(8 * kMebibyte, '\0'));
  ASSERT_LT(bomb.size() * 1000, 8 * kMebibyte);
  std::string many;
  for (int i = 0; i < 9; ++i) many += Zip(Text(1000));
  const std::vector<LimitCase> cases = {
      {"exactly the limit", Zip(Text(1000)), {1000}, InflateVerdict::kWhole},
      {"one byte over it", Zip(Text(1000)), {999}, InflateVerdict::kTooLarge},
      {"no byte at all", Zip("x"), {0}, InflateVerdict::kTooLarge},
      {"members that are over it together", many, {8999}, InflateVerdict::kTooLarge},
      {"members that are not", many, {9000}, InflateVerdict::kWhole},
      {"a bomb, by its size", bomb, {kMebibyte / 2}, InflateVerdict::kTooLarge},
      {"a bomb, by its ratio", bomb, {kPlenty}, InflateVerdict::kTooDense},
      {"a bomb that may be as dense", bomb, {kPlenty, 1100}, InflateVerdict::kWhole},
      {"any ratio up to 512 KiB",
       Zip(std::string(kMebibyte / 2, '\0')),
       {kPlenty},
       InflateVerdict::kWhole},
      {"and not beyond",
       Zip(std::string(kMebibyte / 2 + 1, '\0')),
       {kPlenty},
       InflateVerdict::kTooDense},
  };
  for (const LimitCase& row : cases) {
    Gzip gzip;
    const Inflated inflated = Inflate(gzip, row.bytes, row.limits);
    EXPECT_EQ(inflated.verdict, row.verdict) << row.name;
    EXPECT_LE(inflated.message.capacity(), std::max(row.limits.max_bytes, kScratch) + 64)
        << row.name;
  }
}

TEST(Gzip, ABombThatTellsItsSizeTakesNoMemory) {
  Gzip gzip;
  std::string message;
  const std::string bomb = Zip(std::string(16 * kMebibyte, '\0'));
  EXPECT_EQ(gzip.Inflate(bomb, {4 * kMebibyte, 2000}, message), InflateVerdict::kTooLarge);
  EXPECT_LE(message.capacity(), kScratch + 64);
}

TEST(Gzip, ABombThatLiesTakesNoMoreThanTheLimit) {
  Gzip gzip;
  std::string message;
  std::string bomb = Zip(std::string(16 * kMebibyte, '\0'));
  for (const std::string_view size :
       {std::string_view("\1\0\0\0", 4), std::string_view("\0\0\x40\0", 4)}) {
    bomb.replace(bomb.size() - 4, 4, size);
    EXPECT_EQ(gzip.Inflate(bomb, {4 * kMebibyte, 2000}, message), InflateVerdict::kTooLarge);
    EXPECT_LE(message.capacity(), 4 * kMebibyte + 64);
  }
}

TEST(Gzip, ASmallMessageThatBoastsIsOnlyBroken) {
  Gzip gzip;
  std::string message;
  std::string small = Zip("x");
  for (const std::string_view size :
       {std::string_view("\0\0\x30\0", 4), std::string_view("\xff\xff\xff\xff", 4)}) {
    small.replace(small.size() - 4, 4, size);
    EXPECT_EQ(gzip.Inflate(small, {4 * kMebibyte, 2000}, message), InflateVerdict::kBroken);
    EXPECT_LE(message.capacity(), 2 * kScratch) << "no more than it could inflate to";
  }
}

}  // namespace
}  // namespace scoregate::grpcwire
