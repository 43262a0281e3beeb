// Whatever name a failed call shows, `scoregate explain` has a page for it.
#include "gateway/cli/texts/explained.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "gateway/catalogue/texts.h"
#include "gateway/cli/texts/error_page.h"
#include "gateway/cli/texts/page_words.h"
#include "gateway/errorbody/read.h"
#include "gateway/translation/rules/fault_rules.h"
#include "gateway/translation/translate.h"
#include "google/rpc/error_details.pb.h"

namespace scoregate::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The names that failed calls show.
struct Shown {
  std::set<std::string> reasons;
  std::map<std::string, grpcwire::Code> rules;

  void Add(const translation::Translation& translated) {
    rules.emplace(translated.rule, translated.code);
    const google::rpc::Status status = translated.Status();
    google::rpc::ErrorInfo info;
    for (const auto& detail : status.details()) {
      if (detail.UnpackTo(&info)) reasons.insert(info.reason());
    }
  }
};

const char* const kBodies[] = {
    "",
    "<html>no</html>",
    "Too many requests",
    R"({"error":{"code":"Nope","message":"no"}})",
    R"({"Results":{}, "statusCode":503, "message":"inside"})",
    R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"no"}})",
    R"({"error":{"code":503,"status":"UNAVAILABLE","message":"no"}})",
    R"({"error":{"code":400,"status":"OUT_OF_RANGE","message":"no"}})",
};

void AddAnswer(const http::HttpResponse& answer, Shown& shown) {
  for (auto kind : {http::UpstreamKind::kClassic, http::UpstreamKind::kOnlineEndpoint,
                    http::UpstreamKind::kOpaque}) {
    translation::CallFacts facts;
    facts.kind = kind;
    shown.Add(translation::Translate(errorbody::Read(answer, kind, std::nullopt), facts));
  }
}

void AddAnswers(Shown& shown) {
  http::HttpResponse answer;
  for (answer.status = 100; answer.status <= 999; ++answer.status) {
    for (const char* body : kBodies) {
      answer.body = body;
      AddAnswer(answer, shown);
    }
  }
  answer.status = 424;
  answer.body = "";
  for (const char* reason : {"model_not_ready", "too_many_pending_request", "else"}) {
    answer.headers = {};
    answer.headers.Add("ms-azureml-model-error-reason", reason);
    AddAnswer(answer, shown);
  }
  for (int status = 100; status <= 999; ++status) {
    answer.headers = {};
    answer.headers.Add("ms-azureml-model-error-statuscode", std::to_string(status));
    AddAnswer(answer, shown);
  }
}

const Shown& AllShown() {
  static const Shown shown = [] {
    Shown all;
    for (const translation::FaultRule& rule : translation::FaultRules()) {
      all.Add(translation::Translate(http::Fault(rule.kind, ""), translation::CallFacts()));
    }
    for (const translation::MappingRow& row : translation::EnumerateRules()) {
      all.reasons.emplace(row.reason);
      all.rules.emplace("catalogue:" + RowName(row), row.code);
    }
    AddAnswers(all);
    return all;
  }();
  return shown;
}

bool HoldsHangul(std::string_view text) {
  return text.find_first_of("\xEA\xEB\xEC\xED") != text.npos;
}

void ExpectPage(const std::string& name) {
  for (std::string_view locale : catalogue::Locales()) {
    const std::optional<std::string> page = Explained(name, locale);
    ASSERT_TRUE(page.has_value()) << name;
    const std::string_view label = WordsFor(locale).what_to_do;
    const std::size_t remedy = page->find("\n" + std::string(label));
    const bool brief = page->find("    " + std::string(label) + ": ") != page->npos;
    EXPECT_TRUE(brief || remedy != page->npos) << *page;
    EXPECT_EQ(HoldsHangul(*page), locale == "ko-KR") << *page;
    EXPECT_THAT(*page, Not(HasSubstr("{")));
  }
}

TEST(Explained, HasAPageForEveryReason) {
  EXPECT_GT(AllShown().reasons.size(), 150u);
  for (const std::string& reason : AllShown().reasons) {
    ExpectPage(reason);
    EXPECT_THAT(AllReasons(), Contains(reason));
  }
  EXPECT_EQ(AllReasons().size(), AllShown().reasons.size());
}

TEST(Explained, HasAPageForEveryRule) {
  EXPECT_GT(AllShown().rules.size(), 1500u);
  for (const auto& [rule, code] : AllShown().rules) ExpectPage(rule);
}

