// A pipeline's activity: `{"errorCode":"2110","message","failureType":"UserError","target"}`. Its
// message quotes the endpoint's in prose; prose stays prose.
#include "gateway/errorbody/shapes/list.h"
#include "gateway/errorbody/shapes/members.h"

namespace scoregate::errorbody {
namespace {

bool Matches(const Answer& answer) {
  return answer.root["errorCode"] && answer.root["failureType"].IsString();
}

void Read(const Answer& answer, ReportedError& error) {
  error.outer_code = FindCode(answer.root);
  error.message = FirstMessage(answer.root, {"message"});
  ReadItems(answer.root["details"], error);
}

}  // namespace

constinit const Shape kDataFactory = {"data_factory", Matches, Read};

}  // namespace scoregate::errorbody
