// Orders to raise: what is understood, what is refused and with which suggestion.
#include "gateway/emulator/errors/raise_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "gateway/catalogue/catalogue.h"
#include "gateway/catalogue/message_template.h"
#include "gateway/emulator/errors/envelope.h"
#include "gateway/emulator/errors/nearest_names.h"
#include "gateway/emulator/errors/parameter_values.h"
#include "gateway/emulator/errors/raise_desk.h"

namespace scoregate::emulator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The whole order as one line, so that a case states all of it.
std::string Shown(const RaiseOrder& order) {
  std::string text;
  switch (order.kind) {
    case RaiseKind::kDocumented:
      text = "documented";
      break;
    case RaiseKind::kJson:
      text = "json";
      break;
    case RaiseKind::kHtml:
      text = "html";
      break;
    case RaiseKind::kText:
      text = "text";
      break;
    case RaiseKind::kEmpty:
      text = "empty";
      break;
    case RaiseKind::kOnline:
      text = "online " + std::to_string(order.online->status) + " " +
             std::string(order.online->reason) + " " + std::to_string(order.online->model_status);
      break;
    case RaiseKind::kClose:
      text = "close";
      break;
    case RaiseKind::kSlow:
      text = "slow";
      break;
    case RaiseKind::kOdd:
      text = "odd " + std::string(order.odd->name);
      break;
  }
  text += " " + std::to_string(order.status) + " " + std::string(order.error_class) + "[";
  for (const auto code : order.codes) text += std::string(code) + " ";
  text += "] " + std::to_string(order.delay.count()) + "ms count=";
  text += order.count ? std::to_string(*order.count) : "all";
  return text + " retry-after=" + order.retry_after;
}

struct Understood {
  const char* text;
  const char* order;
};

TEST(ParseRaise, UnderstandsEveryForm) {
  const Understood cases[] = {
      {"NotFound", "documented 0 NotFound[] 0ms count=all retry-after="},
      {"ServiceUnavailable/RequestThrottled",
       "documented 0 ServiceUnavailable[RequestThrottled ] 0ms count=all retry-after="},
      {"BadArgument/MissingKeys+MissingJobId",
       "documented 0 BadArgument[MissingKeys MissingJobId ] 0ms count=all retry-after="},
      {"InternalError/UnknownError;count=2;retry-after=7",
       "documented 0 InternalError[UnknownError ] 0ms count=2 retry-after=7"},
      {" NotFound ; count = 0 ; id = first try ; ",
       "documented 0 NotFound[] 0ms count=0 retry-after="},
      {"status/429;retry-after=Wed, 21 Oct 2026 07:28:00 GMT",
       "json 429 [] 0ms count=all retry-after=Wed, 21 Oct 2026 07:28:00 GMT"},
      {"status/200", "json 200 [] 0ms count=all retry-after="},
      {"status/999", "json 999 [] 0ms count=all retry-after="},
      {"shape/html-502", "html 502 [] 0ms count=all retry-after="},
      {"shape/empty-503", "empty 503 [] 0ms count=all retry-after="},
      {"shape/text-500", "text 500 [] 0ms count=all retry-after="},
      {"shape/close;count=1", "close 0 [] 0ms count=1 retry-after="},
      {"shape/slow=2s", "slow 0 [] 2000ms count=all retry-after="},
      {"shape/slow=250ms", "slow 0 [] 250ms count=all retry-after="},
      {"online/model-error-418", "online 424 model_error 418 0 [] 0ms count=all retry-after="},
      {"online/rate-limit;retry-after=3", "online 429  0 0 [] 0ms count=all retry-after=3"},
      {"shape/odata-innererror;count=1", "odd odata-innererror 400 [] 0ms count=1 retry-after="},
      {"shape/wrapped-200", "odd wrapped-200 200 [] 0ms count=all retry-after="},
      {"shape/slow=60s", "slow 0 [] 60000ms count=all retry-after="},
  };
  for (const Understood& c : cases) {
    const auto order = ParseRaise(c.text);
    ASSERT_TRUE(order.ok()) << c.text << ": " << order.fault().text;
    EXPECT_EQ(Shown(order.value()), c.order) << c.text;
  }
}

struct Refused {
  std::string text;
  const char* why;
};

