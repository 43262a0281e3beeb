// Messages found in bytes cut anywhere, errors at the earliest byte, and bounded memory and copies.
#include "gateway/grpcwire/frame.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace scoregate::grpcwire {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLimit = 1000;

std::string Frame(std::string_view message, bool compressed = false) {
  const auto header = EncodeFrameHeader(
      {.compressed = compressed, .length = static_cast<std::uint32_t>(message.size())});
  return std::string(header.begin(), header.end()) + std::string(message);
}

struct Seen {
  std::vector<std::pair<bool, std::string>> messages;
  FrameStep last = FrameStep::kNeedMore;
  bool at_boundary = true;

  bool operator==(const Seen&) const = default;
};

// Gives the reader one piece after the other until it wants no more.
Seen Feed(const std::vector<std::string_view>& pieces, std::size_t limit = kLimit) {
  FrameReader reader(limit);
  Seen seen;
  for (std::string_view piece : pieces) {
    FrameMessage message;
    while ((seen.last = reader.Next(piece, message)) == FrameStep::kMessage) {
      seen.messages.emplace_back(message.compressed(), std::string(message.bytes()));
    }
    if (seen.last != FrameStep::kNeedMore) break;
    EXPECT_TRUE(piece.empty()) << "kNeedMore leaves nothing";
  }
  seen.at_boundary = reader.AtBoundary();
  return seen;
}

TEST(Frame, HeaderBytes) {
  const auto header = EncodeFrameHeader({.compressed = true, .length = 0x01020384});
  EXPECT_EQ(std::string_view(header.data(), header.size()), "\x01\x01\x02\x03\x84"sv);
  const auto plain = EncodeFrameHeader({});
  EXPECT_EQ(std::string_view(plain.data(), plain.size()), "\0\0\0\0\0"sv);
}

TEST(Frame, ReadsMessagesCutInTwoAnywhere) {
  const std::string bytes = Frame("first") + Frame("") + Frame("zipped", true) + Frame("last");
  const Seen whole = {{{false, "first"}, {false, ""}, {true, "zipped"}, {false, "last"}}};
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const std::string_view text = bytes;
    EXPECT_EQ(Feed({text.substr(0, cut), text.substr(cut)}), whole) << cut;
  }
}

TEST(Frame, ReadsMessagesCutInThreeAnywhere) {
  const std::string bytes = Frame("ab") + Frame("c", true);
  const Seen whole = {{{false, "ab"}, {true, "c"}}};
  const std::string_view text = bytes;
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t second = first; second <= text.size(); ++second) {
      EXPECT_EQ(
          Feed({text.substr(0, first), text.substr(first, second - first), text.substr(second)}),
          whole)
          << first << " " << second;
    }
  }
}

TEST(Frame, ReadsByteByByte) {
  const std::string bytes = Frame("hello") + Frame("") + Frame("x", true);
  std::vector<std::string_view> pieces;
  for (std::size_t i = 0; i < bytes.size(); ++i) pieces.push_back({bytes.data() + i, 1});
  EXPECT_EQ(Feed(pieces), (Seen{{{false, "hello"}, {false, ""}, {true, "x"}}}));
}

TEST(Frame, KnowsWhereAStreamMayEnd) {
  const std::string bytes = Frame("ab") + Frame("");
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const Seen seen = Feed({std::string_view(bytes).substr(0, cut)});
    const bool boundary = cut == 0 || cut == 7 || cut == 12;
    EXPECT_EQ(seen.at_boundary, boundary) << cut;
    EXPECT_EQ(seen.last, FrameStep::kNeedMore) << cut;
    EXPECT_EQ(seen.messages.size(), (cut >= 7 ? 1u : 0u) + (cut >= 12 ? 1u : 0u)) << cut;
  }
}

TEST(Frame, RefusesTooLargeByTheHeaderAlone) {
  const std::string most(kLimit, 'x');
  EXPECT_EQ(Feed({Frame(most)}), (Seen{{{false, most}}}));
  const std::string header = Frame(std::string(kLimit + 1, 'x')).substr(0, kFrameHeaderBytes);
  EXPECT_EQ(Feed({header}), (Seen{{}, FrameStep::kTooLarge, false}));
  EXPECT_EQ(Feed({Frame("ok") + header}), (Seen{{{false, "ok"}}, FrameStep::kTooLarge, false}));
  EXPECT_EQ(Feed({"\0\xFF\xFF\xFF\xFF"sv}), (Seen{{}, FrameStep::kTooLarge, false}))
      << "the largest length there is";
}

TEST(Frame, SaysWhatSizeWasRefused) {
  FrameReader reader(kLimit);
  FrameMessage message;
  std::string_view input = "\0\0\x01\x02\x03"sv;
  EXPECT_EQ(reader.Next(input, message), FrameStep::kTooLarge);
  EXPECT_EQ(reader.announced_length(), 0x010203u);
}

