#include "gateway/translation/details/compose.h"

#include <algorithm>

#include "gateway/catalogue/message_template.h"
#include "gateway/catalogue/texts.h"
#include "gateway/errorbody/text.h"
#include "gateway/translation/texts/wording.h"
#include "gateway/translation/vocabulary.h"

namespace scoregate::translation {
namespace {

using errorbody::ReportedError;

/// Most of a parameter of the upstream's message that is kept, in bytes.
constexpr std::size_t kMaxParameterBytes = 512;
/// Most of a text that DebugInfo shows.
constexpr std::size_t kMaxDebugBytes = 2048;
constexpr std::size_t kMaxRequestIdBytes = 256;

// The upstream's own text: the outermost message, else the first of its details that has one.
std::string_view ForeignText(const ReportedError& error) {
  if (!errorbody::Trimmed(error.message).empty()) return error.message;
  for (const errorbody::ReportedItem& item : error.items) {
    if (!errorbody::Trimmed(item.message).empty()) return item.message;
  }
  return "";
}

// What the verdict is about: the winner's words where there is one, so that the order of the
// upstream's array does not matter (I9).
std::string_view DecisiveText(const Source& source) {
  if (source.fault != nullptr) return source.fault->text;
  if (source.error == nullptr || source.verdict.upstream_text == UpstreamText::kNowhere) return "";
  if (source.verdict.findings.empty()) return ForeignText(*source.error);
  std::string_view words = source.verdict.findings.front().message;
  return words.empty() ? std::string_view(source.error->message) : words;
}

std::string OwnSentence(const Source& source, std::string_view locale) {
  const Verdict& verdict = source.verdict;
  std::string more = CleanName(verdict.sentence_more, kMaxParameterBytes);
  return Say(verdict.sentence, locale, {verdict.sentence_value, more});
}

std::string English(const Source& source, const std::vector<FindingWords>& words) {
  if (!words.empty() && !words.front().english.empty()) return words.front().english;
  std::string text;
  if (source.verdict.upstream_text == UpstreamText::kMessage) {
    text = CleanText(DecisiveText(source), std::string::npos);
  }
  return text.empty() ? OwnSentence(source, catalogue::kDefaultLocale) : text;
}

// The language to speak: the caller's wish, else the endpoint's default; empty for none.
std::string_view LocaleOf(const CallFacts& facts) {
  if (!facts.accept_language.empty()) return catalogue::NegotiateLocale(facts.accept_language);
  if (facts.settings == nullptr || facts.settings->locale.empty()) return "";
  for (std::string_view locale : catalogue::Locales()) {
    if (locale == facts.settings->locale) return locale;
  }
  return catalogue::kDefaultLocale;
}

void AddLocalized(const Source& source, const std::vector<FindingWords>& words, Draft& draft) {
  std::string_view locale = LocaleOf(source.facts);
  if (locale.empty()) return;
  std::string text = words.empty()
                         ? OwnSentence(source, locale)
                         : Describe(source.verdict.findings.front(), words.front(), locale);
  draft.localized = draft.Make<google::rpc::LocalizedMessage>();
  draft.localized->set_locale(std::string(locale));
  draft.localized->set_message(std::move(text));
}

void AddHelp(const Source& source, Draft& draft) {
  if (source.verdict.findings.empty()) return;
  const Row& row = *source.verdict.findings.front().row;
  std::string_view base =
      source.facts.help_base_url.empty() ? kDefaultHelpBaseUrl : source.facts.help_base_url;
  HelpDraft::Link& link = draft.help.emplace().links.emplace_back();
  link.description.append("Documentation of ").append(row.error_class);
  link.url.reserve(base.size() + 1 + row.anchor.size());
  link.url.append(base).append("#").append(row.anchor);
}

// Where configuration and the caller both allow it: on errors that somebody has to look into, and
// wherever a trace was taken out of the text.
void AddDebug(const Source& source, Draft& draft) {
  if (!source.facts.debug_info) return;
  std::string text = Clean(DecisiveText(source), kMaxDebugBytes);
  bool called_for = Has(source.verdict.details, Details::kDebug) || !SplitTrace(text).trace.empty();
  if (!called_for || text.empty()) return;
  draft.debug = draft.Make<google::rpc::DebugInfo>();
  draft.debug->set_detail(std::move(text));
}

RetryAdvice AdviceOf(const Source& source) {
  RetryQuestion question;
  question.code = source.verdict.code;
  question.advised = source.verdict.retry_advised;
  question.default_delay = source.verdict.default_delay;
  if (source.error != nullptr) {
    question.hint = HintOf(*source.error);
    // A RetryInfo in the body is a field of the body: behind the header, before prose.
    bool body_says = source.error->header_retry_delay || source.error->body_retry_delay;
    if (!body_says && source.verdict.pass_rpc_details) {
      if (auto delay = RpcRetryDelay(*source.error)) question.hint = delay;
    }
  }
  question.previous_attempts = source.facts.previous_attempts;
  question.remaining_deadline = source.facts.remaining_deadline;
  question.jitter_factor = source.facts.jitter_factor;
  return Advise(question);
}

void AddRetryInfo(const RetryAdvice& advice, Draft& draft) {
  draft.pushback_ms = advice.pushback_ms;
  if (!advice.delay) return;
  draft.retry_info = draft.Make<google::rpc::RetryInfo>();
  google::protobuf::Duration* delay = draft.retry_info->mutable_retry_delay();
  delay->set_seconds(advice.delay->count() / 1000);
  delay->set_nanos(static_cast<std::int32_t>(advice.delay->count() % 1000) * 1'000'000);
}

}  // namespace

std::string Describe(const Finding& finding, const FindingWords& words, std::string_view locale) {
  const Row& row = *finding.row;
  if (!words.fits) {
    return std::string(
        catalogue::MeaningWithoutParameters(locale, row.error_class, row.error_code));
  }
  // Sentences bring their own period.
  auto value = [](std::string_view text) {
    while (text.ends_with('.')) text.remove_suffix(1);
    return text;
  };
  return catalogue::FillIn(catalogue::Meaning(locale, row.error_class, row.error_code),
                           {value(words.values[0]), value(words.values[1])});
}

std::vector<FindingWords> ReadWords(const Verdict& verdict) {
  std::vector<FindingWords> all(verdict.findings.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Finding& finding = verdict.findings[i];
    FindingWords& words = all[i];
    words.said = CleanText(finding.message, std::string::npos);
    if (finding.known && finding.row->parameters > 0) {
      auto found = catalogue::ReadParameters(finding.row->error_class, finding.row->error_code,
                                             finding.message);
      words.fits = found.has_value();
      // Each by itself: redacting the message first could take the words around a value with it.
      // Where nothing had to be taken out of the whole, nothing has to be out of a part.
      bool untouched = words.said.size() == finding.message.size() && words.said == finding.message;
      for (std::size_t k = 0; found && k < words.values.size(); ++k) {
        words.values[k] =
            untouched ? std::string((*found)[k]) : CleanText((*found)[k], std::string::npos);
        Cut(words.values[k], kMaxParameterBytes);
      }
    }
    words.english = Describe(finding, words, catalogue::kDefaultLocale);
  }
  return all;
}

void Compose(const Source& source, Draft& draft) {
  std::vector<FindingWords> words = ReadWords(source.verdict);
  RetryAdvice advice = AdviceOf(source);
  draft.code = source.verdict.code;
  draft.message = AsciiMessage(English(source, words));
  AddErrorInfo(source, words, advice, draft);
  AddRetryInfo(advice, draft);
  AddBadRequest(source, words, draft);
  AddPrecondition(source, words, draft);
  AddQuota(source, words, draft);
  AddResource(source, words, draft);
  if (!source.facts.request_id.empty()) {
    draft.request_info.emplace().request_id =
        CleanName(source.facts.request_id, kMaxRequestIdBytes);
  }
  AddHelp(source, draft);
  AddLocalized(source, words, draft);
  AddDebug(source, draft);
  AddUpstreamError(source, words, draft);
  if (source.verdict.pass_rpc_details) PassRpcDetails(source, draft);
}

}  // namespace scoregate::translation
