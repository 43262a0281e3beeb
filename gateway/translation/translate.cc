#include "gateway/translation/translate.h"

#include <utility>

#include "gateway/translation/details/budget.h"
#include "gateway/translation/details/compose.h"
#include "gateway/translation/details/pack.h"
#include "gateway/translation/judge/verdict.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

Translation Write(const Source& source) {
  Draft draft;
  Compose(source, draft);
  const std::size_t status_bytes = FitBudget(draft);
  Translation translation;
  translation.code = draft.code;
  translation.packed = Pack(draft, status_bytes);
  translation.message = std::move(draft.message);
  translation.pushback_ms = draft.pushback_ms;
  translation.fault = source.verdict.fault;
  translation.rule = source.verdict.rule;
  return translation;
}

}  // namespace

google::rpc::Status Translation::Status() const {
  google::rpc::Status status;
  status.ParseFromString(packed);
  return status;
}

Translation Translate(const errorbody::ReportedError& error, const CallFacts& facts) {
  Verdict verdict = JudgeAnswer(error, facts);
  return Write({.verdict = verdict,
                .facts = facts,
                .error = &error,
                .fault = nullptr,
                .http_status = error.http_status});
}

Translation Translate(const http::Fault& fault, const CallFacts& facts) {
  Verdict verdict = JudgeFault(fault, facts);
  return Write(
      {.verdict = verdict, .facts = facts, .error = nullptr, .fault = &fault, .http_status = 0});
}

Translation TranslateInvalidSuccess(const http::Fault& fault, int http_status,
                                    const CallFacts& facts) {
  Verdict verdict = JudgeFault(fault, facts);
  Apply(InvalidSuccessRule(), verdict);
  verdict.rule = "success:" + std::to_string(http_status);
  verdict.sentence = Sentence::kInvalidSuccess;
  verdict.sentence_value = std::to_string(http_status);
  return Write({.verdict = verdict,
                .facts = facts,
                .error = nullptr,
                .fault = &fault,
                .http_status = http_status});
}

}  // namespace scoregate::translation
