// Which names have secrets for values, and how their values end.
#pragma once

#include <string_view>

namespace scoregate::redact {

/// What a name says of the value after it.
enum class NameKind {
  kPlain,           ///< Nothing secret.
  kKey,             ///< A key or token without spaces: AccountKey, api-key, access_token.
  kSignature,       ///< A whole shared access signature, `&` included: SasBlobToken.
  kPassword,        ///< May hold spaces and punctuation: Password, Pwd.
  kAuthorization,   ///< A scheme, then credentials.
  kCookie,          ///< Everything up to the end of the line.
  kWeak,            ///< Secret where "=" follows, or where name and value are quoted: token, sig.
  kQuery,           ///< Secret in the query of a URL only: key, signature.
  kQueryCode,       ///< As kQuery, where the value looks like a key: code.
  kBearer,          ///< As kWeak, or before what begins like a key: "Bearer: ...".
  kQuerySignature,  ///< As kQuery, or after "=" before what begins like a key: AWS's Signature.
  kLikeKey,         ///< Secret where what follows begins like a key.
};

/// Longest name that is looked at, in characters; of a longer one the end decides.
inline constexpr std::size_t kMaxNameCharacters = 64;

/// False where no name that ends with these two characters names a secret, which is so for most
/// names: a look at two characters spares the look-up.
bool MayEndSecretName(char before_last, char last);

/// What a name of any case, with '-', '_', '.' or spaces between its words, says. Prefixes do not
/// matter: AZURE_STORAGE_ACCOUNT_KEY is an AccountKey.
NameKind KindOfName(std::string_view name);

/// Whether two words before a separator, such as "API key:", name a secret. "Primary key:" does
/// not: databases say it of columns.
NameKind KindOfTwoWords(std::string_view words);

/// Whether a query parameter (lower case) belongs to a shared access signature, `sig` apart.
bool IsSasParameter(std::string_view lower_name);

/// Whether a host (of any case) belongs to Azure Storage, where a query may always be a secret.
bool IsStorageHost(std::string_view host);

/// Whether a word (lower case) after "Bearer" is prose or part of a challenge and no credential.
bool IsWordAfterBearer(std::string_view lower_word);

}  // namespace scoregate::redact
