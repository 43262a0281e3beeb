// Random secrets, planted in every context and under every escape, never survive.
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/redact/redact.h"

namespace scoregate::redact {
namespace {

using Random = std::mt19937;
using Escape = std::string (*)(std::string_view);

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kHex = "0123456789ABCDEF";
// So much of a secret in a row gives it away.
constexpr std::size_t kWindow = 5;

std::string FromAlphabet(Random& random, std::string_view alphabet, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
  return text;
}

std::string Printable(std::string_view without) {
  std::string alphabet;
  for (char c = 0x21; c < 0x7F; ++c) {
    if (without.find(c) == std::string_view::npos) alphabet += c;
  }
  return alphabet;
}

// Escapes.

std::string Plain(std::string_view text) {
  return std::string(text);
}

std::string Percent(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    const bool unreserved =
        std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == '~';
    if (unreserved) {
      escaped += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      escaped += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return escaped;
}

std::string JsonText(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// As a writer that also fears HTML does it.
std::string CarefulJsonText(std::string_view text) {
  constexpr std::string_view kFeared = "\"'<>&+`=/";
  std::string escaped;
  for (char c : text) {
    if (kFeared.find(c) != std::string_view::npos) {
      const auto byte = static_cast<unsigned char>(c);
      escaped += {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
    } else if (c == '\\') {
      escaped += "\\\\";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string Html(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

struct Wrapping {
  std::string_view name;
  std::vector<Escape> escapes;
};

const std::vector<Wrapping>& Wrappings() {
  static const std::vector<Wrapping> wrappings = {
      {"plain", {}},
      {"json", {JsonText}},
      {"json in json", {JsonText, JsonText}},
      {"three times json", {JsonText, JsonText, JsonText}},
      {"careful json", {CarefulJsonText}},
      {"careful json in json", {CarefulJsonText, JsonText}},
      {"percent", {Percent}},
      {"percent of percent", {Percent, Percent}},
      {"percent of json", {JsonText, Percent}},
      {"json of percent", {Percent, JsonText}},
      {"html", {Html}},
      {"html of json", {JsonText, Html}},
  };
  return wrappings;
}

struct Context {
  std::string_view name;
  std::string (*secret)(Random&);
  std::string_view before;
  std::string_view after;
  // How the context itself has to spell the secret.
  Escape spell;
};

std::string StorageKey(Random& random) {
  return FromAlphabet(random, kBase64, 86) + "==";
}
std::string Signature(Random& random) {
  return FromAlphabet(random, kBase64, 43) + "=";
}
std::string ApiKey(Random& random) {
  return FromAlphabet(random, "0123456789abcdefghijklmnopqrstuvwxyz", 32);
}
std::string Password(Random& random) {
  static const std::string alphabet = Printable(";\"'`<>\\&%");
  return FromAlphabet(random, alphabet, 8 + random() % 12);
}
// Ends in a letter: a backslash at the end would stay, as part of the spelling of the quote after
// it.
std::string AnyPassword(Random& random) {
  static const std::string alphabet = Printable("") + " ";
  return "p" + FromAlphabet(random, alphabet, 8 + random() % 12) + "d";
}
std::string Token(Random& random) {
  constexpr std::string_view kUrlBase64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return "eyJ" + FromAlphabet(random, kUrlBase64, 20) + ".eyJ" +
         FromAlphabet(random, kUrlBase64, 40) + "." + FromAlphabet(random, kUrlBase64, 43);
}

constexpr auto kContexts = std::to_array<Context>({
    {"account key", StorageKey, "AccountName=a;AccountKey=", ";EndpointSuffix=b", Plain},
    {"account key at the end", StorageKey, "AccountName=a;AccountKey=", "", Plain},
    {"shared access key", Signature, "SharedAccessKeyName=n;SharedAccessKey=", "", Plain},
    {"key alone", StorageKey, "the key ", " was refused", Plain},
    {"key in json", StorageKey, R"({"PrimaryKey":")", R"(","a":1})", Plain},
    {"key under an innocent name", StorageKey, R"({"value": ")", R"("})", Plain},
    {"short key in json", ApiKey, R"({"api_key": ")", R"("})", Plain},
    {"api key header", ApiKey, "api-key: ", "\r\nAccept: x", Plain},
    {"bearer header", StorageKey, "Authorization: Bearer ", "\r\nAccept: x", Plain},
    {"bearer in prose", ApiKey, "with Bearer ", " the call failed", Plain},
    {"basic header", Signature, "authorization: Basic ", "\n", Plain},
    {"authorization in json", Signature, R"({"Authorization":"Custom )", R"("})", Plain},
    {"cookie", ApiKey, "Cookie: a=1; session=", "\r\nAccept: x", Plain},
    {"sas", Signature, "https://a.blob.core.windows.net/c/b.csv?sv=2015&sr=b&sig=", "&se=2016",
     Percent},
    {"sas elsewhere", Signature, "https://a.example/b?sv=1&sig=", "", Percent},
    {"raw sas", Signature, "?sv=1&se=2&sig=", " is no good", Plain},
    {"sas token in json", Signature, R"({"SasBlobToken":"?sv=1&sr=b&sig=)", R"(&se=2"})", Percent},
    {"query key", ApiKey, "https://a.example/v1?alt=json&key=", "&x=1", Plain},
    {"password", Password, "Server=s;User Id=u;Password=", ";Database=d", Plain},
    {"first password", Password, "Pwd=", ";Server=s", Plain},
    {"password in json", AnyPassword, R"({"user":"u","password":")", R"(","n":1})", JsonText},
    {"password in xml", AnyPassword, "<Password>", "</Password>", Html},
    {"user information", AnyPassword, "amqp://user:", "@host.example/v", Percent},
    {"user information that is cut", AnyPassword, "amqp://user:", "\n", Percent},
    {"json web token", Token, "token is ", " here", Plain},
});

std::string Prose(Random& random) {
  constexpr auto kWords = std::to_array<std::string_view>({"The",
                                                           "call",
                                                           "to",
                                                           "endpoint",
                                                           "churn",
                                                           "failed.",
                                                           "Input",
                                                           "data:",
                                                           "row",
                                                           "17",
                                                           "(see",
                                                           "log)",
                                                           "status=400",
                                                           "in",
                                                           "https://a.example/x?y=z",
                                                           "a@b.example",
                                                           "\"quoted\"",
                                                           "값",
                                                           "container/folder/file.csv",
                                                           "it's",
                                                           "100%",
                                                           "C:\\dir"});
  std::string prose;
  for (std::size_t i = random() % 6; i > 0; --i) {
    prose += kWords[random() % kWords.size()];
    prose += ' ';
  }
  return prose;
}

// Whether any window of the secret stands in the text that does not stand in the innocent part.
bool Survives(std::string_view secret, std::string_view text, std::string_view innocent) {
  for (std::size_t i = 0; i + kWindow <= secret.size(); ++i) {
    const std::string_view window = secret.substr(i, kWindow);
    const bool found = text.find(window) != std::string_view::npos;
    if (found && innocent.find(window) == std::string_view::npos) return true;
  }
  return false;
}

// Escapes look the same wherever they stand.
constexpr std::string_view kEscapesThemselves =
    R"(\u0022\u0026\u0027\u002B\u002F\u003C\u003D\u003E\u0060 \\u0022\\u0026\\u0027\\u002B\\u002F)"
    R"(\\u003C\\u003D\\u003E\\u0060 &amp;&lt;&gt;&quot;&#39; \\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\)"
    R"(\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\" %5C%5C%5C%22 %255C%255C%255C%2522 \\\\\\\\&quot;)"
    R"(%5C%5C%5C%5C%5C%255C%255C%255C%255C)";

TEST(Canary, NoSecretSurvives) {
  constexpr int kRounds = 60;
  Random random(110);
  for (const Context& context : kContexts) {
    for (const Wrapping& wrapping : Wrappings()) {
      for (int round = 0; round < kRounds; ++round) {
        std::string secret = context.spell(context.secret(random));
        std::string before(context.before);
        std::string after(context.after);
        for (Escape escape : wrapping.escapes) {
          secret = escape(secret);
          before = escape(before);
          after = escape(after);
        }
        before = Prose(random) + before;
        after += " " + Prose(random);
        const std::string text = before + secret + after;
        const std::string innocent =
            before + std::string(kRedacted) + after + std::string(kEscapesThemselves);
        const std::string redacted = Redact(text);
        ASSERT_FALSE(Survives(secret, redacted, innocent))
            << context.name << ", " << wrapping.name << "\n  " << text << "\n  " << redacted;
      }
    }
  }
}

TEST(Canary, TheTestSeesASecretThatSurvives) {
  EXPECT_TRUE(Survives("0123456789", "so 34567 stands here", ""));
  EXPECT_FALSE(Survives("0123456789", "so 3456 stands here", ""));
}

}  // namespace
}  // namespace scoregate::redact