TEST(Frame, SaysWhatIsStillToCome) {
  const struct {
    const char* name;
    std::string_view input;
    std::size_t missing;
  } cases[] = {
      {"nothing", "", 0},
      {"part of a header: who knows", "\0\0\0\0"sv, 0},
      {"a header", "\0\0\0\0\x04"sv, 4},
      {"part of a message",
       "\0\0\0\0\x04"
       "abc"sv,
       1},
      {"a whole message",
       "\0\0\0\0\x04"
       "abcd"sv,
       0},
      {"a message and part of a header",
       "\0\0\0\0\x04"
       "abcd\0\0"sv,
       0},
  };
  for (const auto& row : cases) {
    FrameReader reader(kLimit);
    FrameMessage message;
    std::string_view input = row.input;
    while (reader.Next(input, message) == FrameStep::kMessage) {
    }
    EXPECT_EQ(reader.missing_bytes(), row.missing) << row.name;
  }
}

TEST(Frame, ALimitOfNothingTakesEmptyMessagesOnly) {
  EXPECT_EQ(Feed({Frame("")}, 0), (Seen{{{false, ""}}}));
  EXPECT_EQ(Feed({Frame("x")}, 0), (Seen{{}, FrameStep::kTooLarge, false}));
}

TEST(Frame, RefusesABadFlagAtItsFirstByte) {
  for (int flag = 2; flag < 256; ++flag) {
    const std::string byte(1, static_cast<char>(flag));
    EXPECT_EQ(Feed({byte}), (Seen{{}, FrameStep::kBadFlag, false})) << flag;
  }
  EXPECT_EQ(Feed({Frame("ok") + "\x02"}), (Seen{{{false, "ok"}}, FrameStep::kBadFlag, false}));
  EXPECT_EQ(Feed({"\x02\xFF\xFF\xFF\xFF"sv}), (Seen{{}, FrameStep::kBadFlag, false}))
      << "the flag is judged before the length";
}

TEST(Frame, StaysFailed) {
  FrameReader reader(kLimit);
  FrameMessage message;
  std::string_view bad = "\x07";
  EXPECT_EQ(reader.Next(bad, message), FrameStep::kBadFlag);
  const std::string good = Frame("good");
  std::string_view input = good;
  EXPECT_EQ(reader.Next(input, message), FrameStep::kBadFlag);
  EXPECT_EQ(input.size(), good.size()) << "takes nothing more";
  EXPECT_FALSE(reader.AtBoundary());
}

TEST(Frame, AWholeMessageIsNotCopied) {
  const std::string bytes = Frame("first") + Frame("second");
  FrameReader reader(kLimit);
  FrameMessage message;
  std::string_view input = bytes;
  ASSERT_EQ(reader.Next(input, message), FrameStep::kMessage);
  EXPECT_EQ(message.bytes().data(), bytes.data() + kFrameHeaderBytes);
  ASSERT_EQ(reader.Next(input, message), FrameStep::kMessage);
  EXPECT_EQ(message.bytes().data(), bytes.data() + 5 + kFrameHeaderBytes + kFrameHeaderBytes);
  EXPECT_EQ(message.Take(), "second");
  EXPECT_EQ(message.bytes(), "");
}

TEST(Frame, AHeaderAloneDoesNotKeepTheMessageFromBeingAView) {
  const std::string header = Frame("message").substr(0, kFrameHeaderBytes);
  const std::string payload = "message";
  FrameReader reader(kLimit);
  FrameMessage message;
  std::string_view input = header;
  ASSERT_EQ(reader.Next(input, message), FrameStep::kNeedMore);
  input = payload;
  ASSERT_EQ(reader.Next(input, message), FrameStep::kMessage);
  EXPECT_EQ(message.bytes().data(), payload.data());
}

TEST(Frame, AnAssembledMessageIsMovedOut) {
  const std::string text(300, 'x');
  const std::string bytes = Frame(text);
  FrameReader reader(kLimit);
  FrameMessage message;
  std::string_view input = std::string_view(bytes).substr(0, 100);
  ASSERT_EQ(reader.Next(input, message), FrameStep::kNeedMore);
  input = std::string_view(bytes).substr(100);
  ASSERT_EQ(reader.Next(input, message), FrameStep::kMessage);
  const char* data = message.bytes().data();
  const std::string taken = message.Take();
  EXPECT_EQ(taken, text);
  EXPECT_EQ(taken.data(), data) << "moved, not copied";
}

TEST(Frame, ReadsLargeMessagesInRandomPieces) {
  std::mt19937 random(17);
  std::string bytes;
  Seen expected;
  for (std::size_t size :
       {std::size_t{3}, kFirstPieceBytes, kFirstPieceBytes + 1, kEagerMessageBytes - 1,
        kEagerMessageBytes, kEagerMessageBytes + 1, 5 * kEagerMessageBytes, std::size_t{0}}) {
    std::string text(size, '\0');
    for (char& c : text) c = static_cast<char>(random());
    const bool compressed = random() % 2 == 0;
    bytes += Frame(text, compressed);
    expected.messages.emplace_back(compressed, text);
  }
  for (int round = 0; round < 50; ++round) {
    std::vector<std::string_view> pieces;
    std::string_view rest = bytes;
    while (!rest.empty()) {
      const std::size_t longest = round % 2 == 0 ? 30'000 : kFirstPieceBytes;
      pieces.push_back(rest.substr(0, 1 + random() % longest));
      rest.remove_prefix(pieces.back().size());
    }
    ASSERT_EQ(Feed(pieces, std::size_t{1} << 20), expected);
  }
}

}  // namespace
}  // namespace scoregate::grpcwire
