// The table of routes and what happens to every request before its dialect sees it.
#include "gateway/emulator/application.h"

#include <array>
#include <utility>

#include "gateway/emulator/dialects/call.h"
#include "gateway/emulator/dialects/classic/jobs.h"
#include "gateway/emulator/dialects/classic/score.h"
#include "gateway/emulator/dialects/classic/swagger.h"
#include "gateway/emulator/dialects/online/endpoint.h"
#include "gateway/emulator/dialects/plain_json.h"
#include "gateway/emulator/errors/odd_bodies.h"
#include "gateway/emulator/json_text.h"
#include "gateway/emulator/target.h"

namespace scoregate::emulator {
namespace {

// Which key a route wants, and in which words it refuses.
enum class KeyRule { kNone, kClassic, kOnline, kPlain };

struct RouteRow {
  std::string_view method;
  std::string_view pattern;
  KeyRule key;
  Answer (*respond)(const Call& call);
};

Answer SayHealthy(const Call&) {
  return MakeAnswer(200, kTextType, "Healthy");
}

Answer ListRaises(const Call&) {
  return MakeAnswer(200, kTextType, RaiseList());
}

// The first row that fits wins. A further dialect is a file and its rows here.
constexpr auto kRoutes = std::to_array<RouteRow>({
    {"GET", "/", KeyRule::kNone, SayHealthy},
    {"GET", "/raise", KeyRule::kNone, ListRaises},
    {"GET", "/workspaces/*/services/*/swagger.json", KeyRule::kNone, DescribeClassic},
    {"POST", "/workspaces/*/services/*/execute", KeyRule::kClassic, ScoreClassic},
    {"POST", "/workspaces/*/services/*/jobs", KeyRule::kClassic, SubmitJob},
    {"POST", "/workspaces/*/services/*/jobs/*/start", KeyRule::kClassic, StartJob},
    {"GET", "/workspaces/*/services/*/jobs/*", KeyRule::kClassic, DescribeJob},
    {"DELETE", "/workspaces/*/services/*/jobs/*", KeyRule::kClassic, CancelJob},
    {"GET", "/subscriptions/*/services/*/swagger.json", KeyRule::kNone, DescribeClassic},
    {"POST", "/subscriptions/*/services/*/execute", KeyRule::kClassic, ScoreClassic},
    {"POST", "/subscriptions/*/services/*/jobs", KeyRule::kClassic, SubmitJob},
    {"POST", "/subscriptions/*/services/*/jobs/*/start", KeyRule::kClassic, StartJob},
    {"GET", "/subscriptions/*/services/*/jobs/*", KeyRule::kClassic, DescribeJob},
    {"DELETE", "/subscriptions/*/services/*/jobs/*", KeyRule::kClassic, CancelJob},
    {"POST", "/online/score", KeyRule::kOnline, ScoreOnline},
    {"POST", "/", KeyRule::kPlain, ScorePlainJson},
    {"POST", "/**", KeyRule::kPlain, ScorePlainJson},
});

constexpr std::string_view kAnyPath = "/**";

Answer RefuseRoute(int status, std::string_view why) {
  return MakeAnswer(status, kJsonType, R"({"message":)" + Quoted(why) + "}");
}

// The row of the request, or null, and then `other_method` says whether another method has one.
const RouteRow* FindRoute(std::string_view method, const Target& target, bool& other_method) {
  for (const RouteRow& row : kRoutes) {
    const bool any_path = row.pattern == kAnyPath;
    if (!PathFits(row.pattern, target.path) || (any_path && other_method)) continue;
    if (row.method == method) return &row;
    if (!any_path) other_method = true;
  }
  return nullptr;
}

bool KeyFits(KeyRule rule, std::string_view given, std::string_view expected) {
  switch (rule) {
    case KeyRule::kNone:
      return true;
    case KeyRule::kClassic:
    case KeyRule::kOnline:
      return expected.empty() ? !given.empty() : given == expected;
    case KeyRule::kPlain:
      return expected.empty() || given == expected;
  }
  return false;
}

Answer RefuseKey(KeyRule rule, bool has_key) {
  switch (rule) {
    case KeyRule::kOnline:
      return RefuseOnlineKey(has_key);
    case KeyRule::kPlain:
      return RefusePlainKey();
    case KeyRule::kNone:
    case KeyRule::kClassic:
      break;
  }
  return RefuseClassicKey();
}

}  // namespace

Application::Application(std::string api_key)
    : api_key_(std::move(api_key)), random_(std::random_device()()) {}

Answer Application::Respond(const http::HttpRequest& request) {
  Answer answer = Route(request);
  answer.response.headers.Set("x-ms-request-id", NextRequestId());
  return answer;
}

Answer Application::Route(const http::HttpRequest& request) {
  const Target target = ParseTarget(request.target);
  std::string_view method = request.method;
  if (method == "HEAD") method = "GET";
  bool other_method = false;
  const RouteRow* row = FindRoute(method, target, other_method);
  if (row != nullptr) {
    const std::string_view given = BearerKey(request.headers.First("authorization"));
    if (!KeyFits(row->key, given, api_key_)) {
      return RefuseKey(row->key, !given.empty());
    }
  }
  RaiseVerdict verdict = raises_.Decide(request.headers.First("x-raise"), target.path);
  if (verdict.answer) return *std::move(verdict.answer);
  if (row == nullptr) {
    return other_method ? RefuseRoute(405, "This path does not take the method " +
                                               Excerpt(request.method) + ".")
                        : RefuseRoute(404, "There is nothing at this path.");
  }
  const Call call{request, target, raises_, jobs_, parser_};
  Answer answer = row->respond(call);
  answer.delay += verdict.delay;
  return answer;
}

std::string Application::NextRequestId() {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
  std::string id(kForm);
  std::uint64_t bits = 0;
  std::size_t used = 0;
  for (char& c : id) {
    if (c != 'x') continue;
    if (used++ % 16 == 0) bits = random_();
    c = kHex[bits & 0xF];
    bits >>= 4;
  }
  return id;
}

std::string_view BearerKey(std::string_view field) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!SameIgnoringCase(field.substr(0, kScheme.size()), kScheme)) return {};
  field.remove_prefix(kScheme.size());
  while (field.starts_with(' ')) field.remove_prefix(1);
  return field;
}

}  // namespace scoregate::emulator
