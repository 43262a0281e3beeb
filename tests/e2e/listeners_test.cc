// The listeners of a running gateway: TLS, unix sockets, who is let in, and certificates that
// change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "client/scoring_client.h"
#include "scoring/v1/errors.grpc.pb.h"
#include "tests/e2e/held_upstream.h"
#include "tests/e2e/process.h"
#include "tests/support/certificates.h"

namespace scoregate::e2e {
namespace {

using client::ClientOptions;
using client::ScoringClient;
using client::TlsOptions;
using support::CertificateAuthority;
using support::CertificateOrder;
using support::Identity;
using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr char kGatewayName[] = "gateway.example";
constexpr char kOpaque[] =
    "endpoints:\n- name: nobody\n  dialect: OPAQUE\n  url: http://127.0.0.1:1/\n";

Identity Issue(const CertificateAuthority& authority, const std::string& name) {
  CertificateOrder order;
  order.names = {name};
  return authority.Issue(order);
}

// The files of one listener, which a test may write anew.
struct TlsFiles {
  std::string certificate;
  std::string key;

  explicit TlsFiles(const Identity& own)
      : certificate(WriteFile("tls.crt", own.certificate)), key(WriteFile("tls.key", own.key)) {}

  void Write(const Identity& own) const {
    WriteFile("tls.crt", own.certificate);
    WriteFile("tls.key", own.key);
  }
  std::string Keys() const { return "cert_file: " + certificate + ", key_file: " + key; }
};

class RunningGateway {
 public:
  explicit RunningGateway(const std::string& yaml)
      : server_({Program("scoregate"), "serve", "--config", WriteFile("listeners.yaml", yaml)}) {
    auto address = server_.WaitForLine("listening on ");
    if (!address) throw std::runtime_error("the gateway did not start: " + server_.err());
    address_ = *address;
  }

  const std::string& address() const { return address_; }
  Server& server() { return server_; }

