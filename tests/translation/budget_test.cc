// Fitting an error into the trailers: the order in which things go, and what never goes.
#include "gateway/translation/details/budget.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "gateway/translation/details/pack.h"
#include "gateway/translation/trailers.h"
#include "tests/translation/status_text.h"

namespace scoregate::translation {
namespace {

using google::protobuf::io::CodedOutputStream;

constexpr char kTruncated[] = "detailsTruncated";

/// How much of each part a draft has.
struct Bulk {
  std::size_t debug = 0;
  int links = 1;
  std::size_t serving = 0;
  int items = 0;
  std::size_t upstream_message = 0;
  int violations = 1;
  std::size_t localized = 20;
  std::size_t metadata = 0;
  std::size_t message = 40;
};

std::string Filled(std::size_t size, char c) {
  return std::string(size, c);
}

void Fill(const Bulk& bulk, Draft& draft) {
  draft.code = grpcwire::Code::kUnavailable;
  draft.message = Filled(bulk.message, 'm');
  draft.pushback_ms = 1000;
  draft.error_info.reason = "REASON";
  draft.error_info.domain = "gateway.scoregate";
  draft.error_info.metadata.Set("endpoint", "churn");
  if (bulk.metadata != 0) {
    draft.error_info.metadata.Set("upstreamMessage", Filled(bulk.metadata, 'u'));
    draft.error_info.metadata.Set("blobUri", Filled(bulk.metadata / 2, 'b'));
  }
  draft.retry_info = draft.Make<google::rpc::RetryInfo>();
  draft.retry_info->mutable_retry_delay()->set_seconds(1);
  draft.bad_request = draft.Make<google::rpc::BadRequest>();
  for (int i = 0; i < bulk.violations; ++i) {
    auto* violation = draft.bad_request->add_field_violations();
    violation->set_field("inputs[\"" + std::to_string(i) + "\"]");
    violation->set_description(Filled(100, 'v'));
  }
  draft.request_info = {"r", Filled(bulk.serving, 's')};
  draft.help.emplace();
  for (int i = 0; i < bulk.links; ++i) draft.help->links.push_back({"", Filled(200, 'h')});
  draft.localized = draft.Make<google::rpc::LocalizedMessage>();
  draft.localized->set_locale("ko-KR");
  for (std::size_t i = 0; i < bulk.localized; ++i) {
    *draft.localized->mutable_message() += "\xED\x95\x9C";
  }
  if (bulk.debug != 0) {
    draft.debug = draft.Make<google::rpc::DebugInfo>();
    draft.debug->set_detail(Filled(bulk.debug, 'd'));
  }
  draft.upstream.emplace();
  draft.upstream->http_status = 503;
  draft.upstream->message = Filled(bulk.upstream_message, 'w');
  for (int i = 0; i < bulk.items; ++i) {
    draft.upstream->items.push_back({"", "", Filled(100, 'i')});
  }
}

Translation Packed(const Draft& draft) {
  Translation translation;
  translation.code = draft.code;
  translation.message = draft.message;
  translation.packed = Pack(draft, StatusBytes(draft));
  translation.pushback_ms = draft.pushback_ms;
  return translation;
}

Translation Fitted(const Bulk& bulk) {
  Draft draft;
  Fill(bulk, draft);
  const std::size_t bytes = FitBudget(draft);
  EXPECT_EQ(bytes, StatusBytes(draft));
  return Packed(draft);
}

TEST(BlockBytes, IsTheSizeOfTheTrailers) {
  for (std::size_t size : {0, 1, 90, 127, 128, 129, 400, 512}) {
    Bulk bulk;
    bulk.metadata = size;
    bulk.message = size;
    bulk.localized = size;
    Draft draft;
    Fill(bulk, draft);
    draft.message += "% done";
    const Translation translation = Packed(draft);
    EXPECT_EQ(BlockBytes(draft, StatusBytes(draft)), TrailersOnlyBytes(Trailers(translation)))
        << size;
    EXPECT_EQ(StatusBytes(draft), translation.packed.size()) << size;
  }
}

// The hand-written Status and Any against protobuf's own.
TEST(Pack, WritesWhatProtobufWrites) {
  const Translation filled = Fitted({.items = 3, .upstream_message = 300, .metadata = 200});
  EXPECT_EQ(filled.Status().SerializeAsString(), filled.packed);
  EXPECT_EQ(filled.Status().code(), grpcwire::CodeNumber(filled.code));
  EXPECT_EQ(filled.Status().message(), filled.message);

  // No code and no message, and a detail without a value: its defaults are not written.
  Draft draft;
  draft.code = grpcwire::Code::kOk;
  draft.retry_info = draft.Make<google::rpc::RetryInfo>();
  google::rpc::Status expected;
  expected.add_details()->set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  expected.add_details()->set_type_url("type.googleapis.com/google.rpc.RetryInfo");
  EXPECT_EQ(Pack(draft, StatusBytes(draft)), expected.SerializeAsString());
  EXPECT_EQ(StatusBytes(draft), expected.ByteSizeLong());
}

// Worked by hand: three trailers with 32 bytes each, and :status and content-type before them.
TEST(TrailersOnlyBytes, CountsAsRfc7540Does) {
  Translation translation;
  translation.code = grpcwire::Code::kUnavailable;
  translation.message = "a%b";
  translation.packed =
      "\x08\x0E\x12\x03"
      "a%b";
  auto trailers = Trailers(translation);
  ASSERT_EQ(trailers.size(), 3u);
  EXPECT_EQ(trailers[1].second, "a%25b");
  EXPECT_EQ(trailers[2].second, "CA4SA2ElYg");
  std::size_t head = (7 + 3 + 32) + (12 + 16 + 32);
  EXPECT_EQ(head, 102u);
  std::size_t expected = head + (11 + 2 + 32) + (12 + 5 + 32) + (23 + 10 + 32);
  EXPECT_EQ(TrailersOnlyBytes(trailers), expected);
}

std::string Written(const std::function<void(CodedOutputStream&)>& write) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  CodedOutputStream out(&stream);
  write(out);
  out.Trim();
  return bytes;
}

// Whether what is written by hand is, and measures, what protobuf writes deterministically.
template <typename Draft>
void ExpectWritten(const Draft& draft, const google::protobuf::Message& message,
                   const std::string& name) {
  const std::string expected = Written([&](CodedOutputStream& out) {
    out.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&out);
  });
  const std::string written = Written([&](CodedOutputStream& out) {
    FieldWriter writer(out);
    draft.SayTo(writer);
  });
  EXPECT_EQ(written, expected) << name;
  EXPECT_EQ(FieldMeter::Of(draft), expected.size()) << name;
}

