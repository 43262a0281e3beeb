// What is decided where there is no answer: the gateway's own faults (contract 2.6, row "gateway").
#include "gateway/http/fault.h"

#include "gateway/translation/judge/verdict.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {

Verdict JudgeFault(const http::Fault& fault, const CallFacts& facts) {
  const FaultRule& row = FindFault(fault.kind);
  Verdict verdict;
  Apply(row.verdict, verdict);
  verdict.domain = kDomainGateway;
  verdict.origin = Origin::kGateway;
  verdict.rule = "gateway:";
  verdict.rule += http::FaultName(fault.kind);
  verdict.sentence = row.sentence;
  verdict.resource_type = row.resource_type;
  // Some of the request was on the wire: it may have been carried out.
  if (fault.kind == http::FaultKind::kResetAfterSend && !facts.idempotent) {
    verdict.retry_advised = false;
  }
  ApplyWorkDone(facts, verdict);
  return verdict;
}

}  // namespace scoregate::translation
