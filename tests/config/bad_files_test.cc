// Files with mistakes: each case states every finding, with line and column.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/loading.h"

namespace scoregate::config {
namespace {

struct Case {
  const char* name;
  std::string yaml;
  const char* findings;
};

class BadFiles : public testing::TestWithParam<Case> {};

TEST_P(BadFiles, SayWhatAndWhere) {
  LoadInput input;
  input.environment = {
      {"KEY", "a-key-to-use"}, {"PAIR", "user:password"}, {"EMPTY", ""}, {"SPACED", "a b"}};
  input.check_override = [](const endpoint::RuleOverride& made, http::UpstreamKind) {
    return made.reason == "bad" ? std::optional<std::string>("I8") : std::nullopt;
  };
  EXPECT_EQ(FindingsOf(GetParam().yaml, input), GetParam().findings);
}

const Case kCases[] = {
    {"empty_file", "",
     "f.yaml:1:1: error: the file is empty; expected keys such as listeners and endpoints\n"},
    {"only_comments", "# nothing\n\n",
     "f.yaml:1:1: error: the file is empty; expected keys such as listeners and endpoints\n"},
    {"two_documents", Good() + "---\nlanes: 2\n",
     "f.yaml:1:1: error: the file holds more than one document; expected one\n"},
    {"not_utf8", "lanes: 1\nx: \xFF\n", "f.yaml:2:4: error: the file is not UTF-8\n"},
    {"a_list", "- 1\n",
     "f.yaml:1:1: error: there are no keys here; expected keys with values: listeners, admin, "
     "probes, endpoints, lanes, server, errors, callers\n"},
    {"nothing_in_it", "lanes: 1\n",
     "f.yaml:1:1: error: listeners: there is no listener; expected at least one, such as {address: "
     "127.0.0.1:50051}\n"
     "f.yaml:1:1: error: endpoints: there is no endpoint; expected at least one\n"},
    {"no_listeners_behind_a_comment", "# mine\n---\n" + std::string(kEndpoint),
     "f.yaml:3:1: error: listeners: there is no listener; expected at least one, such as {address: "
     "127.0.0.1:50051}\n"},
    {"no_endpoints", "\n\n" + std::string(kListener),
     "f.yaml:3:1: error: endpoints: there is no endpoint; expected at least one\n"},
    {"keys_without_values", "listeners:\nendpoints:\n",
     "f.yaml:1:1: error: listeners: there is no listener; expected at least one, such as {address: "
     "127.0.0.1:50051}\n"
     "f.yaml:2:1: error: endpoints: there is no endpoint; expected at least one\n"},
    {"a_typo", Good("  tiemout: 3s\n"),
     "f.yaml:6:3: error: endpoints[0].tiemout: no such key; did you mean \"timeout\"?\n"},
    {"an_unknown_key", std::string(kListener) + kEndpoint + "quux: 1\n",
     "f.yaml:6:1: error: quux: no such key; expected one of listeners, admin, probes, endpoints, "
     "lanes, server, errors, callers\n"},
    {"a_key_twice", Good("lanes: 1\nlanes: 2\n"),
     "f.yaml:7:1: error: lanes: the key is there twice\n"},
    {"a_key_that_is_no_name", Good("[1]: 2\n"), "f.yaml:6:1: error: a key is not a name\n"},
    {"all_errors_in_one_pass", Good("  timeout: soon\n  locale: fr-FR\nlanes: many\n"),
     "f.yaml:6:12: error: endpoints[0].timeout: the value is not understood; expected a duration "
     "such as 500ms, 30s, 5m or 1h\n"
     "f.yaml:8:8: error: lanes: the value is not understood; expected a whole number\n"
     "f.yaml:7:11: error: endpoints[0].locale: the language does not ship; expected one of en-US, "
     "ko-KR\n"},
    {"a_list_for_a_value", Good("lanes: [1]\n"),
     "f.yaml:6:8: error: lanes: there is more than one value; expected a whole number\n"},
    {"no_value", Good("lanes:\n"),
     "f.yaml:6:1: error: lanes: there is no value; expected a whole number\n"},
    {"a_value_for_keys", Good("errors: 3\n"),
     "f.yaml:6:9: error: errors: there are no keys here; expected keys with values: "
     "help_base_url, allow_debug_info, allow_remote_error_reports\n"},
    {"a_truth_value_in_other_words", Good("  idempotent: yes\n"),
     "f.yaml:6:15: error: endpoints[0].idempotent: the value is not understood; expected true or "
     "false\n"},
    {"a_size_with_an_unknown_unit", Good("server: {max_request_bytes: 4megs}\n"),
     "f.yaml:6:29: error: server.max_request_bytes: the value is not understood; expected a size "
     "such as 65536, 64KiB or 4MiB\n"},
    {"an_enum_with_a_typo", Good("  error_voice: INTERMEDIATE\n"),
     "f.yaml:6:16: error: endpoints[0].error_voice: no such value; expected one of AUTO, "
     "INTERMEDIARY; did you mean \"INTERMEDIARY\"?\n"},
    {"zero_where_nothing_would_work", Good("  timeout: 0s\n  limits: {max_in_flight: 0}\n"),
     "f.yaml:6:12: error: endpoints[0].timeout: the duration is zero; expected one above zero, "
     "such "
     "as 30s\n"
     "f.yaml:7:27: error: endpoints[0].limits.max_in_flight: the value is out of range; expected 1 "
     "to 1000000\n"},
    {"fewer_bytes_held_than_a_request_has", Good("callers: {max_held_bytes: 4MiB}\n"),
     "f.yaml:6:27: error: callers.max_held_bytes: a connection could not hold one request of "
     "server.max_request_bytes; expected at least 4194368\n"},
    {"requests_larger_than_what_is_held_by_default", Good("server: {max_request_bytes: 64MiB}\n"),
     "f.yaml:6:29: error: server.max_request_bytes: a connection could not hold one request of "
     "that size; expected callers.max_held_bytes of at least 67108928 with it\n"},
    {"lanes_out_of_range", Good("lanes: 1025\n"),
     "f.yaml:6:8: error: lanes: the value is out of range; expected 1 to 1024\n"},
    // Addresses.
    {"no_address", "listeners: [{}]\n" + std::string(kEndpoint),
     "f.yaml:1:13: error: listeners[0].address: there is no address; expected HOST:PORT, "
     "[IPv6]:PORT or unix:PATH\n"},
    {"a_bad_address",
     "listeners:\n- address: localhost\n- address: ::1:80\n- address: h:65536\n" +
         std::string(kEndpoint),
     "f.yaml:2:12: error: listeners[0].address: this is not an address; expected HOST:PORT, "
     "[IPv6]:PORT or unix:PATH\n"
     "f.yaml:3:12: error: listeners[1].address: this is not an address; expected HOST:PORT, "
     "[IPv6]:PORT or unix:PATH\n"
     "f.yaml:4:12: error: listeners[2].address: this is not an address; expected HOST:PORT, "
     "[IPv6]:PORT or unix:PATH\n"},
    {"an_address_twice",
     "listeners: [{address: 127.0.0.1:7}]\nadmin: {address: 127.0.0.1:7}\n" +
         std::string(kEndpoint),
     "f.yaml:2:18: error: admin.address: the address is taken by another key\n"},
    // Listeners.
    {"clear_text_for_everybody",
     "listeners:\n- address: 0.0.0.0:1\n- address: '[::]:2'\n  insecure_public: false\n" +
         std::string(kEndpoint),
     "f.yaml:2:12: error: listeners[0].address: callers from other machines would connect in clear "
     "text; expected tls: {cert_file: PATH, key_file: PATH} or insecure_public: true beside it\n"
     "f.yaml:3:12: error: listeners[1].address: callers from other machines would connect in clear "
     "text; expected tls: {cert_file: PATH, key_file: PATH} or insecure_public: true beside it\n"},
    {"a_name_to_listen_at",
     "listeners: [{address: h:1, insecure_public: true}]\n" + std::string(kEndpoint),
     "f.yaml:1:23: error: listeners[0].address: a name is not looked up to listen at it; expected "
     "an IP address, such as 127.0.0.1 or 0.0.0.0, or localhost\n"
     "f.yaml:1:23: warning: listeners[0].address: callers from other machines connect in clear "
     "text\n"},
    {"tls_without_files",
     "listeners: [{address: 127.0.0.1:1, tls: {}, insecure_public: true}]\n" +
         std::string(kEndpoint),
     "f.yaml:1:41: error: listeners[0].tls.cert_file: there is no file; expected a PEM file\n"
     "f.yaml:1:41: error: listeners[0].tls.key_file: there is no file; expected a PEM file\n"
     "f.yaml:1:62: error: listeners[0].insecure_public: the listener has tls, so this does "
     "nothing; expected insecure_public or tls, not both\n"},
    {"tls_files_that_are_not_there",
     "listeners:\n- address: 0.0.0.0:1\n  tls:\n    cert_file: /no/cert\n    key_file: /no/key\n"
     "    client_ca_file: /no/ca\n" +
         std::string(kEndpoint),
     "f.yaml:4:16: error: listeners[0].tls.cert_file: cannot read /no/cert: No such file or "
     "directory\n"
     "f.yaml:5:15: error: listeners[0].tls.key_file: cannot read /no/key: No such file or "
     "directory\n"
     "f.yaml:6:21: error: listeners[0].tls.client_ca_file: cannot read /no/ca: No such file or "
     "directory\n"},
    {"callers_that_nothing_checks",
     "listeners:\n- address: 127.0.0.1:1\n  tls: {cert_file: /dev/null, key_file: /dev/null,\n"
     "    client_cert: REQUIRED}\n- address: 127.0.0.1:2\n"
     "  tls: {cert_file: /dev/null, key_file: /dev/null, allowed_sans: a,\n"
     "    client_cert: requred}\n" +
         std::string(kEndpoint),
     "f.yaml:7:18: error: listeners[1].tls.client_cert: no such value; expected one of NONE, "
     "OPTIONAL, REQUIRED; did you mean \"REQUIRED\"?\n"
     "f.yaml:3:20: error: listeners[0].tls.cert_file: cannot read /dev/null: it is not a regular "
     "file\n"
     "f.yaml:3:41: error: listeners[0].tls.key_file: cannot read /dev/null: it is not a regular "
     "file\n"
     "f.yaml:4:18: error: listeners[0].tls.client_cert: callers' certificates cannot be checked; "
     "expected client_ca_file beside it\n"
     "f.yaml:6:20: error: listeners[1].tls.cert_file: cannot read /dev/null: it is not a regular "
     "file\n"
     "f.yaml:6:41: error: listeners[1].tls.key_file: cannot read /dev/null: it is not a regular "
     "file\n"
     "f.yaml:6:66: error: listeners[1].tls.allowed_sans: callers show no certificate whose names "
     "could be checked; expected client_ca_file beside it\n"},
    {"a_unix_socket_that_is_none",
     "listeners:\n- address: 127.0.0.1:1\n  unix_socket: {mode: 0600}\n- address: unix:/x\n"
     "  unix_socket: {mode: 0888, allowed_uid: 1}\n- address: unix:/y\n"
     "  unix_socket: {mode: 1777, allowed_gids: [root]}\n" +
         std::string(kEndpoint),
     "f.yaml:5:29: error: listeners[1].unix_socket.allowed_uid: no such key; did you mean "
     "\"allowed_uids\"?\n"
     "f.yaml:7:44: error: listeners[2].unix_socket.allowed_gids[0]: the value is not understood; "
     "expected a whole number\n"
     "f.yaml:3:16: error: listeners[0].unix_socket: the listener's address is no unix socket; "
     "expected address: unix:PATH\n"
     "f.yaml:5:23: error: listeners[1].unix_socket.mode: these are no permissions; expected three "
     "or four octal digits, such as 0660\n"
     "f.yaml:7:23: error: listeners[2].unix_socket.mode: these are no permissions; expected three "
     "or four octal digits, such as 0660\n"},
    {"a_unix_socket_in_no_directory",
     "listeners:\n- address: unix:/no/such/s.sock\n- address: unix:/etc/hostname/s.sock\n" +
         std::string(kEndpoint),
     "f.yaml:2:12: error: listeners[0].address: the directory /no/such of the socket is not there; "
     "expected one that is: mkdir -p /no/such\n"
     "f.yaml:3:12: error: listeners[1].address: the directory /etc/hostname of the socket is not "
     "there; expected one that is: mkdir -p /etc/hostname\n"},
    {"a_misspelt_tls_key",
     "listeners: [{address: 127.0.0.1:1, tsl: {}}, {address: 127.0.0.1:2, tls: {certfile: x}}]\n" +
         std::string(kEndpoint),
     "f.yaml:1:36: error: listeners[0].tsl: no such key; did you mean \"tls\"?\n"
     "f.yaml:1:75: error: listeners[1].tls.certfile: no such key; did you mean \"cert_file\"?\n"
     "f.yaml:1:74: error: listeners[1].tls.cert_file: there is no file; expected a PEM file\n"
     "f.yaml:1:74: error: listeners[1].tls.key_file: there is no file; expected a PEM file\n"},
    // Endpoints.
    {"an_endpoint_of_nothing", std::string(kListener) + "endpoints: [{}]\n",
     "f.yaml:2:13: error: endpoints[0].name: the endpoint has no name; expected letters, digits, "
     "'-', '_' and '.', at most 63\n"
     "f.yaml:2:13: error: endpoints[0].dialect: the endpoint has no dialect; expected one of "
     "CLASSIC, ONLINE_ENDPOINT, OPAQUE\n"
     "f.yaml:2:13: error: endpoints[0].url: the endpoint has no URL; expected http://HOST/PATH or "
     "https://HOST/PATH\n"},
    {"a_bad_name",
     std::string(kListener) + "endpoints:\n- name: a b\n  dialect: OPAQUE\n  url: http://h/\n",
     "f.yaml:3:9: error: endpoints[0].name: the name cannot be used; expected letters, digits, "
     "'-', "
     "'_' and '.', at most 63\n"},
    {"a_name_of_a_service",
     std::string(kListener) +
         "endpoints:\n- name: scoring.v1.X\n  dialect: OPAQUE\n  url: http://h/\n",
     "f.yaml:3:9: error: endpoints[0].name: the name could be taken for a gRPC service's; expected "
     "one that does not begin with 'scoring.v1.'\n"},
    {"a_name_twice", Good("- name: a\n  dialect: OPAQUE\n  url: http://h/\n"),
     "f.yaml:6:9: error: endpoints[1].name: the name is that of endpoints[0]\n"},
    {"shapes_of_a_classic_endpoint",
     std::string(kListener) +
         "endpoints:\n- name: a\n  dialect: CLASSIC\n  url: http://h/\n  request_shape: DATA\n",
     "f.yaml:6:18: error: endpoints[0].request_shape: the classic contract has its own shapes; "
     "expected request_format, or dialect ONLINE_ENDPOINT or OPAQUE\n"},
    {"an_answer_shape_without_a_request_shape", Good("  answer_shape: LIST\n"),
     "f.yaml:6:17: error: endpoints[0].answer_shape: it is of no use without a request_shape\n"},
    {"an_output_column_twice", Good("  request_shape: DATA\n  output_columns: [a, a]\n"),
     "f.yaml:7:19: error: endpoints[0].output_columns: a column's name is empty or there twice\n"},
    {"deployments_of_an_opaque_endpoint", Good("  deployments: [blue]\n"),
     "f.yaml:6:17: error: endpoints[0].deployments[0]: only an ONLINE_ENDPOINT has deployments\n"},
    {"a_deployment_that_is_no_name",
     std::string(kListener) +
         "endpoints:\n- name: a\n  dialect: ONLINE_ENDPOINT\n  url: http://h/\n"
         "  deployments: [\"a b\"]\n",
     "f.yaml:6:17: error: endpoints[0].deployments[0]: this is not a deployment's name; expected "
     "letters, digits, '-', '_' and '.', and '*' for any of them\n"},
    {"a_deployment_by_the_other_key", Good("  forward_metadata: [Azureml-Model-Deployment]\n"),
     "f.yaml:6:22: error: endpoints[0].forward_metadata[0]: callers choose a deployment by its "
     "name; expected deployments\n"},
    {"a_format_that_has_no_effect", Good("  request_format: ROWS\n"),
     "f.yaml:6:19: error: endpoints[0].request_format: only a CLASSIC endpoint has request "
     "formats\n"},
    // Secrets.
    {"the_key_itself", Good("  api_key: s3cr3t\n"),
     "f.yaml:6:12: error: endpoints[0].api_key[0]: a secret does not stand in the configuration "
     "itself; expected api_key: {file: PATH} or api_key: {env: NAME}\n"},
    {"the_token_itself", Good("  token: s3cr3t\n"),
     "f.yaml:6:10: error: endpoints[0].token: a secret does not stand in the configuration itself; "
     "expected token: {file: PATH} or token: {env: NAME}\n"},
    {"a_key_in_two_places", Good("  api_key: {file: /x, env: KEY}\n"),
     "f.yaml:6:12: error: endpoints[0].api_key[0]: a secret has exactly one place; expected {file: "
     "PATH} or {env: NAME}; never the secret itself\n"},
    {"a_file_that_is_not_there", Good("  api_key: {file: /no/such/key}\n"),
     "f.yaml:6:12: error: endpoints[0].api_key[0]: cannot read /no/such/key: No such file or "
     "directory\n"},
    {"a_device_for_a_key", Good("  api_key: {file: /dev/zero}\n"),
     "f.yaml:6:12: error: endpoints[0].api_key[0]: cannot read /dev/zero: it is not a regular "
     "file\n"},
    {"variables_without_a_key", Good("  api_key: [{env: NONE}, {env: EMPTY}]\n"),
     "f.yaml:6:13: error: endpoints[0].api_key[0]: the environment variable NONE is not set\n"
     "f.yaml:6:26: error: endpoints[0].api_key[1]: the environment variable EMPTY is empty\n"},
    {"a_key_with_a_space", Good("  api_key: {env: SPACED}\n"),
     "f.yaml:6:12: error: endpoints[0].api_key[0]: the environment variable SPACED holds a space, "
     "a "
     "line end inside, or another character that a key cannot have\n"},
    {"three_keys", Good("  api_key: [{env: KEY}, {env: KEY}, {env: KEY}]\n"),
     "f.yaml:6:12: error: endpoints[0].api_key: there are more than two keys; expected one, or two "
     "for rotation\n"},
    {"a_token_that_cannot_be_renewed", Good("  token: {env: KEY}\n"),
     "f.yaml:6:10: error: endpoints[0].token: a token is renewed, and a variable cannot be; "
     "expected {file: PATH}; for a fixed one, api_key\n"},
    {"a_key_among_the_headers", Good("  headers: {Authorization: Bearer x}\n"),
     "f.yaml:6:28: error: endpoints[0].headers[\"Authorization\"]: a secret must not stand in the "
     "file; expected api_key, token or workload_identity\n"},
    {"headers_that_are_one", Good("  headers: {X-Team: a, accept-encoding: gzip, x-team: b}\n"),
     "f.yaml:6:41: error: endpoints[0].headers[\"accept-encoding\"]: the gateway writes this "
     "header itself\n"
     "f.yaml:6:55: error: endpoints[0].headers[\"x-team\"]: another header has this name, but for "
     "the case\n"},
    {"headers_that_are_none",
     Good("  headers: {'a b': x, host: y, x: \"1\\n2\"}\n  forward_metadata: [grpc-x, a b, te]\n"),
     "f.yaml:6:20: error: endpoints[0].headers[\"a b\"]: this is not a header's name\n"
     "f.yaml:6:29: error: endpoints[0].headers[\"host\"]: the gateway writes this header itself\n"
     "f.yaml:6:35: error: endpoints[0].headers[\"x\"]: the value has a character that no header "
     "can "
     "carry\n"
     "f.yaml:7:22: error: endpoints[0].forward_metadata[0]: this metadata cannot be passed on\n"
     "f.yaml:7:30: error: endpoints[0].forward_metadata[1]: this is not the name of metadata\n"
     "f.yaml:7:35: error: endpoints[0].forward_metadata[2]: this metadata cannot be passed on\n"},
    {"a_header_twice", Good("  headers: {x: 1, x: 2}\n"),
     "f.yaml:6:19: error: endpoints[0].headers[\"x\"]: the name is there twice\n"},
    {"headers_as_a_list", Good("  headers: [x]\n"),
     "f.yaml:6:12: error: endpoints[0].headers: there are no names here; expected names with "
     "values\n"},
    {"two_authorizations", Good("  api_key: {env: KEY}\n  forward_metadata: authorization\n"),
     "f.yaml:7:21: error: endpoints[0].forward_metadata[0]: the endpoint's own key stands in this "
     "header\n"},
    {"metadata_that_is_a_fixed_header",
     Good("  headers: {X-Team: a}\n  forward_metadata: [x-team]\n"),
     "f.yaml:7:22: error: endpoints[0].forward_metadata[0]: a fixed header has this name; expected "
     "headers or forward_metadata\n"},
    {"a_proxy_with_a_user", Good("  proxy: http://u:p@h:1\n"),
     "f.yaml:6:10: error: endpoints[0].proxy: this is not a proxy that can be used; expected "
     "http://HOST:PORT; USER:PASSWORD in proxy_credentials\n"},
    {"credentials_that_are_not_two", Good("  proxy: h:1\n  proxy_credentials: {env: KEY}\n"),
     "f.yaml:7:22: error: endpoints[0].proxy_credentials: a proxy's credentials are two; expected "
     "USER:PASSWORD\n"},
    {"credentials_without_a_proxy", Good("  proxy_credentials: {env: PAIR}\n"),
     "f.yaml:6:22: error: endpoints[0].proxy_credentials: there is no proxy to show them to; "
     "expected proxy\n"},
    {"a_workload_without_an_identity", Good("  workload_identity: {}\n"),
     "f.yaml:6:22: error: endpoints[0].workload_identity.tenant: there is no tenant, or it is not "
     "an "
     "id; expected tenant, or the variable AZURE_TENANT_ID\n"
     "f.yaml:6:22: error: endpoints[0].workload_identity.client: there is no client, or it is not "
     "an "
     "id; expected client, or the variable AZURE_CLIENT_ID\n"
     "f.yaml:6:22: error: endpoints[0].workload_identity.token_file: the workload's own token has "
     "no "
     "file; expected token_file, or the variable AZURE_FEDERATED_TOKEN_FILE\n"},
    {"an_authority_over_an_open_line",
     Good("  workload_identity: {tenant: t, client: c, token_file: /dev/null/x, authority: "
          "\"http://login.example\"}\n"),
     "f.yaml:6:57: error: endpoints[0].workload_identity.token_file: cannot read /dev/null/x: Not "
     "a "
     "directory\n"
     "f.yaml:6:81: error: endpoints[0].workload_identity.authority: the workload's token must not "
     "go "
     "over an open line; expected https://HOST; http:// to this machine only\n"},
    {"two_ways_to_show_itself",
     Good("  api_key: {env: KEY}\n  workload_identity: {tenant: t, client: c, token_file: "
          "/etc/hostname}\n"),
     "f.yaml:7:22: error: endpoints[0].workload_identity: the endpoint shows itself in two ways; "
     "expected one of api_key, token and workload_identity\n"},
    {"half_a_client_certificate", Good("  tls: {cert_file: /no/cert}\n"),
     "f.yaml:6:8: warning: endpoints[0].tls: the URL is http://, so tls is of no effect\n"
     "f.yaml:6:20: error: endpoints[0].tls.cert_file: cannot read /no/cert: No such file or "
     "directory\n"
     "f.yaml:6:8: error: endpoints[0].tls: a client certificate and its key come together; "
     "expected "
     "cert_file and key_file, or neither\n"},
    {"overrides",
     Good("  overrides:\n  - {code: INTERNAL}\n  - {error_class: X}\n  - {http_status: 99, code: "
          "INTERNAL}\n  - {http_status: 500, code: INTERNAL, reason: bad}\n"),
     "f.yaml:7:5: error: endpoints[0].overrides[0]: the override names no error; expected "
     "error_class or http_status\n"
     "f.yaml:8:5: error: endpoints[0].overrides[1].code: the override gives no code; expected a "
     "code other than OK\n"
     "f.yaml:9:19: error: endpoints[0].overrides[2].http_status: this is not an HTTP status; "
     "expected 100 to 999\n"
     "f.yaml:10:5: error: endpoints[0].overrides[3]: the override breaks a rule: I8\n"},
};

INSTANTIATE_TEST_SUITE_P(Table, BadFiles, testing::ValuesIn(kCases),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace scoregate::config
