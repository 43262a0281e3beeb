// What redaction hides, and what it leaves.
#include "gateway/redact/redact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace scoregate::redact {
namespace {

// 64 bytes in base64, as an endpoint's or a storage account's key is.
constexpr std::string_view kKey =
    "Zx8Qm1rT0vB7nL4kW+eYpA2sDfGhJ/kLzXcVbNmQwErTyUiOpAsDfGhJkL3ZxCvB5nM6qW7eR8tY9uI0oP1aSg==";
constexpr std::string_view kJwt =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

struct Case {
  std::string_view name;
  std::string text;
  std::string redacted;
  std::string_view why;
};

std::string With(std::string_view before, std::string_view secret, std::string_view after) {
  return std::string(before) + std::string(secret) + std::string(after);
}

std::vector<Case> Signatures() {
  return {
      {"SasOfStorage",
       "https://acct.blob.core.windows.net/in/rows.csv?sv=2015-04-05&sr=b&sig=a%2Fb%3D&se=2016 "
       "gone",
       "https://acct.blob.core.windows.net/in/rows.csv?[redacted] gone",
       "the path says which blob, the whole query is the secret"},
      {"SasElsewhere", "see https://files.example.com/a?sp=r&sig=abc%3D.",
       "see https://files.example.com/a?[redacted].", "sig and one SAS parameter make it a SAS"},
      {"SigOnly", "https://x.example.com/cb?job=12&sig=c2VjcmV0&run=3",
       "https://x.example.com/cb?job=12&sig=[redacted]&run=3", "no SAS: the other names stay"},
      {"StorageQueryWithoutSig", "https://a.blob.core.windows.net/c?comp=list&prefix=x",
       "https://a.blob.core.windows.net/c?[redacted]", "a storage URL with a query, maybe cut"},
      {"StorageWithPort", "http://a.blob.core.windows.net:80/c?x=1",
       "http://a.blob.core.windows.net:80/c?[redacted]", "the port is no part of the host"},
      {"SasToken", R"({"SasBlobToken":"?sv=2015-02-21&sr=b&sig=abc%3D&se=2015"})",
       R"({"SasBlobToken":"[redacted]"})", "by its name"},
      {"BareSas", "token sv=2015-02-21&sr=b&sig=abc/d+e=&se=2015-03-01T01:02:03Z is expired",
       "token [redacted] is expired", "no question mark, no percent-encoding"},
      {"SasAfterName", "Location=sv=2015-02-21&sig=abc", "Location=[redacted]", "the name stays"},
      {"EncodedUrl", "next=https%3A%2F%2Fa.example%2Fb%3Fsv%3D1%26sig%3Dabc%252F%26se%3D2&page=7",
       "next=https%3A%2F%2Fa.example%2Fb%3F[redacted]&page=7",
       "the inner query ends at the outer ampersand"},
      {"JsonAmpersand", R"("https:\/\/a.example\/b?sv=1\u0026sig=abc\u003d\u0026se=2")",
       R"("https:\/\/a.example\/b?[redacted]")", "escaped by a careful JSON writer"},
      {"XmlAmpersand", "<Url>https://a.example/b?sv=1&amp;sig=abc&amp;se=2</Url>",
       "<Url>https://a.example/b?[redacted]</Url>", "escaped by XML"},
      {"ServiceBus",
       "Authorization: SharedAccessSignature sr=a.b.net&sig=abc%3d&se=14&skn=Root\r\nHost: x",
       "Authorization: SharedAccessSignature [redacted]\r\nHost: x", "scheme stays, line ends it"},
      {"KoreanAfterUrl", "https://a.example/b?sv=1&sig=abc을 찾을 수 없습니다",
       "https://a.example/b?[redacted]을 찾을 수 없습니다", "no space before the particle"},
  };
}

std::vector<Case> ConnectionStrings() {
  return {
      {"AccountKey",
       With("DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=", kKey,
            ";EndpointSuffix=core.windows.net"),
       "DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=[redacted];"
       "EndpointSuffix=core.windows.net",
       "name and structure stay"},
      {"AccountKeyInProse", "The string AccountName=a;AccountKey=c2hvcnQ= is not valid.",
       "The string AccountName=a;AccountKey=[redacted] is not valid.", "a key has no spaces"},
      {"Spaces", "accountkey = c2hvcnQ=", "accountkey = [redacted]", "any case, spaces around ="},
      {"SharedAccess", "Endpoint=sb://x.example/;SharedAccessKeyName=Root;SharedAccessKey=abc=",
       "Endpoint=sb://x.example/;SharedAccessKeyName=Root;SharedAccessKey=[redacted]",
       "the name of a key is no key"},
      {"SharedAccessSignature", "BlobEndpoint=x;SharedAccessSignature=sv=1&sig=a%3D&se=2;Z=1",
       "BlobEndpoint=x;SharedAccessSignature=[redacted];Z=1", "a SAS up to the semicolon"},
      {"Password", "Server=db;User Id=u;Password=p&w)x,it's=;Database=d",
       "Server=db;User Id=u;Password=[redacted];Database=d", "punctuation within"},
      {"PasswordWithSpaces", "Password=correct horse battery;Server=db",
       "Password=[redacted];Server=db", "the next name proves that the spaces belong to it"},
      {"LastPasswordWithSpaces", "'Server=db;Pwd=correct horse' failed",
       "'Server=db;Pwd=[redacted]' failed", "up to the quote"},
      {"PasswordInProse", "Password=hunter2 was refused; try again",
       "Password=[redacted] was refused; try again", "no name after the semicolon"},
      {"QuotedPassword", "Password=\"a;b\";Server=db", "Password=\"[redacted]\";Server=db", ""},
      {"Environment", "AZURE_STORAGE_KEY=1 AZURE_CLIENT_SECRET=s3cr.et~x PATH=/bin",
       "AZURE_STORAGE_KEY=1 AZURE_CLIENT_SECRET=[redacted] PATH=/bin", "ends of names decide"},
      {"InJson",
       R"({"ConnectionString":"AccountName=a;AccountKey=abc==","RelativeLocation":"c/x"})",
       R"({"ConnectionString":"AccountName=a;AccountKey=[redacted]","RelativeLocation":"c/x"})",
       "a request for a batch job"},
      {"Percent", "AccountName%3Da%3BAccountKey%3Dab%2Bc%3D%3D%3BX%3D1",
       "AccountName%3Da%3BAccountKey%3D[redacted]%3BX%3D1", "delimiters of the same encoding"},
      {"Xml", "<AccountKey>abc=</AccountKey><Password>a b</Password><Name>n</Name>",
       "<AccountKey>[redacted]</AccountKey><Password>[redacted]</Password><Name>n</Name>", ""},
      {"EscapedXml", "&lt;Password&gt;a b&lt;/Password&gt;",
       "&lt;Password&gt;[redacted]&lt;/Password&gt;", ""},
  };
}

std::vector<Case> Headers() {
  return {
      {"Bearer", "authorization: bearer abc.def", "authorization: bearer [redacted]", "any case"},
      {"BearerAlone", With("sent Bearer ", kKey, " to it"), "sent Bearer [redacted] to it", ""},
      {"BearerShort", "Bearer hunter", "Bearer [redacted]",
       "what is no known word is a credential"},
      {"BearerProse", "The bearer token is missing. Bearer authentication required.",
       "The bearer token is missing. Bearer authentication required.", "words, no credentials"},
      {"Challenge", "WWW-Authenticate: Bearer realm=\"x\", error=\"invalid_token\"",
       "WWW-Authenticate: Bearer realm=\"x\", error=\"invalid_token\"", "a challenge is public"},
      {"Basic", "Authorization: Basic dXNlcjpwdw==, then", "Authorization: Basic [redacted], then",
       ""},
      {"BearerWithColon", "refused Bearer: Q7wE5rT3yU1iO9pA4s, sorry",
       "refused Bearer: [redacted], sorry", "written like a header"},
      {"BearerWithColonProse", "Bearer: token is missing; bearer: AuthenticationFailed",
       "Bearer: token is missing; bearer: AuthenticationFailed", "words, no credentials"},
      {"Ntlm", "NTLM TlRMTVNTUAABAAAAB4IIogAAAAA=, then", "NTLM [redacted], then", ""},
      {"Negotiate", "Negotiate YIIKJwYGKwYBBQUCoIIK", "Negotiate [redacted]", ""},
      {"NegotiateProse", "Negotiate AuthenticationFailed; NTLM is off. Negotiate 3 of 4.",
       "Negotiate AuthenticationFailed; NTLM is off. Negotiate 3 of 4.", "words, no credentials"},
      {"NegotiateInAHeader", "authorization: negotiate YIIKJwYGKwYBBQUCoIIK",
       "authorization: negotiate [redacted]", "in lower case behind the header's name"},
      {"NegotiateInLowerCase", "we negotiate 0123456789abcdef0 first",
       "we negotiate 0123456789abcdef0 first", "not looked for"},
      {"AwsSignature",
       "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20130524/us-east-1/s3, SignedHeaders=host, "
       "Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024 is wrong",
       "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20130524/us-east-1/s3, SignedHeaders=host, "
       "Signature=[redacted] is wrong",
       "quoted without the header's name"},
      {"SignatureProse", "signature=serving_default_v2, Signature=invalid, signature='predict'",
       "signature=serving_default_v2, Signature=invalid, signature='predict'",
       "a model's signature is a name"},
      {"SignatureOfAModel", "Input Signature=modelinput1234567 is not known",
       "Input Signature=modelinput1234567 is not known", "too short for one that signs"},
      {"SignatureAlone", "Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe is wrong",
       "Signature=[redacted] is wrong", "in hex"},
      {"InstrumentationKey", "InstrumentationKey=0ed1a2f7-11c3; x",
       "InstrumentationKey=[redacted]; x", ""},
      {"GitHub", "clone with ghp_Q7wE5rT3yU1iO9pA4s failed", "clone with ghp_[redacted] failed",
       "by its prefix"},
      {"GitHubFineGrained", "github_pat_11ABCDEFG0Q7wE5rT3yU_iO9pA4sD6fG8hJ2kL0zXc.",
       "github_pat_[redacted].", ""},
      {"HuggingFace", "hf_aBCdEfGhIjKlMnOpQrStUvWxYz", "hf_[redacted]", "alone"},
      {"TokenWithoutDigits", "hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh", "hf_[redacted]",
       "by its length"},
      {"TokenWithDigitsAtItsEnd", "key=ghp_abcdefghijklmnopqrstuvwxyz0123456789.",
       "key=ghp_[redacted].", "by its length"},
      {"PrefixInAName", "churn_hf_textclassifier16v2, my-hf_textclassifier16v2",
       "churn_hf_textclassifier16v2, my-hf_textclassifier16v2", "part of a name"},
      {"PrefixOfALongName", "hf_a_very_long_name_of_a_text_classifier_of_ours",
       "hf_a_very_long_name_of_a_text_classifier_of_ours", "words"},
      {"PrefixProse", "hf_transformers_model, ghp_short, xhf_0123456789abcdef0123",
       "hf_transformers_model, ghp_short, xhf_0123456789abcdef0123", "names"},
      {"KeyProse", "password is wrong; key: value not found; token: 7",
       "password is wrong; key: value not found; token: 7", "prose"},
      {"BasicProse", "Basic statistics of the basic pricing tier",
       "Basic statistics of the basic pricing tier", "an ordinary word"},
      {"UnknownScheme", "Authorization: Custom one two\nHost: a",
       "Authorization: [redacted]\nHost: a", "the whole line"},
      {"Digest", "Authorization: Digest username=\"u\", response=\"r\"",
       "Authorization: Digest [redacted]\"u\", response=\"r\"", "up to the first quote"},
      {"SharedKey", "Authorization: SharedKey acct:c2lnbmF0dXJl= x",
       "Authorization: SharedKey [redacted] x", ""},
      {"ApiKey", "api-key: 0123456789abcdef\nAccept: */*", "api-key: [redacted]\nAccept: */*", ""},
      {"SubscriptionKey", "Ocp-Apim-Subscription-Key: abc; x",
       "Ocp-Apim-Subscription-Key: [redacted]; x", ""},
      {"TwoWords", "Incorrect API key: abc-def", "Incorrect API key: [redacted]", ""},
      {"DatabaseColumn", "Duplicate value for primary key: id",
       "Duplicate value for primary key: id", "no secret"},
      {"Cookie", "Set-Cookie: a=b; Path=/\r\nDate: now", "Set-Cookie: [redacted]\r\nDate: now", ""},
      {"EscapedLines", R"(Authorization: Bearer abc\r\nCookie: a=b; c=d\r\nHost: h)",
       R"(Authorization: Bearer [redacted]\r\nCookie: [redacted]\r\nHost: h)", "a dump in JSON"},
      {"HeadersInJson", R"({"headers":{"authorization":"Bearer abc","cookie":["a=b","c=d"]}})",
       R"({"headers":{"authorization":"Bearer [redacted]","cookie":["[redacted]","[redacted]"]}})",
       ""},
      {"Python", "{'api_key': 'it\\'s', 'Authorization': 'Basic eDp5', 'n': 1}",
       "{'api_key': '[redacted]', 'Authorization': 'Basic [redacted]', 'n': 1}", ""},
  };
}

std::vector<Case> Shapes() {
  return {
      {"KeyAlone", With("key ", kKey, " is wrong"), "key [redacted] is wrong", "by its shape"},
      {"KeyInPath", With("https://x.example/keys/", kKey, "/a"),
       "https://x.example/keys/[redacted]/a", "the slash before it is base64, too"},
      {"KeyEscaped",
       With("",
            "Zx8Qm1rT0vB7nL4kW%2BeYpA2sDfGhJ%2FkLzXcVbNmQwErTyUiOpAsDfGhJkL3ZxCvB5nM6"
            "qW7eR8tY9uI0oP1aSg%3D%3D",
            ""),
       "[redacted]", "percent-encoded"},
      {"KeyCut", With("Invalid key ", kKey.substr(0, 70), ""), "Invalid key [redacted]",
       "the end of a text that was shortened"},
      {"Jwt", With("token_", kJwt, "."), "token_[redacted].", "three parts, full stop stays"},
      {"JwtHeaderOnly", "eyJhbGciOiJIUzI1NiJ9 alone", "eyJhbGciOiJIUzI1NiJ9 alone",
       "no secret yet"},
      {"UserInfo", "postgres://user:p@ss@db.example:5432/x",
       "postgres://[redacted]@db.example:5432/x", "up to the last at sign"},
      {"UserInfoOfIPv6", "http://u:p@[::1]:80/", "http://[redacted]@[::1]:80/", ""},
      {"UserInfoEncoded", "https%3A%2F%2Fu%3Ap%40h.example%2F",
       "https%3A%2F%2F[redacted]%40h.example%2F", ""},
      {"UserInfoEscaped", R"("https:\/\/u:p@h.example\/a@b")",
       R"("https:\/\/[redacted]@h.example\/a@b")", "an at sign in the path is none"},
      {"UserInfoCut", "connect to https://user:S3cr3tCanaryX9", "connect to https://[redacted]",
       "the text ends before the at sign"},
      {"UserInfoCutInJson", R"({"error": "connect to https://user:S3cr3tCanaryX9"})",
       R"({"error": "connect to https://[redacted]"})", "the string ends before it"},
      {"UserInfoCutWithDigitsInFront", "amqp://user:12ab", "amqp://[redacted]", "no port"},
      {"UserInfoCutOfDigits", "amqp://user:1234567", "amqp://[redacted]", "too long for a port"},
      {"UserInfoCutByPunctuation", "amqp://user:!ab", "amqp://[redacted]", ""},
      {"Jdbc", "jdbc:sqlserver://h:1433;user=u;password=p@ss:w/rd;encrypt=true",
       "jdbc:sqlserver://h:1433;user=u;password=[redacted];encrypt=true",
       "the at sign is the password's"},
      {"QueryKey", "https://m.example/v1?key=AIzaX&alt=json",
       "https://m.example/v1?key=[redacted]&alt=json", ""},
      {"FunctionKey", "https://f.example/api/score?code=Ab3dEfGhIjKlMnOpQrStUv%3D%3D",
       "https://f.example/api/score?code=[redacted]", ""},
      {"ErrorCode", "https://h.example/help?code=BadArgument",
       "https://h.example/help?code=BadArgument", "a word"},
  };
}

std::vector<Case> Json() {
  return {
      {"Nested", R"({"m":"{\"password\":\"a\\\"b\",\"n\":1}"})",
       R"({"m":"{\"password\":\"[redacted]\",\"n\":1}"})", "JSON in a JSON string"},
      {"NestedTwice", R"("{\"m\":\"{\\\"password\\\":\\\"a\\\\\\\"b\\\"}\"}")",
       R"("{\"m\":\"{\\\"password\\\":\\\"[redacted]\\\"}\"}")", "and once more"},
      {"UnicodeQuotes", R"("{\u0022password\u0022:\u0022a b\u0022,\u0022n\u0022:1}")",
       R"("{\u0022password\u0022:\u0022[redacted]\u0022,\u0022n\u0022:1}")", ""},
      {"EscapedBackslash", R"({"password":"a\\","n":1})", R"({"password":"[redacted]\\","n":1})",
       "the quote after an escaped backslash closes"},
      {"EscapedQuote", R"({"password":"a\"b","n":1})", R"({"password":"[redacted]","n":1})", ""},
      {"Entities", "{&quot;password&quot;:&quot;a b&quot;,&quot;n&quot;:1}",
       "{&quot;password&quot;:&quot;[redacted]&quot;,&quot;n&quot;:1}", ""},
      {"Percent", "%7B%22password%22%3A%22a%20b%22%7D", "%7B%22password%22%3A%22[redacted]%22%7D",
       ""},
      {"Pretty", "{\n  \"primaryKey\" :\n    \"abc\"\n}",
       "{\n  \"primaryKey\" :\n    \"[redacted]\"\n}", ""},
      {"Literals", R"({"password":null,"secret":false,"token":""})",
       R"({"password":null,"secret":false,"token":""})", "nothing there to hide"},
      {"Cut", R"({"password":"abc)", R"({"password":"[redacted])", "the end of a cut body"},
      {"Token", R"({"token":"abc","pageToken":"p1"})", R"({"token":"[redacted]","pageToken":"p1"})",
       ""},
      {"TokenInProse", "Unexpected token: } at position 5", "Unexpected token: } at position 5",
       ""},
  };
}

std::vector<Case> Untouched() {
  const std::vector<std::string> texts = {
      "",
      "Input Data Error. Input data are inconsistent with schema.",
      "The request 5c1a1f0e-7a52-4b0e-9a3c-1d2e3f405162 failed at 2016-11-16T10:11:12.345Z.",
      "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "sha512 ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
      "digest: n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFBDwCgg=",
      "Blob container/folder/subfolder/2016/11/16/part-00000-of-00010/predictions/output1.csv",
      "https://ussouthcentral.services.azureml.net/workspaces/0123456789abcdef0123456789abcdef/"
      "services/fedcba9876543210fedcba9876543210/execute?api-version=2.0&details=true",
      "https://acct.blob.core.windows.net/container/rows.csv was not found",
      "The password is wrong. No api key was given. The key must have 88 characters.",
      "Library/ModuleExecutionError: 10% of 200 rows failed (x=1; y=2), see C:\\temp\\new",
      R"({"error":{"code":"BadArgument","message":"m","details":[{"code":"InvalidBlob"}]}})",
      "The string has no 'AccountKey=' in it, and no 'sig='. Nor has \"Password=\".",
      "Nor has it `SharedAccessKey=`, `sig=` or `api-key:`, says the page.",
      "connect to http://127.0.0.1:8080",
      "(http://[::1]:8080) and http://[::1], http://host:80; http://host:443.",
      "dial http://host:8080: refused, jdbc:sqlserver://h:1433;database=d",
      "mail ops@example.com or see http://example.com/a@b",
      "taskStatusCode=400. "
      "{\"Exception\":{\"ErrorId\":\"LibraryException\",\"ErrorCode\":\"1000\"}}",
      "엔드포인트 churn 의 최대 동시 호출 수는 20 입니다: 나중에 다시 시도하세요",
      "Experiment/Datasets/TrainingRun2016/ChurnModelVersion12/OutputPort1/ScoredDatasetPart0001",
  };
  std::vector<Case> cases;
  for (const std::string& text : texts) cases.push_back({"Untouched", text, text, "no secret"});
  return cases;
}

std::vector<Case> AmbiguousTexts() {
  return {
      {"NameBehindPercent", "rate 5%AccountKey=abc;", "rate 5%AccountKey=[redacted];",
       "%Ac is no ASCII character, so the name is whole"},
      {"NameBehindPercentTwice", "5%25AccountKey=abc;", "5%25AccountKey=[redacted];",
       "an encoded percent sign, then the name"},
      {"HiddenEnd", "?a=\xFFry=x&si:%25Password==?=sig=si=1 x",
       "?a=\xFFry=x&si:%25Password=[redacted] x", "the first look hides a '?'"},
      {"HiddenEndOfPassword", "pwd=a e {\"bCookie:P\x03i;%22}#38://;%2eu00sig=s",
       "pwd=[redacted];%2eu00sig=s", "the cookie holds what ends the password"},
  };
}

std::vector<Case> AllCases() {
  std::vector<Case> all;
  for (const auto& part : {Signatures(), ConnectionStrings(), Headers(), Shapes(), Json(),
                           AmbiguousTexts(), Untouched()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

TEST(Redact, EachCaseComesOutAsWritten) {
  for (const Case& c : AllCases()) EXPECT_EQ(Redact(c.text), c.redacted) << c.name << ": " << c.why;
}

TEST(Redact, TwiceIsOnce) {
  for (const Case& c : AllCases()) EXPECT_EQ(Redact(c.redacted), c.redacted) << c.name;
}

TEST(Redact, TwiceIsOnceWhereverTheTextIsCut) {
  for (const Case& c : AllCases()) {
    for (std::size_t cut = 0; cut <= c.text.size(); ++cut) {
      const std::string once = Redact(std::string_view(c.text).substr(0, cut));
      ASSERT_EQ(Redact(once), once) << c.name << " cut at " << cut << " of " << c.text;
    }
  }
}

TEST(Redact, HeadersThatAreNeverShown) {
  for (std::string_view name :
       {"authorization", "proxy-authorization", "cookie", "set-cookie", "api-key", "x-api-key",
        "ocp-apim-subscription-key", "x-functions-key", "x-ms-metaanalytics-authorizationtoken",
        "x-auth-token", "x-goog-api-key", "x-amz-security-token", "client-secret", "token"}) {
    EXPECT_TRUE(IsSecretHeader(name)) << name;
  }
  for (std::string_view name :
       {"", "content-type", "x-ms-request-id", "idempotency-key", "surrogate-key", "etag", "date",
        "x-ms-continuation-token", "www-authenticate", "retry-after", "x-ms-error-code"}) {
    EXPECT_FALSE(IsSecretHeader(name)) << name;
  }
}

}  // namespace
}  // namespace scoregate::redact
