// What a request looks like on the wire, and which requests are not written at all.
#include "gateway/upstream/message/request_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace scoregate::upstream {
namespace {

endpoint::Address At(const std::string& host, std::uint16_t port, bool tls) {
  endpoint::Address address;
  address.host = host;
  address.port = port;
  address.tls = tls;
  return address;
}

// Everything after our own user-agent's version is compared.
std::string Head(const http::HttpRequest& request) {
  std::string head = WriteRequestHead(request, "example.net");
  std::size_t ours = head.find("user-agent: scoregate/");
  if (ours == head.npos) return head;
  std::size_t version = ours + std::string_view("user-agent: scoregate/").size();
  return head.replace(version, head.find("\r\n", version) - version, "VERSION");
}

TEST(RequestHead, HostFieldLeavesOutTheSchemesOwnPort) {
  EXPECT_EQ(HostField(At("a.example", 80, false)), "a.example");
  EXPECT_EQ(HostField(At("a.example", 443, false)), "a.example:443");
  EXPECT_EQ(HostField(At("a.example", 443, true)), "a.example");
  EXPECT_EQ(HostField(At("a.example", 80, true)), "a.example:80");
  EXPECT_EQ(HostField(At("::1", 80, false)), "[::1]");
  EXPECT_EQ(HostField(At("::1", 9000, false)), "[::1]:9000");
}

TEST(RequestHead, WritesFieldsOfTheRequestAndItsOwn) {
  http::HttpRequest request;
  request.target = "/a?b=c";
  request.headers.Add("Authorization", "Bearer k");
  request.headers.Add("x", "1");
  request.headers.Add("x", "2");
  request.body = "12345";
  EXPECT_EQ(
      Head(request),
      "POST /a?b=c HTTP/1.1\r\nhost: example.net\r\nauthorization: Bearer k\r\nx: 1\r\nx: 2\r\n"
      "user-agent: scoregate/VERSION\r\naccept-encoding: identity\r\ncontent-length: 5\r\n\r\n");
}

TEST(RequestHead, LeavesOutWhatIsTheClientsOrTheConnections) {
  http::HttpRequest request;
  request.method = "GET";
  for (const char* name :
       {"Host", "Content-Length", "Connection", "Transfer-Encoding", "TE", "Trailer", "Upgrade",
        "Keep-Alive", "Proxy-Connection", "Expect", "Accept-Encoding", "Proxy-Authorization"}) {
    request.headers.Add(name, "theirs");
  }
  request.headers.Add("user-agent", "mine");
  EXPECT_EQ(Head(request),
            "GET / HTTP/1.1\r\nhost: example.net\r\nuser-agent: mine\r\n"
            "accept-encoding: identity\r\n\r\n");
}

TEST(RequestHead, KeepsNamesThatAreAsLongAsItsOwnAndLongerOnes) {
  http::HttpRequest request;
  request.method = "GET";
  for (std::size_t size = 1; size < 80; ++size) request.headers.Add(std::string(size, 'n'), "v");
  const std::string head = Head(request);
  for (std::size_t size = 1; size < 80; ++size) {
    EXPECT_THAT(head, testing::HasSubstr("\r\n" + std::string(size, 'n') + ": v\r\n"));
  }
}

TEST(RequestHead, SaysLengthZeroWhereABodyIsExpected) {
  http::HttpRequest request;
  EXPECT_THAT(Head(request), testing::HasSubstr("content-length: 0\r\n"));
  request.method = "DELETE";
  EXPECT_THAT(Head(request), testing::Not(testing::HasSubstr("content-length")));
}

TEST(RequestHead, RefusesWhatWouldBreakTheHead) {
  struct Row {
    const char* name;
    const char* method;
    const char* target;
    const char* field;
    const char* value;
    const char* expected;
  };
  const char* kTarget =
      "the target of the request is no path, or has characters that need percent-encoding";
  const Row rows[] = {
      {"method with a space", "PO ST", "/", "a", "b", "the method of the request is no HTTP token"},
      {"method empty", "", "/", "a", "b", "the method of the request is no HTTP token"},
      {"target empty", "GET", "", "a", "b", kTarget},
      {"target without a slash", "GET", "a", "a", "b", kTarget},
      {"target with a space", "GET", "/a b", "a", "b", kTarget},
      {"target with a line break", "GET", "/a\r\nx: y", "a", "b", kTarget},
      {"target not ASCII", "GET", "/\xC3\xA4", "a", "b", kTarget},
      {"target with DEL", "GET", "/a\x7F", "a", "b", kTarget},
      {"long target with a space", "GET", "/workspaces/0123456789/services /a", "a", "b", kTarget},
      {"name with a line break", "GET", "/", "a\r\nb", "c",
       "a header name of the request is no HTTP token"},
      {"name empty", "GET", "/", "", "c", "a header name of the request is no HTTP token"},
      {"value with CR LF", "GET", "/", "a", "b\r\nx: y", "the header a has a control character"},
      {"value with LF", "GET", "/", "a", "b\nx: y", "the header a has a control character"},
      {"value with DEL", "GET", "/", "a", "\x7F", "the header a has a control character"},
      {"long value with LF", "GET", "/", "a", "Bearer 0123456789abcdef\nx: y, and more of it",
       "the header a has a control character"},
  };
  for (const Row& row : rows) {
    http::HttpRequest request;
    request.method = row.method;
    request.target = row.target;
    request.headers.Add(row.field, row.value);
    EXPECT_EQ(WhyUnwritable(request), row.expected) << row.name;
  }
  http::HttpRequest good;
  good.target = "/a?b=%20#c";
  good.headers.Add("a", "tab\t and \xC3\xA4");
  EXPECT_EQ(WhyUnwritable(good), std::nullopt);
}

}  // namespace
}  // namespace scoregate::upstream
