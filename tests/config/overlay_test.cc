// Flags and variables over the file, variables of a proxy, and variables that mean nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/loading.h"

namespace scoregate::config {
namespace {

constexpr char kFile[] = R"(listeners: [{address: 127.0.0.1:0}]
lanes: 1
endpoints: [{name: a, dialect: OPAQUE, url: https://h.example/}]
)";

TEST(Overlay, FlagWinsOverEnvironmentWinsOverFile) {
  LoadInput input;
  EXPECT_EQ(LoadYaml(kFile, input).configuration->gateway.lanes, 1u);
  input.environment = {{"SCOREGATE_LANES", "2"}};
  EXPECT_EQ(LoadYaml(kFile, input).configuration->gateway.lanes, 2u);
  input.flags = {{"lanes", "3"}};
  EXPECT_EQ(LoadYaml(kFile, input).configuration->gateway.lanes, 3u);
  EXPECT_EQ(LoadYaml(kFile, input).configuration->message.lanes(), 3u);
  input.environment.clear();
  EXPECT_EQ(LoadYaml(kFile, input).configuration->gateway.lanes, 3u);
}

TEST(Overlay, ReachesNestedKeysThatTheFileLacks) {
  LoadInput input;
  input.environment = {{"SCOREGATE_ADMIN_ADDRESS", "127.0.0.1:7"},
                       {"SCOREGATE_SERVER_DRAIN_TIMEOUT", "1m"},
                       {"SCOREGATE_ERRORS_ALLOW_DEBUG_INFO", "true"}};
  Loaded loaded = LoadYaml(kFile, input);
  ASSERT_TRUE(loaded.configuration.has_value()) << FormatText(loaded.findings);
  EXPECT_EQ(loaded.findings.size(), 0u);
  EXPECT_EQ(loaded.configuration->gateway.admin->port, 7);
  EXPECT_EQ(loaded.configuration->gateway.server.drain_timeout, std::chrono::minutes(1));
  EXPECT_TRUE(loaded.configuration->gateway.errors.allow_debug_info);
}

TEST(Overlay, MistakesNameTheVariableOrFlag) {
  LoadInput input;
  input.environment = {{"SCOREGATE_LANES", "s3cr3t"}, {"SCOREGATE_SERVER_DRAIN_TIMEOUT", "0s"}};
  input.flags = {
      {"admin.address", "x"}, {"admin.adress", "x"}, {"server.max_metadata_bytes", "1x"}};
  EXPECT_EQ(
      FindingsOf(kFile, input),
      "environment: error: SCOREGATE_LANES: the value is not understood; expected a whole "
      "number\n"
      "flag: error: admin.adress: no such setting; did you mean \"admin.address\"?\n"
      "flag: error: --server-max-metadata-bytes: the value is not understood; expected a size "
      "such as 65536, 64KiB or 4MiB\n"
      "flag: error: admin.address: this is not an address; expected HOST:PORT, [IPv6]:PORT or "
      "unix:PATH\n"
      "environment: error: server.drain_timeout: the duration is zero; expected one above "
      "zero, such as 30s\n");
}

TEST(Overlay, UnknownVariablesWarn) {
  LoadInput input;
  input.environment = {{"SCOREGATE_LANE", "2"},
                       {"SCOREGATE_QUUX_ZZZZZZZZZZ", "2"},
                       {"SCOREGATE_ADDRESS", "for scorectl"},
                       {"SCOREGATE_SERVICE_HOST", "10.0.0.1"},
                       {"SCOREGATE_PORT", "tcp://10.0.0.1:50051"},
                       {"SCOREGATE_PORT_50051_TCP_ADDR", "10.0.0.1"},
                       {"OTHER", "x"}};
  EXPECT_EQ(FindingsOf(kFile, input),
            "environment: warning: SCOREGATE_LANE: no setting has this variable; did you mean "
            "\"SCOREGATE_LANES\"?\n"
            "environment: warning: SCOREGATE_QUUX_ZZZZZZZZZZ: no setting has this variable\n");
}

TEST(Overlay, AVariableThatHoldsAKeyIsKnown) {
  LoadInput input;
  input.environment = {{"SCOREGATE_CHURN_KEY", "a-key-to-use"},
                       {"SCOREGATE_WAY", "user:a-password"}};
  std::string yaml =
      "listeners: [{address: 127.0.0.1:0}]\nendpoints: [{name: a, dialect: OPAQUE, "
      "url: http://h/, api_key: {env: SCOREGATE_CHURN_KEY}, proxy: p:1, "
      "proxy_credentials: {env: SCOREGATE_WAY}}]\n";
  EXPECT_EQ(FindingsOf(yaml, input), "");
}

TEST(Proxy, FromTheEnvironmentUnlessTheHostGoesAround) {
  struct Case {
    const char* proxy;
    const char* around;
    const char* expected;
  };
  const Case cases[] = {
      {"http://p:3128", "", "p:3128"},      {"p:3128/", "", "p:3128"},
      {"http://[::1]:1", "", "[::1]:1"},    {"", "", ""},
      {"http://p:3128", "h.example", ""},   {"http://p:3128", "x, .example", ""},
      {"http://p:3128", "*.EXAMPLE", ""},   {"http://p:3128", "*", ""},
      {"http://p:3128", "ample", "p:3128"},
  };
  for (const Case& c : cases) {
    LoadInput input;
    input.environment = {{"HTTPS_PROXY", c.proxy}, {"NO_PROXY", c.around}};
    Loaded loaded = LoadYaml(kFile, input);
    ASSERT_TRUE(loaded.configuration.has_value()) << FormatText(loaded.findings);
    EXPECT_EQ(loaded.configuration->endpoints[0]->proxy, c.expected) << c.proxy << c.around;
  }
  LoadInput input;
  input.environment = {{"HTTPS_PROXY", "socks5://u:s3cr3t@p:1"}};
  EXPECT_EQ(FindingsOf(kFile, input),
            "environment: error: HTTPS_PROXY: this is not a proxy that can be used; expected "
            "http://HOST:PORT\n");
}

// As curl has it, but for this machine, which no proxy elsewhere can reach.
TEST(Proxy, WhichVariableCountsForWhichUrl) {
  struct Case {
    const char* why;
    const char* url;
    NamedValues environment;
    const char* proxy;
    const char* authorization;
  };
  const Case cases[] = {
      {"small letters first",
       "https://h/",
       {{"HTTPS_PROXY", "big:1"}, {"https_proxy", "small:1"}},
       "small:1",
       ""},
      {"one for all", "https://h/", {{"all_proxy", "all:1"}}, "all:1", ""},
      {"plain has its own",
       "http://h/",
       {{"HTTPS_PROXY", "s:1"}, {"http_proxy", "p:1"}},
       "p:1",
       ""},
      {"HTTP_PROXY is a caller's to set", "http://h/", {{"HTTP_PROXY", "p:1"}}, "", ""},
      {"small no_proxy", "http://h/", {{"http_proxy", "p:1"}, {"no_proxy", "h"}}, "", ""},
      {"this machine by name", "http://localhost/", {{"http_proxy", "p:1"}}, "", ""},
      {"this machine", "https://127.0.0.9/", {{"HTTPS_PROXY", "p:1"}}, "", ""},
      {"this machine, IPv6", "https://[::1]/", {{"HTTPS_PROXY", "p:1"}}, "", ""},
      {"credentials",
       "https://h/",
       {{"HTTPS_PROXY", "http://u%40x:p%3As@p:1"}},
       "p:1",
       "Basic dUB4OnA6cw=="},
      {"empty is none", "https://h/", {{"https_proxy", ""}, {"HTTPS_PROXY", "p:1"}}, "p:1", ""},
  };
  for (const Case& c : cases) {
    LoadInput input;
    input.environment = c.environment;
    Loaded loaded =
        LoadYaml(std::string("listeners: [{address: 127.0.0.1:0}]\nendpoints: [{name: a, "
                             "dialect: OPAQUE, url: \"") +
                     c.url + "\"}]\n",
                 input);
    ASSERT_TRUE(loaded.configuration.has_value()) << c.why << FormatText(loaded.findings);
    EXPECT_EQ(loaded.configuration->endpoints[0]->proxy, c.proxy) << c.why;
    EXPECT_EQ(loaded.configuration->endpoints[0]->proxy_authorization, c.authorization) << c.why;
  }
}

TEST(ScalarSettings, HaveOneNameInThreeSpellings) {
  std::vector<std::string> lines;
  for (const ScalarSetting& setting : ScalarSettings()) {
    lines.push_back(setting.path + " " + setting.flag + " " + setting.variable);
    EXPECT_FALSE(setting.variable.ends_with("_PORT")) << "a cluster sets it";
    EXPECT_EQ(setting.variable.find("_SERVICE_"), std::string::npos) << "a cluster sets it";
  }
  EXPECT_THAT(lines, testing::ElementsAre(
                         "admin.address --admin-address SCOREGATE_ADMIN_ADDRESS",
                         "probes.address --probes-address SCOREGATE_PROBES_ADDRESS",
                         "lanes --lanes SCOREGATE_LANES",
                         "server.max_request_bytes --server-max-request-bytes "
                         "SCOREGATE_SERVER_MAX_REQUEST_BYTES",
                         "server.max_response_bytes --server-max-response-bytes "
                         "SCOREGATE_SERVER_MAX_RESPONSE_BYTES",
                         "server.max_concurrent_streams --server-max-concurrent-streams "
                         "SCOREGATE_SERVER_MAX_CONCURRENT_STREAMS",
                         "server.max_metadata_bytes --server-max-metadata-bytes "
                         "SCOREGATE_SERVER_MAX_METADATA_BYTES",
                         "server.drain_timeout --server-drain-timeout "
                         "SCOREGATE_SERVER_DRAIN_TIMEOUT",
                         "server.handshake_timeout --server-handshake-timeout "
                         "SCOREGATE_SERVER_HANDSHAKE_TIMEOUT",
                         "server.max_connection_age --server-max-connection-age "
                         "SCOREGATE_SERVER_MAX_CONNECTION_AGE",
                         "server.max_connection_age_grace --server-max-connection-age-grace "
                         "SCOREGATE_SERVER_MAX_CONNECTION_AGE_GRACE",
                         "server.max_connection_idle --server-max-connection-idle "
                         "SCOREGATE_SERVER_MAX_CONNECTION_IDLE",
                         "server.keepalive_interval --server-keepalive-interval "
                         "SCOREGATE_SERVER_KEEPALIVE_INTERVAL",
                         "server.keepalive_timeout --server-keepalive-timeout "
                         "SCOREGATE_SERVER_KEEPALIVE_TIMEOUT",
                         "server.min_ping_interval --server-min-ping-interval "
                         "SCOREGATE_SERVER_MIN_PING_INTERVAL",
                         "server.allow_pings_without_calls --server-allow-pings-without-calls "
                         "SCOREGATE_SERVER_ALLOW_PINGS_WITHOUT_CALLS",
                         "server.compress_answers --server-compress-answers "
                         "SCOREGATE_SERVER_COMPRESS_ANSWERS",
                         "server.reflection --server-reflection SCOREGATE_SERVER_REFLECTION",
                         "errors.help_base_url --errors-help-base-url "
                         "SCOREGATE_ERRORS_HELP_BASE_URL",
                         "errors.allow_debug_info --errors-allow-debug-info "
                         "SCOREGATE_ERRORS_ALLOW_DEBUG_INFO",
                         "errors.allow_remote_error_reports --errors-allow-remote-error-reports "
                         "SCOREGATE_ERRORS_ALLOW_REMOTE_ERROR_REPORTS",
                         "callers.max_connections --callers-max-connections "
                         "SCOREGATE_CALLERS_MAX_CONNECTIONS",
                         "callers.request_timeout --callers-request-timeout "
                         "SCOREGATE_CALLERS_REQUEST_TIMEOUT",
                         "callers.answer_timeout --callers-answer-timeout "
                         "SCOREGATE_CALLERS_ANSWER_TIMEOUT",
                         "callers.max_held_bytes --callers-max-held-bytes "
                         "SCOREGATE_CALLERS_MAX_HELD_BYTES",
                         "callers.max_resets --callers-max-resets SCOREGATE_CALLERS_MAX_RESETS",
                         "callers.max_resets_per_second --callers-max-resets-per-second "
                         "SCOREGATE_CALLERS_MAX_RESETS_PER_SECOND",
                         "callers.max_overhead_bytes --callers-max-overhead-bytes "
                         "SCOREGATE_CALLERS_MAX_OVERHEAD_BYTES",
                         "callers.max_overhead_bytes_per_second "
                         "--callers-max-overhead-bytes-per-second "
                         "SCOREGATE_CALLERS_MAX_OVERHEAD_BYTES_PER_SECOND",
                         "callers.answer_backlog_bytes --callers-answer-backlog-bytes "
                         "SCOREGATE_CALLERS_ANSWER_BACKLOG_BYTES",
                         "callers.max_answer_backlog_bytes --callers-max-answer-backlog-bytes "
                         "SCOREGATE_CALLERS_MAX_ANSWER_BACKLOG_BYTES",
                         "callers.max_total_answer_backlog_bytes "
                         "--callers-max-total-answer-backlog-bytes "
                         "SCOREGATE_CALLERS_MAX_TOTAL_ANSWER_BACKLOG_BYTES",
                         "callers.max_total_held_bytes --callers-max-total-held-bytes "
                         "SCOREGATE_CALLERS_MAX_TOTAL_HELD_BYTES"));
}

TEST(ProcessEnvironment, HoldsWhatTheProcessHas) {
  NamedValues environment = ProcessEnvironment();
  EXPECT_THAT(environment, testing::Contains(testing::Pair("PATH", testing::Ne(""))));
}

}  // namespace
}  // namespace scoregate::config