TEST(ParseRaise, RefusesWithAReason) {
  const Refused cases[] = {
      {"", "nothing to raise is named ''"},
      {"notfound", "nearest: NotFound"},
      {"ServiceUnavailable/RequestThrotled", "nearest: ServiceUnavailable/RequestThrottled"},
      {"RequestThrottled", "nearest: ServiceUnavailable/RequestThrottled"},
      {"InternalError/RequestThrottled", "nearest: ServiceUnavailable/RequestThrottled"},
      {"BadArgument/MissingKeys+Nonsense", "named 'BadArgument/Nonsense'"},
      {"BadArgument/MissingKeys+", "named 'BadArgument/MissingKeys+'"},
      {"BadArgument/", "named 'BadArgument/'; nearest: BadArgument,"},
      {"shape/html", "nearest: shape/html-502"},
      {"shape/odata-innerror", "nearest: shape/odata-innererror"},
      {"odata-innererror", "nearest: shape/odata-innererror"},
      {"shape/", "nearest: shape/"},
      {"shape/html-", "needs a status from 200 to 999"},
      {"shape/html-5O2", "needs a status from 200 to 999"},
      {"status/199", "needs a status from 200 to 999"},
      {"status/1000", "needs a status from 200 to 999"},
      {"status/-429", "needs a status from 200 to 999"},
      {"status/99999999999", "needs a status from 200 to 999"},
      {"online/model-not-redy", "there are model-error-NNN, run-failed, model-not-ready,"},
      {"online/model-error-5000", "no answer of an online endpoint is named 'model-error-5000'"},
      {"online/model-error-099", "no answer of an online endpoint is named"},
      {"shape/slow=61s", "needs a time up to 60s"},
      {"shape/slow=4294967295s", "needs a time up to 60s"},
      {"shape/slow=2", "needs a time up to 60s"},
      {"shape/slow=s", "needs a time up to 60s"},
      {"shape/slow=", "needs a time up to 60s"},
      {"NotFound;count=two", "count needs a whole number"},
      {"NotFound;count", "count needs a whole number"},
      {"NotFound;retry-after=", "retry-after needs a short printable value"},
      {"NotFound;retry-after=7\r\nx: y", "retry-after needs a short printable value"},
      {"NotFound;retry-after=" + std::string(65, '1'), "retry-after needs a short printable"},
      {"NotFound;times=2", "no option is named 'times'"},
      {"BadArgument/MissingKeys+MissingKeys+MissingKeys+MissingKeys+MissingKeys+MissingKeys"
       "+MissingKeys+MissingKeys+MissingKeys",
       "at most 8 codes"},
      {std::string(1025, 'a'), "at most 1024 bytes"},
  };
  for (const Refused& c : cases) {
    const auto order = ParseRaise(c.text);
    ASSERT_FALSE(order.ok()) << c.text;
    EXPECT_THAT(order.fault().text, HasSubstr(c.why)) << c.text;
    EXPECT_EQ(order.fault().kind, http::FaultKind::kRequestInvalid);
  }
}

TEST(ParseRaise, TakesAnOrderThatIsCutAnywhere) {
  const std::string whole = "BadArgument/MissingKeys+MissingJobId;count=12;retry-after=7;id=x";
  int understood = 0;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    const auto order = ParseRaise(whole.substr(0, length));
    if (order.ok()) {
      ++understood;
    } else {
      EXPECT_FALSE(order.fault().text.empty()) << length;
    }
  }
  // The class; one code; both codes, and with their semicolon; count=1, count=12, and with its
  // semicolon; retry-after=7, and with its semicolon; id, id= and id=x.
  EXPECT_EQ(understood, 12);
}

TEST(NearestNames, AreThreeAndTheNearestFirst) {
  EXPECT_THAT(NearestNames("Unauthorised"), ElementsAre("Unauthorized", testing::_, testing::_));
  EXPECT_THAT(NearestNames("UnknownError"),
              ElementsAre("BadArgument/UnknownError", "InternalError/UnknownError", testing::_));
  EXPECT_EQ(NearestNames(std::string(100'000, '/')).size(), 3u);
}

TEST(ParameterValues, EveryRowThatTakesParametersHasThemAndTheyCanBeReadBack) {
  for (const auto& row : catalogue::Codes()) {
    const auto values = ParameterValues(row.error_class, row.name);
    const std::string name = std::string(row.error_class) + "/" + std::string(row.name);
    EXPECT_EQ(!values[0].empty(), row.parameters >= 1) << name;
    EXPECT_EQ(!values[1].empty(), row.parameters == 2) << name;
    if (row.parameters == 0) continue;
    const std::string message = MessageWith(row.error_class, row.name, values);
    const auto read = catalogue::ReadParameters(row.error_class, row.name, message);
    ASSERT_TRUE(read.has_value()) << name << ": " << message;
    EXPECT_EQ(*read, values) << name << ": " << message;
  }
}

TEST(RaiseDesk, ForgetsTheOldestCountBeyondItsLimit) {
  RaiseDesk desk;
  EXPECT_TRUE(desk.Decide("NotFound;count=1;id=first", "/").answer.has_value());
  EXPECT_FALSE(desk.Decide("NotFound;count=1;id=first", "/").answer.has_value());
  for (std::size_t i = 0; i < kMaxCountedOrders; ++i) {
    desk.Decide("NotFound;count=1;id=" + std::to_string(i), "/");
  }
  EXPECT_TRUE(desk.Decide("NotFound;count=1;id=first", "/").answer.has_value());
  EXPECT_FALSE(desk.Decide("NotFound;count=1;id=1023", "/").answer.has_value());
}

TEST(RaiseDesk, CountsApartByTextAndByPath) {
  RaiseDesk desk;
  EXPECT_TRUE(desk.Decide("NotFound;count=1", "/a").answer.has_value());
  EXPECT_TRUE(desk.Decide("NotFound;count=1", "/b").answer.has_value());
  EXPECT_TRUE(desk.Decide("NotFound;count=1;id=2", "/a").answer.has_value());
  EXPECT_FALSE(desk.Decide("NotFound;count=1", "/a").answer.has_value());
  EXPECT_FALSE(desk.Decide("NotFound;count=0", "/a").answer.has_value());
}

}  // namespace
}  // namespace scoregate::emulator
