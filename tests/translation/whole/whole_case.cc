#include "tests/translation/whole/whole_case.h"

#include <gtest/gtest.h>

#include <string>

namespace scoregate::translation {

using http::UpstreamKind;

void Check(const std::vector<WholeCase>& cases) {
  for (const WholeCase& c : cases) {
    EXPECT_EQ("\n" + TextOf(c.translate()), c.expected) << "CASE: " << c.name;
  }
}

CallFacts Plain() {
  return FactsOf(UpstreamKind::kClassic);
}

CallFacts Churn() {
  CallFacts facts = Plain();
  facts.endpoint = "churn";
  return facts;
}

CallFacts Korean() {
  CallFacts facts = Churn();
  facts.accept_language = "ko";
  facts.request_id = "req-1";
  return facts;
}

CallFacts Raw() {
  CallFacts facts = Plain();
  facts.call = http::CallKind::kScoreRaw;
  facts.idempotent = false;
  return facts;
}

CallFacts Online() {
  return FactsOf(UpstreamKind::kOnlineEndpoint);
}
CallFacts Opaque() {
  return FactsOf(UpstreamKind::kOpaque);
}

CallFacts With(CallFacts facts, const endpoint::EndpointSettings& settings) {
  facts.settings = &settings;
  return facts;
}

const endpoint::EndpointSettings& Declaring() {
  static const endpoint::EndpointSettings settings = [] {
    endpoint::EndpointSettings made;
    made.inputs = {"input1"};
    made.parameters = {"alpha"};
    made.locale = "ko-KR";
    made.limits.max_in_flight = 4;
    made.address.path = "/workspaces/w0/services/s0/";
    return made;
  }();
  return settings;
}

}  // namespace scoregate::translation