 private:
  Server server_;
  std::string address_;
};

ClientOptions Clear(const std::string& address) {
  ClientOptions options;
  options.address = address;
  options.max_attempts = 1;
  options.timeout = 20s;
  return options;
}

ClientOptions Trusting(const std::string& address, const CertificateAuthority& authority,
                       const Identity& own = {}) {
  ClientOptions options = Clear(address);
  TlsOptions& tls = options.tls.emplace();
  tls.ca_pem = authority.certificate();
  tls.certificate_pem = own.certificate;
  tls.key_pem = own.key;
  tls.server_name = kGatewayName;
  return options;
}

bool Connects(const ClientOptions& options) {
  auto outcome = ScoringClient(options).ListEndpoints();
  if (outcome.ok()) return true;
  EXPECT_EQ(outcome.error().code, grpc::StatusCode::UNAVAILABLE);
  return false;
}

mode_t ModeOf(const std::string& file) {
  struct stat status {};
  EXPECT_EQ(stat(file.c_str(), &status), 0);
  return status.st_mode & 07777;
}

TEST(Listeners, SeveralOfEveryKindServeTheSame) {
  CertificateAuthority authority;
  TlsFiles files(Issue(authority, kGatewayName));
  std::string socket = WriteFile("gateway.sock", "");
  std::filesystem::remove(socket);
  RunningGateway gateway("listeners:\n- address: localhost:0\n- address: 0.0.0.0:0\n  tls: {" +
                         files.Keys() + "}\n- address: unix:" + socket +
                         "\n  unix_socket: {mode: 0640, allowed_uids: [" +
                         std::to_string(getuid()) + "]}\n" + kOpaque);
  std::string encrypted = *gateway.server().WaitForLine("listening on 0.0.0.0:");
  EXPECT_EQ(gateway.server().WaitForLine("listening on unix:"), socket);
  EXPECT_TRUE(Connects(Clear(gateway.address())));
  EXPECT_TRUE(Connects(Clear("unix:" + socket)));
  EXPECT_TRUE(Connects(Trusting("127.0.0.1:" + encrypted, authority)));
  EXPECT_FALSE(Connects(Clear("127.0.0.1:" + encrypted))) << "clear text to a TLS port";
  EXPECT_FALSE(Connects(Trusting(gateway.address(), authority))) << "TLS to a clear text port";
  EXPECT_EQ(ModeOf(socket), 0640u);
  gateway.server().Signal(SIGTERM);
  EXPECT_EQ(gateway.server().Wait(), 0);
}

TEST(Listeners, AUnixSocketIsForTheUsersThatItNames) {
  std::string socket = WriteFile("users.sock", "");
  std::filesystem::remove(socket);
  struct Case {
    std::string keys;
    bool connects;
  };
  const std::string me = std::to_string(getuid());
  const std::string mine = std::to_string(getgid());
  const std::string other = std::to_string(getuid() + 1);
  const Case cases[] = {
      {"{}", true},
      {"{allowed_uids: [" + other + ", " + me + "]}", true},
      {"{allowed_gids: [" + mine + "]}", true},
      {"{allowed_uids: [" + other + "], allowed_gids: [" + mine + "]}", true},
      {"{allowed_uids: [" + other + "]}", false},
  };
  for (const Case& c : cases) {
    RunningGateway gateway("listeners:\n- address: unix:" + socket + "\n  unix_socket: " + c.keys +
                           "\n" + kOpaque);
    EXPECT_EQ(ModeOf(socket), 0600u) << "where no mode is configured";
    EXPECT_EQ(Connects(Clear("unix:" + socket)), c.connects) << c.keys;
    if (c.connects) continue;
    const auto notice =
        gateway.server().WaitForLine("listener unix:" + socket + ": refused process ");
    ASSERT_TRUE(notice) << c.keys;
    EXPECT_EQ(*notice, std::to_string(getpid()) + " of user " + me + ", group " + mine +
                           ", by allowed_uids and allowed_gids; 1 refused so far");
  }
}

// Whether a report may be looked up there; that of a call that nobody made is not found.
bool GivesReports(const std::string& address) {
  auto stub = scoring::v1::ErrorCatalogService::NewStub(client::MakeChannel(Clear(address)));
  grpc::ClientContext context;
  scoring::v1::GetErrorReportRequest request;
  request.set_request_id("no-such-id");
  scoring::v1::ErrorReport report;
  const grpc::Status status = stub->GetErrorReport(&context, request, &report);
  const bool refused =
      status.error_message().find(
          "this listener gives no error reports: ask over a loopback or unix listener") !=
      std::string::npos;
  EXPECT_NE(status.error_message().find("no failed call of that id is kept") == std::string::npos,
            !refused)
      << status.error_message();
  return !refused;
}

TEST(Listeners, ErrorReportsAreGivenWhereOnlyThisMachineConnects) {
  struct Case {
    const char* name;
    std::string address;
    std::string allow;
    bool given;
  };
  std::string socket = WriteFile("reports.sock", "");
  std::filesystem::remove(socket);
  for (const Case& c : {Case{"loopback", "127.0.0.1:0", "false", true},
                        Case{"unix", "unix:" + socket, "false", true},
                        Case{"every address", "0.0.0.0:0", "false", false},
                        Case{"every address, switched on", "0.0.0.0:0", "true", true}}) {
    const bool open = c.address.starts_with("0.");
    RunningGateway gateway("errors: {allow_remote_error_reports: " + c.allow +
                           "}\nlisteners:\n- address: " + c.address +
                           (open ? "\n  insecure_public: true\n" : "\n") + kOpaque);
    std::string address = gateway.address();
    if (open) address.replace(0, address.find(':'), "127.0.0.1");
    EXPECT_EQ(GivesReports(address), c.given) << c.name;
    const Finished told =
        RunToEnd({Program("scorectl"), "--address", address, "report", "no-such-id"});
    EXPECT_EQ(told.exit_code, 64 + grpc::StatusCode::NOT_FOUND) << c.name;
    EXPECT_THAT(told.err, HasSubstr(c.given ? "not found: request id 'no-such-id'"
                                            : "Ask over a loopback or unix listener"))
        << c.name;
  }
}

TEST(Listeners, OnlyCallersWithTheRightCertificateAreServed) {
  CertificateAuthority authority;
  CertificateAuthority stranger;
  TlsFiles files(Issue(authority, kGatewayName));
  std::string ca = WriteFile("callers.crt", authority.certificate());
  RunningGateway gateway("listeners:\n- address: 127.0.0.1:0\n  tls: {" + files.Keys() +
                         ", client_ca_file: " + ca + ", allowed_sans: ['*.callers.example']}\n" +
                         kOpaque);
  const std::string& address = gateway.address();
  Identity good = Issue(authority, "a.callers.example");
  ScoringClient steady(Trusting(address, authority, good));
  EXPECT_TRUE(steady.ListEndpoints().ok());
  EXPECT_FALSE(Connects(Trusting(address, authority))) << "no certificate";
  EXPECT_FALSE(Connects(Trusting(address, authority, Issue(stranger, "a.callers.example"))))
      << "a stranger's certificate";
  EXPECT_FALSE(Connects(Trusting(address, authority, Issue(authority, "b.example"))))
      << "a name that is not allowed";
  EXPECT_FALSE(Connects(Trusting(address, stranger, good))) << "the caller trusts somebody else";
  EXPECT_TRUE(steady.ListEndpoints().ok());
}

TEST(Listeners, ANewCertificateIsTakenOverWithoutALostCall) {
  HeldUpstream upstream;
  CertificateAuthority before;
  CertificateAuthority after;
  TlsFiles files(Issue(before, kGatewayName));
  RunningGateway gateway(
      "listeners:\n- address: 127.0.0.1:0\n  tls: {" + files.Keys() +
      "}\nendpoints:\n- name: held\n  dialect: OPAQUE\n  url: http://127.0.0.1:" +
      std::to_string(upstream.port()) + "/\n");
  ScoringClient old_client(Trusting(gateway.address(), before));
  scoring::v1::ScoreRawRequest request;
  request.set_endpoint("held");
  auto call = std::async(std::launch::async, [&] { return old_client.ScoreRaw(request); });
  upstream.WaitForRequest();

  files.Write(Issue(after, kGatewayName));
  ASSERT_TRUE(
      gateway.server().WaitForLine("new connections use the certificate that is good until"));
  EXPECT_TRUE(Connects(Trusting(gateway.address(), after)));
  EXPECT_FALSE(Connects(Trusting(gateway.address(), before)));
  EXPECT_TRUE(old_client.ListEndpoints().ok()) << "on the old connection";

  upstream.Answer(
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
  auto outcome = call.get();
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome.value().data(), "{}");
}

TEST(Listeners, NewAuthoritiesOfCallersAreTakenOverAndOldConnectionsGoOn) {
  CertificateAuthority authority;
  CertificateAuthority before;
  CertificateAuthority after;
  TlsFiles files(Issue(authority, kGatewayName));
  const std::string callers = WriteFile("callers.crt", before.certificate());
  RunningGateway gateway("listeners:\n- address: 127.0.0.1:0\n  tls: {" + files.Keys() +
                         ", client_ca_file: " + callers + "}\n" + kOpaque);
  const ClientOptions of_before =
      Trusting(gateway.address(), authority, Issue(before, "a.example"));
  const ClientOptions of_after = Trusting(gateway.address(), authority, Issue(after, "a.example"));
  ScoringClient steady(of_before);
  EXPECT_TRUE(steady.ListEndpoints().ok());
  EXPECT_FALSE(Connects(of_after));

  WriteFile("callers.crt", after.certificate());
  ASSERT_TRUE(
      gateway.server().WaitForLine("new connections use the certificate that is good until"));
  EXPECT_TRUE(Connects(of_after));
  EXPECT_FALSE(Connects(of_before));
  EXPECT_TRUE(steady.ListEndpoints().ok()) << "on the old connection";
}

TEST(Listeners, ABrokenCertificateIsRefusedAndTheOldOneStays) {
  CertificateAuthority authority;
  const Identity own = Issue(authority, kGatewayName);
  TlsFiles files(own);
  RunningGateway gateway("listeners:\n- address: 127.0.0.1:0\n  tls: {" + files.Keys() + "}\n" +
                         kOpaque);
  WriteFile("tls.key", Issue(authority, kGatewayName).key);
  gateway.server().Signal(SIGHUP);
  EXPECT_EQ(gateway.server().WaitForLine("the TLS files on disk are refused, those in use stay: "),
            "tls.key_file: " + files.key + " holds a key that is not the certificate's");
  EXPECT_TRUE(Connects(Trusting(gateway.address(), authority)));
  files.Write(own);
  gateway.server().Signal(SIGHUP);
  EXPECT_TRUE(gateway.server().WaitForLine("new connections use the certificate"));
  EXPECT_TRUE(Connects(Trusting(gateway.address(), authority)));
}

TEST(Listeners, CheckAndServeSayWhatIsWrongWithAFile) {
  CertificateAuthority authority;
  CertificateOrder order;
  order.names = {kGatewayName};
  order.valid_until = -60s;
  const Identity expired = authority.Issue(order);
  std::string certificate = WriteFile("expired.crt", expired.certificate);
  std::string key = WriteFile("expired.key", expired.key);
  std::string config = WriteFile("expired.yaml",
                                 "listeners:\n- address: 0.0.0.0:0\n  tls:\n    "
                                 "cert_file: " +
                                     certificate + "\n    key_file: " + key +
                                     "\n    client_ca_file: " + certificate +
                                     "\n    allowed_sans: [a, '*']\n" + kOpaque);
  Finished checked = RunToEnd({Program("scoregate"), "check", "--config", config});
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_EQ(checked.out, config +
                             ":7:23: error: listeners[0].tls.allowed_sans[1]: a * in a DNS name "
                             "stands only for its first label\n");
  WriteFile("expired.yaml", "listeners:\n- address: 0.0.0.0:0\n  tls:\n    cert_file: " +
                                certificate + "\n    key_file: " + key + "\n" + kOpaque);
  checked = RunToEnd({Program("scoregate"), "check", "--config", config});
  EXPECT_THAT(checked.out,
              testing::StartsWith(config + ":4:16: error: listeners[0].tls.cert_file: " +
                                  certificate + " expired on 20"));
  Finished served = RunToEnd({Program("scoregate"), "serve", "--config", config});
  EXPECT_EQ(served.exit_code, 1);
  EXPECT_EQ(served.err, checked.out) << "and no port was bound";
}

TEST(Connections, AreToldToLeaveAsTheConfigurationSays) {
  for (const char* limit : {"max_connection_idle: 20ms", "max_connection_age: 20ms"}) {
    RunningGateway gateway("server: {" + std::string(limit) +
                           "}\nlisteners: [{address: 127.0.0.1:0}]\n" + kOpaque);
    std::shared_ptr<grpc::Channel> channel = client::MakeChannel(Clear(gateway.address()));
    auto give_up = std::chrono::system_clock::now() + 20s;
    ASSERT_TRUE(channel->WaitForConnected(give_up));
    EXPECT_TRUE(channel->WaitForStateChange(GRPC_CHANNEL_READY, give_up)) << limit;
  }
}

TEST(Scorectl, SpeaksTls) {
  CertificateAuthority authority;
  TlsFiles files(Issue(authority, kGatewayName));
  std::string ca = WriteFile("authority.crt", authority.certificate());
  RunningGateway gateway("listeners:\n- address: 127.0.0.1:0\n  tls: {" + files.Keys() +
                         ", client_ca_file: " + ca + "}\n" + kOpaque);
  Identity own = Issue(authority, "caller.example");
  std::string certificate = WriteFile("caller.crt", own.certificate);
  std::string key = WriteFile("caller.key", own.key);
  const std::vector<std::string> plain = {Program("scorectl"), "--address", gateway.address(),
                                          "--attempts", "1"};
  auto run = [&](const std::vector<std::string>& more) {
    std::vector<std::string> command = plain;
    command.insert(command.end(), more.begin(), more.end());
    command.push_back("endpoints");
    return RunToEnd(command);
  };
  Finished good = run({"--ca-file", ca, "--server-name", kGatewayName, "--cert-file", certificate,
                       "--key-file", key});
  EXPECT_EQ(good.exit_code, 0) << good.err;
  EXPECT_THAT(good.out, HasSubstr("nobody"));
  EXPECT_THAT(run({}).err,
              HasSubstr("Where the gateway serves TLS, add --tls or --ca-file FILE.\n"));
  EXPECT_THAT(run({"--ca-file", ca, "--server-name", kGatewayName}).err,
              HasSubstr("that it wants one of yours (--cert-file, --key-file) and allows"));
  EXPECT_THAT(run({"--tls", "--cert-file", certificate}).err,
              HasSubstr("--cert-file and --key-file come together"));
  EXPECT_THAT(run({"--ca-file", "/no/ca"}).err, HasSubstr("'/no/ca' cannot be read"));
}

}  // namespace
}  // namespace scoregate::e2e
