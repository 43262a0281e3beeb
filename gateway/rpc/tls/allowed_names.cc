#include "gateway/rpc/tls/allowed_names.h"

#include <algorithm>

namespace scoregate::rpc {
namespace {

bool IsUri(std::string_view text) {
  return text.find("://") != text.npos;
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool EqualInAnyCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

bool FitsUri(std::string_view rule, std::string_view name) {
  if (!rule.ends_with("/*")) return rule == name;
  std::string_view above = rule.substr(0, rule.size() - 1);
  return name.size() > above.size() && name.starts_with(above);
}

bool FitsDns(std::string_view rule, std::string_view name) {
  if (!rule.starts_with("*.")) return EqualInAnyCase(rule, name);
  std::size_t dot = name.find('.');
  return dot != name.npos && dot > 0 && EqualInAnyCase(rule.substr(1), name.substr(dot));
}

bool Fits(std::string_view rule, const CertificateName& name) {
  if (name.text.find('*') != name.text.npos) return false;
  switch (name.kind) {
    case CertificateName::Kind::kDns:
      return !IsUri(rule) && FitsDns(rule, name.text);
    case CertificateName::Kind::kUri:
      return IsUri(rule) && FitsUri(rule, name.text);
  }
  return false;
}

bool IsDnsCharacter(char c) {
  char lower = Lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

}  // namespace

std::optional<std::string> WhyNoNameRule(std::string_view rule) {
  if (rule.empty()) return "the name is empty";
  if (IsUri(rule)) {
    std::string_view exact = rule.ends_with("/*") ? rule.substr(0, rule.size() - 1) : rule;
    if (exact.find('*') == exact.npos) return std::nullopt;
    return "a * in a URI stands only at its end, after a slash";
  }
  std::string_view exact = rule.starts_with("*.") ? rule.substr(2) : rule;
  if (exact.find('*') != exact.npos) return "a * in a DNS name stands only for its first label";
  if (exact.empty() || !std::ranges::all_of(exact, IsDnsCharacter)) {
    return "this is neither a DNS name nor a URI";
  }
  return std::nullopt;
}

bool IsNameAllowed(std::span<const std::string> rules, std::span<const CertificateName> names) {
  return std::ranges::any_of(rules, [&](const std::string& rule) {
    return std::ranges::any_of(names,
                               [&](const CertificateName& name) { return Fits(rule, name); });
  });
}

}  // namespace scoregate::rpc
