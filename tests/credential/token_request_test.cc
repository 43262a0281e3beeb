// The exchange with the authority as values: the form that goes out, every kind of answer.
#include "gateway/credential/token_request.h"

#include <gtest/gtest.h>

namespace scoregate::credential {
namespace {

endpoint::WorkloadIdentity Identity() {
  endpoint::WorkloadIdentity identity;
  identity.tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  identity.client = "11111111-2222-3333-4444-555555555555";
  identity.scope = "https://ml.azure.com/.default";
  identity.authority.path = "/";
  return identity;
}

TEST(TokenRequest, IsTheFormOfTheStandard) {
  http::HttpRequest request = TokenRequest(Identity(), "eyJ.a+b/c=");
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/v2.0/token");
  EXPECT_EQ(request.headers.First("content-type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(request.body,
            "grant_type=client_credentials&client_id=11111111-2222-3333-4444-555555555555"
            "&scope=https%3A%2F%2Fml.azure.com%2F.default&client_assertion_type=urn%3Aietf%3Aparams"
            "%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJ.a%2Bb%2Fc%3D");
  endpoint::WorkloadIdentity behind_a_path = Identity();
  behind_a_path.authority.path = "/login";
  EXPECT_EQ(TokenRequest(behind_a_path, "x").target,
            "/login/72f988bf-86f1-41af-91ab-2d7cd011db47/oauth2/v2.0/token");
}

constexpr char kAssertion[] = "assertion/Of+TheWorkload0123";

std::string Read(int status, const std::string& body) {
  http::HttpResponse answer;
  answer.status = status;
  answer.body = body;
  http::Result<GrantedToken> read = ReadTokenAnswer(answer, "login.example", kAssertion);
  if (read.ok()) {
    return read.value().token + " for " + std::to_string(read.value().lifetime.count()) + " s";
  }
  return std::string(http::FaultName(read.fault().kind)) + ": " + read.fault().text;
}

TEST(TokenAnswer, EveryKindIsReadForWhatItIs) {
  struct Case {
    int status;
    const char* body;
    const char* expected;
  };
  const Case cases[] = {
      {200, R"({"token_type":"Bearer","expires_in":3599,"access_token":"t0k"})", "t0k for 3599 s"},
      {200, R"({"expires_in":"3599","access_token":"t0k"})", "t0k for 3599 s"},
      {200, R"({"expires_in":999999,"access_token":"t0k"})", "t0k for 86400 s"},
      {200, R"({"expires_in":0,"access_token":"t0k"})",
       "credential_refused: the answer of the authority login.example is not understood: it does "
       "not say for how long the token is good"},
      {200, R"({"access_token":"t0k"})",
       "credential_refused: the answer of the authority login.example is not understood: it does "
       "not say for how long the token is good"},
      {200, R"({"expires_in":1,"access_token":"a\r\nx: y"})",
       "credential_refused: the answer of the authority login.example is not understood: it holds "
       "no access_token"},
      {200, R"({"expires_in":1})",
       "credential_refused: the answer of the authority login.example is not understood: it holds "
       "no access_token"},
      {200, "<html>",
       "credential_refused: the answer of the authority login.example is not understood: it is not "
       "JSON"},
      {400,
       R"({"error":"invalid_client","error_description":"the assertion assertion\/Of%2BTheWorkload0123 is no JWT"})",
       "credential_refused: the authority login.example gave no token: HTTP status 400, "
       "invalid_client: the assertion [redacted] is no JWT"},
      {400, R"({"error":"invalid_client","error_description":"AADSTS700016: no such app"})",
       "credential_refused: the authority login.example gave no token: HTTP status 400, "
       "invalid_client: AADSTS700016: no such app"},
      {401,
       R"({"error":"invalid_client","error_description":"Assertion eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl is bad"})",
       "credential_refused: the authority login.example gave no token: HTTP status 401, "
       "invalid_client: Assertion [redacted] is bad"},
      {429, "",
       "credential_unavailable: the authority login.example gave no token: HTTP status 429"},
      {503, "<html><title>Down</title></html>",
       "credential_unavailable: the authority login.example gave no token: HTTP status 503"},
      {302, "", "credential_refused: the authority login.example gave no token: HTTP status 302"},
  };
  for (const Case& c : cases) EXPECT_EQ(Read(c.status, c.body), c.expected);
}

TEST(TokenAnswer, NoCutOfAnAnswerIsTakenForOne) {
  const std::string whole = R"({"expires_in":3599,"access_token":"t0k"})";
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    EXPECT_TRUE(Read(200, whole.substr(0, cut)).starts_with("credential_refused")) << cut;
  }
}

}  // namespace
}  // namespace scoregate::credential
