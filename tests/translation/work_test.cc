// I1, "never takes more than linear time", by a count and not by a clock.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/errorbody/read.h"
#include "gateway/translation/trailers.h"
#include "gateway/translation/translate.h"

namespace {
std::atomic<std::size_t> allocated_bytes{0};
}  // namespace

// Of the whole test program; every other form of new and delete comes down to these. Not inline:
// the compiler would see a pointer of new that is given to free.
[[gnu::noinline]] void* operator new(std::size_t size) {
  allocated_bytes += size;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  allocated_bytes += size;
  return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace scoregate::translation {
namespace {

constexpr std::size_t kBody = std::size_t{16} * 1024;
// Strings grow in steps, so a measure of them is one, too.
constexpr std::size_t kSteps = std::size_t{4} * 1024;
// What a byte of a body may cost at most.
constexpr std::size_t kMostBytesPerByte = 16;

std::string Body(std::string_view prefix, std::string_view piece, std::size_t size) {
  std::string body(prefix);
  while (body.size() < size) body += piece;
  return body;
}

// What reading and translating takes from the heap, given back or not: whatever is copied, kept or
// built again shows in it. A look back or ahead without a copy does not, and has no counter; the
// redaction of texts counts its own (redact's Work tests), and errorbody's I1 reads large bodies
// against a limit of time.
std::size_t Work(std::string body, int status, http::UpstreamKind kind) {
  http::HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  CallFacts facts;
  facts.kind = kind;
  facts.accept_language = "ko-KR";
  const std::size_t before = allocated_bytes;
  Translation translated = Translate(errorbody::Read(response, kind, std::nullopt), facts);
  EXPECT_NE(Trailers(translated).front().second, "0");
  return allocated_bytes - before;
}

// Each begins, again and again, something that has no end, or is one item more.
constexpr auto kPieces = std::to_array<std::string_view>({
    "[",
    "{\"a\":",
    "[{\"error\":",
    "\"",
    "\\",
    "\\\"",
    "{'",
    ",",
    "}",
    "<p>",
    "<!--",
    "&#x41;",
    "<Error><Code>",
    "\xFF",
    "a",
    "\n",
    "1,",
    "try again in 1 second ",
    "\\ud800",
    "{\"code\":\"BlobNotFound\",\"target\":\"x\",\"message\":\"The blob is gone.\"},",
    "{\"loc\":[\"body\",\"x\"],\"msg\":\"field required\",\"type\":\"missing\"},",
    "?sig=",
    "Password=a ",
    "Traceback (most recent call last):\\n",
});

constexpr auto kPrefixes = std::to_array<std::string_view>({
    "",
    "{\"error\":{\"code\":\"BadArgument\",\"message\":\"",
    "{\"error\":{\"code\":\"BadArgument\",\"message\":\"m\",\"details\":[",
    "{\"detail\":[",
    "<html><title>",
    "prose {",
});

TEST(I1, TwiceTheBodyIsAtMostTwiceTheWork) {
  for (http::UpstreamKind kind : {http::UpstreamKind::kClassic, http::UpstreamKind::kOnlineEndpoint,
                                  http::UpstreamKind::kOpaque}) {
    for (std::string_view prefix : kPrefixes) {
      for (std::string_view piece : kPieces) {
        const std::size_t once = Work(Body(prefix, piece, kBody), 400, kind);
        const std::size_t twice = Work(Body(prefix, piece, 2 * kBody), 400, kind);
        EXPECT_LE(twice, 2 * once + kSteps) << prefix << piece;
        EXPECT_LE(twice, kMostBytesPerByte * 2 * kBody) << prefix << piece;
      }
    }
  }
}

}  // namespace
}  // namespace scoregate::translation
