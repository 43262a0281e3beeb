// Files that are right: whole settings, warnings, the dump, and every cut of a file.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/config/loading.h"

namespace scoregate::config {
namespace {

using endpoint::EndpointSettings;
using google::protobuf::util::MessageDifferencer;
using testing::ElementsAre;
using testing::Pair;
using namespace std::chrono_literals;

// The example of the README.
constexpr char kSmall[] = R"(listeners:
- address: 127.0.0.1:50051
admin: {address: 127.0.0.1:9901}
endpoints:
- name: churn
  dialect: CLASSIC
  url: https://ussouthcentral.services.azureml.net/workspaces/WS/services/EP
  api_key: {env: CHURN_KEY}
  timeout: 30s
)";

LoadInput Environment() {
  LoadInput input;
  input.environment = {{"CHURN_KEY", "churn+key/=="}, {"SECOND_KEY", "second-key"}};
  return input;
}

TEST(GoodFiles, TheSmallOne) {
  Loaded loaded = LoadYaml(kSmall, Environment());
  ASSERT_TRUE(loaded.configuration.has_value()) << FormatText(loaded.findings);
  EXPECT_EQ(FormatText(loaded.findings), "");
  const GatewaySettings& gateway = loaded.configuration->gateway;
  ASSERT_EQ(gateway.listeners.size(), 1u);
  EXPECT_EQ(gateway.listeners[0].address,
            (ListenAddress{AddressKind::kTcp, "127.0.0.1", 50051, ""}));
  EXPECT_EQ(gateway.listeners[0].tls, std::nullopt);
  EXPECT_EQ(gateway.admin, (ListenAddress{AddressKind::kTcp, "127.0.0.1", 9901, ""}));
  EXPECT_EQ(gateway.probes, std::nullopt);
  EXPECT_EQ(gateway.lanes, 0u);
  EXPECT_EQ(gateway.server.max_request_bytes, 4u << 20);
  EXPECT_EQ(gateway.server.drain_timeout, 30s);
  EXPECT_EQ(gateway.server.compress_answers, CompressAnswers::kAsRequest);
  EXPECT_TRUE(gateway.server.reflection);
  ASSERT_EQ(loaded.configuration->endpoints.size(), 1u);
  const EndpointSettings& churn = *loaded.configuration->endpoints[0];
  EXPECT_EQ(churn.name, "churn");
  EXPECT_EQ(churn.kind, http::UpstreamKind::kClassic);
  EXPECT_TRUE(churn.address.tls);
  EXPECT_EQ(churn.address.host, "ussouthcentral.services.azureml.net");
  EXPECT_EQ(churn.address.port, 443);
  EXPECT_EQ(churn.address.path, "/workspaces/WS/services/EP");
  EXPECT_EQ(churn.address.query, "");
  EXPECT_THAT(churn.api_keys, ElementsAre("churn+key/=="));
  EXPECT_EQ(churn.timeout, 30s);
  EXPECT_EQ(churn.connect_timeout, 5s);
  EXPECT_EQ(churn.limits.max_in_flight, 200u);
  EXPECT_EQ(churn.idempotent, std::nullopt);
  EXPECT_EQ(churn.request_format, endpoint::RequestFormat::kColumns);
}

std::string LargeFile() {
  std::string token = WriteFile("token", "token-of-a-file\r\n");
  std::string pem = WriteFile("pem", "-");
  return R"(listeners:
- address: "[::1]:0"
- address: unix:/run/x.sock
  unix_socket: {mode: 0660, allowed_uids: [0, 1000], allowed_gids: 7}
- address: 0.0.0.0:7
  insecure_public: true
- address: "[::]:8"
  tls: {cert_file: )" +
         pem + ", key_file: " + pem + ", client_ca_file: " + pem +
         R"(, client_cert: optional, allowed_sans: ["*.example", "spiffe://td/x"]}
admin: {address: localhost:1}
probes:
  address: 0.0.0.0:2
lanes: 3
server:
  max_request_bytes: 8MiB
  max_response_bytes: 1_GB
  max_concurrent_streams: 5
  max_metadata_bytes: 1024
  drain_timeout: 1m30s
  handshake_timeout: 1s
  max_connection_age: 30m
  max_connection_age_grace: 2s
  max_connection_idle: 3s
  keepalive_interval: 4s
  keepalive_timeout: 5s
  min_ping_interval: 6s
  allow_pings_without_calls: true
  compress_answers: where_accepted
  reflection: false
errors: {help_base_url: http://help/, allow_debug_info: true, allow_remote_error_reports: true}
callers:
  max_connections: 11
  request_timeout: 12s
  answer_timeout: 13s
  max_held_bytes: 14MiB
  max_resets: 15
  max_resets_per_second: 16
  max_overhead_bytes: 17408
  max_overhead_bytes_per_second: 18
  answer_backlog_bytes: 19KiB
  max_answer_backlog_bytes: 20KiB
  max_total_answer_backlog_bytes: 21MiB
  max_total_held_bytes: 22MiB
endpoints:
- &base
  name: one.A-_1
  dialect: classic
  url: http://127.0.0.1:9000/services/s/execute?api-version=2.0&format=swagger
  api_key: [{env: CHURN_KEY}, {env: SECOND_KEY}]
  timeout: 500ms
  connect_timeout: 1h
  headers: {X-B: "2", x-a: '1'}
  forward_metadata: [X-Team, x-other]
  proxy: http://proxy:3128
  limits:
    max_in_flight: 1
    max_request_bytes: 1KiB
    max_response_bytes: 2KB
    max_error_body_bytes: 3
    max_header_bytes: 4
    max_idle_connections: 5
    idle_timeout: 6s
  idempotent: false
  gateway_faults: Reinterpret
  locale: ko-KR
  overrides:
    error_class: ServiceUnavailable
    error_code: NoMoreResources
    code: RESOURCE_EXHAUSTED
    reason: FULL
    retry_after: 2s
  error_voice: INTERMEDIARY
  inputs: input1
  parameters: [p, q]
- name: two
  dialect: OPAQUE
  url: https://[::1]
  token: {file: )" +
         token + R"(}
  tls: {ca_file: )" +
         pem + ", server_name: s, cert_file: " + pem + ", key_file: " + pem +
         R"(, insecure_skip_verify: true}
  headers:
  limits:
)";
}

std::string WithoutUnderscore(std::string yaml) {
  yaml.replace(yaml.find("1_GB"), 4, "1GB");
  return yaml;
}

// The padding does not count, nor the user; what is missing or empty is another finding.
TEST(GoodFiles, SecretsThatAreTooShortToBeHiddenAreWarnedOf) {
  const std::string token = WriteFile("a-short-token", "token-7\n");
  LoadInput input;
  input.environment = {{"SHORT", "key-7=="}, {"LONG", "key-of-8"}, {"PAIR", "long-user:pass-77"}};
  const std::string yaml =
      "listeners: [{address: 127.0.0.1:1}]\n"
      "endpoints:\n"
      "- {name: a, dialect: OPAQUE, url: 'https://h/', api_key: [{env: LONG}, {env: SHORT}]}\n"
      "- {name: b, dialect: OPAQUE, url: 'https://h/', token: {file: " +
      token +
      "}}\n"
      "- {name: c, dialect: OPAQUE, url: 'http://h/', proxy: 'h:1',\n"
      "   proxy_credentials: {env: PAIR}}\n";
  const Loaded loaded = LoadYaml(yaml, input);
  EXPECT_TRUE(loaded.configuration.has_value());
  std::vector<std::string> paths;
  for (const Finding& finding : loaded.findings) {
    EXPECT_EQ(finding.severity, Severity::kWarning);
    EXPECT_THAT(finding.text, testing::StartsWith("this has less than 8 characters, so it is not "
                                                  "hidden where an answer quotes it"));
    paths.push_back(finding.path);
  }
  EXPECT_THAT(paths, ElementsAre("endpoints[0].api_key[1]", "endpoints[1].token",
                                 "endpoints[2].proxy_credentials"));
}

TEST(GoodFiles, TheLargeOne) {
  Loaded loaded = LoadYaml(WithoutUnderscore(LargeFile()), Environment());
  ASSERT_TRUE(loaded.configuration.has_value()) << FormatText(loaded.findings);
  EXPECT_EQ(
      FormatText(loaded.findings),
      "f.yaml:5:12: warning: listeners[2].address: callers from other machines connect in "
      "clear text\n"
      "f.yaml:78:" +
          std::to_string(loaded.findings.back().column) +
          ": warning: endpoints[1].tls.insecure_skip_verify: the upstream's certificate is not "
          "checked: anybody in between can read the key and the rows\n");
  const GatewaySettings& gateway = loaded.configuration->gateway;
  ASSERT_EQ(gateway.listeners.size(), 4u);
  EXPECT_EQ(gateway.listeners[0].address, (ListenAddress{AddressKind::kTcp, "::1", 0, ""}));
  const ListenerSettings& local = gateway.listeners[1];
  EXPECT_EQ(local.address, (ListenAddress{AddressKind::kUnix, "", 0, "/run/x.sock"}));
  EXPECT_EQ(local.unix_mode, 0660u);
  EXPECT_THAT(local.allowed_uids, ElementsAre(0u, 1000u));
  EXPECT_THAT(local.allowed_gids, ElementsAre(7u));
  EXPECT_EQ(gateway.listeners[2].address, (ListenAddress{AddressKind::kTcp, "0.0.0.0", 7, ""}));
  const ListenerTlsSettings& tls = gateway.listeners[3].tls.value();
  EXPECT_EQ(tls.client_cert, ClientCert::kOptional);
  EXPECT_EQ(tls.key_file, tls.cert_file);
  EXPECT_THAT(tls.allowed_sans, ElementsAre("*.example", "spiffe://td/x"));
  EXPECT_EQ(gateway.lanes, 3u);
  EXPECT_EQ(gateway.server.max_request_bytes, 8u << 20);
  EXPECT_EQ(gateway.server.max_response_bytes, 1'000'000'000u);
  EXPECT_EQ(gateway.server.max_concurrent_streams, 5u);
  EXPECT_EQ(gateway.server.max_metadata_bytes, 1024u);
  EXPECT_EQ(gateway.server.drain_timeout, 90s);
  EXPECT_EQ(gateway.server.handshake_timeout, 1s);
  EXPECT_EQ(gateway.server.max_connection_age, 30min);
  EXPECT_EQ(gateway.server.max_connection_age_grace, 2s);
  EXPECT_EQ(gateway.server.max_connection_idle, 3s);
  EXPECT_EQ(gateway.server.keepalive_interval, 4s);
  EXPECT_EQ(gateway.server.keepalive_timeout, 5s);
  EXPECT_EQ(gateway.server.min_ping_interval, 6s);
  EXPECT_TRUE(gateway.server.allow_pings_without_calls);
  EXPECT_EQ(gateway.server.compress_answers, CompressAnswers::kWhereAccepted);
  EXPECT_FALSE(gateway.server.reflection);
  EXPECT_EQ(gateway.callers.max_connections, 11u);
  EXPECT_EQ(gateway.callers.request_timeout, 12s);
  EXPECT_EQ(gateway.callers.answer_timeout, 13s);
  EXPECT_EQ(gateway.callers.max_held_bytes, 14u << 20);
  EXPECT_EQ(gateway.callers.max_resets, 15u);
  EXPECT_EQ(gateway.callers.max_resets_per_second, 16u);
  EXPECT_EQ(gateway.callers.max_overhead_bytes, 17u << 10);
  EXPECT_EQ(gateway.callers.max_overhead_bytes_per_second, 18u);
  EXPECT_EQ(gateway.callers.answer_backlog_bytes, 19u << 10);
  EXPECT_EQ(gateway.callers.max_answer_backlog_bytes, 20u << 10);
  EXPECT_EQ(gateway.callers.max_total_answer_backlog_bytes, 21u << 20);
  EXPECT_EQ(gateway.callers.max_total_held_bytes, 22u << 20);
  EXPECT_EQ(gateway.errors.help_base_url, "http://help/");
  EXPECT_TRUE(gateway.errors.allow_debug_info);
  EXPECT_TRUE(gateway.errors.allow_remote_error_reports);
}

TEST(GoodFiles, EveryKeyOfAnEndpoint) {
  Loaded loaded = LoadYaml(WithoutUnderscore(LargeFile()), Environment());
  ASSERT_TRUE(loaded.configuration.has_value());
  const EndpointSettings& one = *loaded.configuration->endpoints[0];
  EXPECT_EQ(one.name, "one.A-_1");
  EXPECT_FALSE(one.address.tls);
  EXPECT_EQ(one.address.port, 9000);
  EXPECT_EQ(one.address.path, "/services/s/execute");
  EXPECT_EQ(one.address.query, "api-version=2.0&format=swagger");
  EXPECT_EQ(one.request_format, endpoint::RequestFormat::kRows) << "as the pasted URL asks";
  EXPECT_THAT(one.api_keys, ElementsAre("churn+key/==", "second-key"));
  EXPECT_EQ(one.timeout, 500ms);
  EXPECT_EQ(one.connect_timeout, 1h);
  EXPECT_THAT(one.headers, ElementsAre(Pair("x-b", "2"), Pair("x-a", "1")));
  EXPECT_THAT(one.forward_metadata, ElementsAre("x-team", "x-other"));
  EXPECT_EQ(one.proxy, "proxy:3128");
  EXPECT_EQ(one.limits.max_in_flight, 1u);
  EXPECT_EQ(one.limits.max_request_bytes, 1024u);
  EXPECT_EQ(one.limits.max_response_bytes, 2000u);
  EXPECT_EQ(one.limits.max_error_body_bytes, 3u);
  EXPECT_EQ(one.limits.max_header_bytes, 4u);
  EXPECT_EQ(one.limits.max_idle_connections, 5u);
  EXPECT_EQ(one.limits.idle_timeout, 6s);
  EXPECT_EQ(one.idempotent, false);
  EXPECT_EQ(one.gateway_faults, endpoint::GatewayFaults::kReinterpret);
  EXPECT_EQ(one.error_voice, endpoint::ErrorVoice::kIntermediary);
  EXPECT_EQ(one.locale, "ko-KR");
  ASSERT_EQ(one.overrides.size(), 1u);
  EXPECT_EQ(one.overrides[0].error_class, "ServiceUnavailable");
  EXPECT_EQ(one.overrides[0].error_code, "NoMoreResources");
  EXPECT_EQ(one.overrides[0].code, 8);
  EXPECT_EQ(one.overrides[0].reason, "FULL");
  EXPECT_EQ(one.overrides[0].retry_after, 2s);
  EXPECT_THAT(one.inputs, ElementsAre("input1"));
  EXPECT_THAT(one.parameters, ElementsAre("p", "q"));
  const EndpointSettings& two = *loaded.configuration->endpoints[1];
  EXPECT_EQ(two.address.host, "::1");
  EXPECT_EQ(two.address.port, 443);
  EXPECT_EQ(two.address.path, "/");
  EXPECT_THAT(two.token_file, testing::EndsWith("token"));
  EXPECT_TRUE(two.api_keys.empty());
  EXPECT_EQ(two.tls.server_name, "s");
  EXPECT_TRUE(two.tls.insecure_skip_verify);
}

TEST(GoodFiles, AnAliasStandsForWhatItNames) {
  Loaded loaded = LoadYaml(R"(listeners: [{address: localhost:0}]
endpoints:
- {name: a, dialect: OPAQUE, url: http://a/, limits: &l {max_in_flight: 7}}
- {name: b, dialect: OPAQUE, url: http://b/, limits: *l}
)");
  ASSERT_TRUE(loaded.configuration.has_value()) << FormatText(loaded.findings);
  EXPECT_EQ(loaded.configuration->endpoints[1]->limits.max_in_flight, 7u);
}

TEST(Dump, ReadsBackAsTheSame) {
  Loaded loaded = LoadYaml(WithoutUnderscore(LargeFile()), Environment());
  ASSERT_TRUE(loaded.configuration.has_value());
  std::string dump = RedactedDump(loaded.configuration->message);
  Loaded again = LoadYaml(dump, Environment());
  ASSERT_TRUE(again.configuration.has_value()) << dump << FormatText(again.findings);
  EXPECT_TRUE(
      MessageDifferencer::Equals(again.configuration->message, loaded.configuration->message))
      << dump;
  EXPECT_EQ(RedactedDump(again.configuration->message), dump);
  EXPECT_THAT(dump, testing::Not(testing::HasSubstr("churn+key/==")));
}

TEST(Dump, HidesWhatLooksSecret) {
  Loaded loaded = LoadYaml(std::string(kSmall) + R"(  headers:
    x-api-key: s3cr3t-one
    Cookie: s3cr3t-two
    x-plain: plain
    x-url: https://a/?sig=s3cr3tthree%3D&x=1
)",
                           Environment());
  ASSERT_TRUE(loaded.configuration.has_value()) << FormatText(loaded.findings);
  std::string dump = RedactedDump(loaded.configuration->message);
  EXPECT_THAT(dump, testing::Not(testing::HasSubstr("s3cr3t")));
  EXPECT_THAT(dump, testing::HasSubstr("plain"));
}

// Whatever is left of a file: no crash, and a configuration or an error.
TEST(Cuts, NoCutOfAFileDoesHarm) {
  const std::string whole = WithoutUnderscore(LargeFile());
  int good = 0;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    if (LoadYaml(whole.substr(0, length), Environment()).configuration) ++good;
  }
  EXPECT_GT(good, 0) << "a cut between two endpoints is a whole file";
}

}  // namespace
}  // namespace scoregate::config
