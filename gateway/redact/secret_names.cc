// The lists of names. Each is short; every look-up is bounded by kMaxNameCharacters.
#include "gateway/redact/secret_names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "gateway/redact/redact.h"
#include "gateway/redact/short_text.h"

namespace scoregate::redact {
namespace {

// A name is secret where it ends so, words run together.
constexpr auto kSuffixes = std::to_array<std::pair<std::string_view, NameKind>>({
    {"accountkey", NameKind::kKey},
    {"sharedaccesskey", NameKind::kKey},
    {"sharedaccesssignature", NameKind::kSignature},
    {"accesskey", NameKind::kKey},
    {"apikey", NameKind::kKey},
    {"subscriptionkey", NameKind::kKey},
    {"functionskey", NameKind::kKey},
    {"instrumentationkey", NameKind::kKey},
    {"masterkey", NameKind::kKey},
    {"primarykey", NameKind::kKey},
    {"secondarykey", NameKind::kKey},
    {"secretkey", NameKind::kKey},
    {"privatekey", NameKind::kKey},
    {"signingkey", NameKind::kKey},
    {"encryptionkey", NameKind::kKey},
    {"sessionkey", NameKind::kKey},
    {"saskey", NameKind::kKey},
    {"secret", NameKind::kKey},
    {"accesstoken", NameKind::kKey},
    {"refreshtoken", NameKind::kKey},
    {"idtoken", NameKind::kKey},
    {"authtoken", NameKind::kKey},
    {"authorizationtoken", NameKind::kKey},
    {"bearertoken", NameKind::kKey},
    {"securitytoken", NameKind::kKey},
    {"sessiontoken", NameKind::kKey},
    {"sastoken", NameKind::kSignature},
    {"sasblobtoken", NameKind::kSignature},
    {"csrftoken", NameKind::kKey},
    {"xsrftoken", NameKind::kKey},
    {"clientassertion", NameKind::kKey},
    {"amzsignature", NameKind::kKey},
    {"googsignature", NameKind::kKey},
    {"password", NameKind::kPassword},
    {"passwd", NameKind::kPassword},
    {"passphrase", NameKind::kPassword},
    {"pwd", NameKind::kPassword},
    {"authorization", NameKind::kAuthorization},
    {"cookie", NameKind::kCookie},
});

// A name is secret where it is just this.
constexpr auto kWholeNames = std::to_array<std::pair<std::string_view, NameKind>>({
    {"token", NameKind::kWeak},
    {"sig", NameKind::kWeak},
    {"bearer", NameKind::kBearer},
    {"key", NameKind::kQuery},
    {"signature", NameKind::kQuerySignature},
    {"code", NameKind::kQueryCode},
});

constexpr auto kSecretHeaders = std::to_array<std::string_view>({
    "auth",
    "key",
    "token",
    "x-auth",
    "x-identity-header",
    "x-key",
    "x-token",
    "x-zumo-auth",
});

// Parameters of service, account and user delegation signatures, and of Service Bus (skn).
constexpr auto kSasParameters = std::to_array<std::string_view>({
    "sv",  "se",  "st",    "sp",    "sr",  "ss",  "srt", "spr",   "sip",   "si",   "skn",
    "ske", "skt", "skoid", "sktid", "sks", "skv", "sdd", "saoid", "suoid", "scid", "rscd",
});

constexpr auto kStorageHosts = std::to_array<std::string_view>({
    ".core.windows.net",
    ".core.chinacloudapi.cn",
    ".core.usgovcloudapi.net",
    ".core.cloudapi.de",
    ".storage.azure.net",
});

constexpr auto kWordsAfterBearer = std::to_array<std::string_view>({
    "a",
    "access",
    "and",
    "are",
    "auth",
    "authentication",
    "authorization",
    "can",
    "challenge",
    "credential",
    "credentials",
    "error",
    "expired",
    "for",
    "format",
    "from",
    "has",
    "header",
    "headers",
    "in",
    "invalid",
    "is",
    "key",
    "keys",
    "may",
    "method",
    "missing",
    "must",
    "not",
    "of",
    "on",
    "only",
    "or",
    "prefix",
    "realm",
    "required",
    "scheme",
    "schemes",
    "scope",
    "should",
    "the",
    "to",
    "token",
    "tokens",
    "type",
    "was",
    "with",
    "authorization_uri",
    "error_description",
    "resource_id",
    "client_id",
    "trusted_issuers",
});

constexpr bool JoinsWords(char c) {
  return c == '-' || c == '_' || c == '.' || c == ' ';
}

// The end of the name in lower case, words run together.
ShortText RunTogether(std::string_view name) {
  if (name.size() > kMaxNameCharacters) name.remove_prefix(name.size() - kMaxNameCharacters);
  ShortText joined;
  for (char c : name) {
    if (!JoinsWords(c)) joined.Add(LowerCase(c));
  }
  return joined;
}

// What a character means at the end of a name: one of 26 letters in any case, what joins words, or
// nothing that a secret's name ends with.
constexpr std::size_t kLetters = 26;
constexpr std::size_t kJoint = kLetters;
constexpr std::size_t kOther = kJoint + 1;
constexpr std::array<std::uint8_t, 256> kEndCharacters = [] {
  std::array<std::uint8_t, 256> characters{};
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char c = LowerCase(static_cast<char>(i));
    const std::size_t letter = IsLower(c) ? static_cast<std::size_t>(c - 'a') : kOther;
    characters[i] = static_cast<std::uint8_t>(JoinsWords(c) ? kJoint : letter);
  }
  return characters;
}();

std::size_t EndCharacter(char c) {
  return kEndCharacters[static_cast<unsigned char>(c)];
}

// For each last character, those before it with which one of the names above may end: two letters
// of a name, or whatever stands before or behind what joins words.
constexpr std::array<std::uint32_t, kOther + 1> kEndings = [] {
  std::array<std::uint32_t, kOther + 1> endings{};
  auto add = [&](std::string_view name) {
    const std::size_t last = name.size() - 1;
    endings[static_cast<std::size_t>(name[last] - 'a')] |= std::uint32_t{1}
                                                           << (name[last - 1] - 'a');
  };
  for (const auto& entry : kSuffixes) add(entry.first);
  for (const auto& entry : kWholeNames) add(entry.first);
  for (std::uint32_t& before : endings) before |= std::uint32_t{1} << kJoint;
  endings[kJoint] = ~std::uint32_t{0};
  return endings;
}();

template <typename List>
bool Contains(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

NameKind KindBySuffix(std::string_view joined) {
  for (const auto& [suffix, kind] : kSuffixes) {
    if (joined.ends_with(suffix)) return kind;
  }
  return NameKind::kPlain;
}

}  // namespace

bool MayEndSecretName(char before_last, char last) {
  return (kEndings[EndCharacter(last)] >> EndCharacter(before_last) & 1) != 0;
}

NameKind KindOfName(std::string_view name) {
  const ShortText joined = RunTogether(name);
  for (const auto& [whole, kind] : kWholeNames) {
    if (joined.view() == whole) return kind;
  }
  return KindBySuffix(joined.view());
}

NameKind KindOfTwoWords(std::string_view words) {
  const ShortText short_text = RunTogether(words);
  const std::string_view joined = short_text.view();
  if (joined.ends_with("primarykey") || joined.ends_with("secondarykey")) return NameKind::kPlain;
  return KindBySuffix(joined);
}

bool IsSasParameter(std::string_view lower_name) {
  return Contains(kSasParameters, lower_name);
}

bool IsStorageHost(std::string_view host) {
  host = host.substr(0, host.find(':'));
  return std::ranges::any_of(kStorageHosts, [&](std::string_view suffix) {
    if (host.size() < suffix.size()) return false;
    return std::ranges::equal(host.substr(host.size() - suffix.size()), suffix, {}, LowerCase);
  });
}

bool IsWordAfterBearer(std::string_view lower_word) {
  return Contains(kWordsAfterBearer, lower_word);
}

bool IsSecretHeader(std::string_view lower_case_name) {
  if (Contains(kSecretHeaders, lower_case_name)) return true;
  return KindBySuffix(RunTogether(lower_case_name).view()) != NameKind::kPlain;
}

}  // namespace scoregate::redact