// The table that is read is the one that decides.
TEST(Explained, SaysWhatTranslationDecides) {
  for (const auto& [rule, code] : AllShown().rules) {
    const std::string page = Explained(rule, "en-US").value_or("");
    EXPECT_THAT(page, HasSubstr("\ngRPC code     " + std::string(grpcwire::CodeName(code)) + "\n"))
        << rule;
  }
  for (const translation::FaultRule& rule : translation::FaultRules()) {
    const std::string name = "gateway:" + std::string(http::FaultName(rule.kind));
    EXPECT_THAT(Explained(name, "en-US").value_or(""),
                HasSubstr("\nreason        " + std::string(rule.verdict.reason) + "\n"));
  }
}

TEST(Explained, TellsRulesOfOneReasonApart) {
  struct Case {
    const char* reason;
    std::vector<const char*> parts;
  };
  for (const Case& c : {
           Case{"UPSTREAM_UNREACHABLE",
                {"UPSTREAM_UNREACHABLE\n\n4 rules give this reason.",
                 "\ngateway:connect  UNAVAILABLE, retry after 1 s, fault of UPSTREAM\n",
                 "\ngateway:proxy_refused  UNAVAILABLE, no retry, fault of GATEWAY\n"}},
           Case{"INTERMEDIARY_RESPONSE",
                {"\nintermediary:404  UNIMPLEMENTED, no retry", "answered with HTTP status 404."}},
           Case{"MODEL_ERROR",
                {"\nmodel:424/400  INVALID_ARGUMENT, no retry, fault of MODEL\nmodel:424/401  "}},
           Case{"REQUEST_INVALID",
                {"gateway:request_invalid", "gateway:access_refused",
                 "gateway:catalogue_name_not_found"}},
           Case{"WEB_SERVICE_TYPE_INVALID", {"BadArgument/WebServiceTypeInvalid\n\n"}},
           Case{"DEADLINE_EXCEEDED_AT_GATEWAY", {"gateway:timeout\n\n"}},
           Case{"UPSTREAM_HTTP_503", {"application:503\n\n"}},
           Case{"UPSTREAM_HTTP_OTHER_4XX", {"application:4xx\n\n"}},
       }) {
    const std::string page = Explained(c.reason, "en-US").value_or("");
    for (const char* part : c.parts) EXPECT_THAT(page, HasSubstr(part)) << c.reason;
  }
}

TEST(Explained, SaysWhatTheConfigurationDidToARule) {
  for (const auto& [rule, first, last] : {
           std::tuple{"override:503", "application:503\n", "`overrides` change"},
           std::tuple{"override:Conflict", "Conflict\n", "`overrides` change"},
           std::tuple{"application:401+reinterpret", "application:401\n", "REINTERPRET"},
           std::tuple{"catalogue:Unauthorized+reinterpret", "Unauthorized\n", "REINTERPRET"},
       }) {
    const std::string page = Explained(rule, "en-US").value_or("");
    EXPECT_THAT(page, StartsWith(first)) << rule;
    EXPECT_THAT(page, HasSubstr(last)) << rule;
  }
}

TEST(Explained, HasNoPageForWhatNoCallShows) {
  for (const char* name : {"",
                           ":",
                           "gateway:",
                           "gateway:nope",
                           "application:399",
                           "application:600",
                           "application:50",
                           "intermediary:1000",
                           "model:424/",
                           "model:425",
                           "success:300",
                           "success:200/399",
                           "rpc_status:429",
                           "rpc_status:429/INTERNAL",
                           "rpc_status:503/NOPE",
                           "override:",
                           "catalogue:",
                           "+reinterpret",
                           "UPSTREAM_HTTP_418",
                           "upstream_unreachable"}) {
    EXPECT_EQ(Explained(name, "en-US"), std::nullopt) << name;
  }
}

TEST(NearestExplained, KnowsReasonsAndRulesToo) {
  for (const auto& [typed, meant] : {
           std::pair{"UPSTREM_UNREACHABLE", "UPSTREAM_UNREACHABLE"},
           std::pair{"upstream_unreachable", "UPSTREAM_UNREACHABLE"},
           std::pair{"gateway:conect", "gateway:connect"},
           std::pair{"timeout", "gateway:timeout"},
           std::pair{"conect", "gateway:connect"},
           std::pair{"model_not_ready", "MODEL_NOT_READY"},
           std::pair{"aplication:503", "application:503"},
       }) {
    EXPECT_THAT(NearestExplained(typed), Contains(meant)) << typed;
  }
  EXPECT_EQ(NearestExplained("timeout").front(), "gateway:timeout");
}

}  // namespace
}  // namespace scoregate::cli