// The hand-written writer against protobuf's own.
TEST(ErrorInfoDraft, WritesWhatProtobufWrites) {
  for (int entries : {0, 1, 2, 20}) {
    for (std::size_t size : {0, 1, 127, 128, 20'000}) {
      std::vector<std::string> keys;
      for (int i = 0; i < entries; ++i) keys.push_back("key" + std::to_string(i * 7 % 20));
      ErrorInfoDraft draft;
      google::rpc::ErrorInfo message;
      std::string reason = Filled(size / 100, 'R');
      draft.reason = reason;
      message.set_reason(reason);
      draft.domain = "x.example";
      message.set_domain("x.example");
      for (const std::string& key : keys) {
        draft.metadata.Put(key, "first");
        draft.metadata.Put(key, Filled(size, 'v'));
        (*message.mutable_metadata())[key] = Filled(size, 'v');
      }
      ExpectWritten(draft, message, std::to_string(entries) + " " + std::to_string(size));
    }
  }
}

TEST(WrittenDetails, OthersAreWrittenAsProtobufWritesThem) {
  for (std::size_t size : {0, 1, 127, 128, 20'000}) {
    const std::string text = Filled(size, 't');
    google::rpc::RequestInfo request_info;
    request_info.set_request_id(text);
    request_info.set_serving_data(text + "s");
    ExpectWritten(RequestInfoDraft{text, text + "s"}, request_info, std::to_string(size));

    google::rpc::Help help;
    help.add_links()->set_description(text);
    help.add_links()->set_url(text);
    ExpectWritten(HelpDraft{{{text, ""}, {"", text}}}, help, std::to_string(size));
  }
}

TEST(WrittenDetails, UpstreamErrorIsWrittenAsProtobufWritesIt) {
  using scoring::v1::UpstreamError;
  for (std::uint32_t number : {0U, 1U, 127U, 128U, 999U}) {
    const std::string text = Filled(number, 't');
    UpstreamErrorDraft draft;
    UpstreamError message;
    draft.http_status = static_cast<int>(number);
    message.set_http_status(draft.http_status);
    draft.error_class = draft.message = text;
    message.set_error_class(text);
    message.set_message(text);
    draft.items = {{"", "", ""}, {"c", "", text}, {"", text, ""}};
    message.add_items();
    message.add_items()->set_code("c");
    message.mutable_items(1)->set_message(text);
    message.add_items()->set_target(text);
    draft.omitted_items = number;
    message.set_omitted_items(number);
    draft.origin = number == 0 ? UpstreamError::ORIGIN_UNSPECIFIED : UpstreamError::GATEWAY;
    message.set_origin(draft.origin);
    draft.rule = text;
    message.set_rule(text);
    for (const char* name : {"x-request-id", "apim-request-id", "x-ms-request-id"}) {
      draft.request_ids.Put(name, std::string(text));
      (*message.mutable_request_ids())[name] = text;
      draft.answer_fields.Put(name, "a");
      (*message.mutable_answer_fields())[name] = "a";
    }
    draft.retry_source =
        number == 0 ? UpstreamError::RETRY_SOURCE_UNSPECIFIED : UpstreamError::PROSE;
    message.set_retry_source(draft.retry_source);
    ExpectWritten(draft, message, std::to_string(number));
  }
}

TEST(FitBudget, ShedsInOrder) {
  struct Case {
    const char* name;
    Bulk bulk;
    const char* truncated;  // "(none)" for no key.
  };
  const std::vector<Case> cases = {
      {"an ordinary error keeps all",
       {.debug = 500, .items = 3, .upstream_message = 100},
       "(none)"},
      {"DebugInfo first", {.debug = 3000, .links = 2, .items = 2}, "DebugInfo"},
      {"then further links", {.debug = 1, .links = 16, .items = 2}, "DebugInfo,Help.links"},
      {"then serving_data", {.serving = 3000, .items = 2}, "RequestInfo.serving_data"},
      {"then the upstream's items", {.items = 30}, "UpstreamError.items"},
      {"then its message",
       {.items = 2, .upstream_message = 3000},
       "UpstreamError.items,UpstreamError.message"},
      {"then all of it, then violations",
       {.items = 1, .violations = 40},
       "UpstreamError.items,UpstreamError,BadRequest.violations(23)"},
      {"then the localized text", {.localized = 900}, "UpstreamError,LocalizedMessage"},
      {"then values of metadata",
       {.violations = 2, .metadata = 3000},
       "UpstreamError,BadRequest.violations(1),metadata.upstreamMessage"},
      {"the longest value first",
       {.violations = 1, .metadata = 7000},
       "UpstreamError,metadata.upstreamMessage,metadata.blobUri"},
      {"and the message's middle", {.violations = 1, .message = 4000}, "UpstreamError,message"},
  };
  for (const Case& c : cases) {
    Translation translation = Fitted(c.bulk);
    EXPECT_EQ(MetadataOf(translation.Status(), kTruncated), c.truncated) << c.name;
    EXPECT_LE(TrailersOnlyBytes(Trailers(translation)), kTargetTrailerBytes) << c.name;
    auto info = DetailOf<google::rpc::ErrorInfo>(translation.Status());
    EXPECT_EQ(info.reason(), "REASON") << c.name;
    EXPECT_EQ(info.domain(), "gateway.scoregate") << c.name;
    EXPECT_EQ(info.metadata().at("endpoint"), "churn") << c.name;
    EXPECT_TRUE(HasDetail(translation.Status(), "RetryInfo")) << c.name;
    EXPECT_EQ(TextOf(translation).find("unreadable"), std::string::npos) << c.name;
  }
}

TEST(FitBudget, BlanksValuesButKeepsTheirKeys) {
  auto info = DetailOf<google::rpc::ErrorInfo>(Fitted({.metadata = 7000}).Status());
  EXPECT_EQ(info.metadata().at("upstreamMessage"), "");
  EXPECT_EQ(info.metadata().at("blobUri"), "");
}

TEST(FitBudget, CountsTheItemsThatItSheds) {
  Translation translation = Fitted({.items = 30});
  auto upstream = DetailOf<scoring::v1::UpstreamError>(translation.Status());
  EXPECT_GT(upstream.items_size(), 5);
  EXPECT_EQ(upstream.items_size() + static_cast<int>(upstream.omitted_items()), 30);
}

TEST(FitBudget, KeepsTheHeadAndTheTailOfTheMessage) {
  Draft draft;
  Fill({.message = 4000}, draft);
  draft.message.replace(0, 5, "First").replace(draft.message.size() - 4, 4, "last");
  FitBudget(draft);
  EXPECT_TRUE(draft.message.starts_with("First"));
  EXPECT_TRUE(draft.message.ends_with("last"));
  EXPECT_NE(draft.message.find("..."), std::string::npos);
}

// Names from configuration have no bound of their own: whole details go, reason and delay stay.
TEST(FitBudget, HoldsTheCeilingAgainstAbsurdConfiguration) {
  Draft draft;
  Fill({}, draft);
  draft.help->links[0].url = Filled(60'000, 'h');
  FitBudget(draft);
  EXPECT_LE(BlockBytes(draft, StatusBytes(draft)), kMaxTrailerBytes);
  EXPECT_FALSE(draft.help);
  EXPECT_NE(draft.retry_info, nullptr);
  EXPECT_EQ(draft.error_info.reason, "REASON");
}

}  // namespace
}  // namespace scoregate::translation
