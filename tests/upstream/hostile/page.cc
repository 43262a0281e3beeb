#include "tests/upstream/hostile/page.h"

#include <map>
#include <utility>

#include "gateway/upstream/exchange/wording.h"
#include "tests/upstream/hostile/play.h"

namespace scoregate::upstream::hostile {
namespace {

constexpr std::size_t kMaxSentenceBytes = 130;

constexpr const char* kHead =
    R"(# What a bad upstream or a bad network does to a call
Written by a test from the tables in `tests/upstream/hostile`; do not edit. Every row here is played against the real client on each test run; names, certificates and proxies by `names_test.cc` and `tls_test.cc` in `tests/upstream`.

Look for the sentence of the failed call (`Status.message`, `scorectl`'s report, `GetErrorReport`) in the first table; it says what to look at. The tables behind it list everything that was tried. PLACE stands for host and port of the endpoint.

- **caller gets**: code and reason of the `google.rpc.Status` of a `Score`; `OK` where a score comes back.
- **retry**: whether a `RetryInfo` is there; "if idempotent" means for calls that may be made twice (`Score`, unless the endpoint says otherwise).
- **connection**: whether the next call may use it. After anything odd it is closed, so that no call is ever given the answer of another.

)";

constexpr const char* kNetworkHead =
    R"(
## Faults of the network
The eight toxics of Toxiproxy in six phases of a call. `patient`: the caller has time enough. `with a deadline`: it ends before the toxic is through.

| toxic | phase | patient | with a deadline |
|---|---|---|---|
)";

/// What the sentences of one kind mean to whoever runs the upstream. In the order of the page.
struct Symptom {
  const char* outcome;  ///< How the outcome begins.
  const char* look_at;
};
constexpr Symptom kSymptoms[] = {
    {"response_invalid: the answer of PLACE was refused: it does not begin with HTTP/",
     "The port speaks something else: another service, TLS without `https://`, or left-overs of an "
     "earlier answer."},
    {"response_invalid: the answer of PLACE has a content coding",
     "The upstream, or a proxy before it, compresses although the request says `accept-encoding: "
     "identity`. Switch that off for this route."},
    {"response_invalid: the answer of PLACE was refused: it switches protocols",
     "The upstream upgrades unasked."},
    {"response_invalid: the answer of PLACE was refused",
     "The upstream, or a proxy before it, writes HTTP that two readers would read differently. The "
     "sentence names the line; capture one answer with `curl -v --raw`."},
    {"response_too_large: the head of the answer of PLACE is over the limit",
     "Headers of the answer over `limits.max_header_bytes`: cookies and traces mostly."},
    {"response_too_large: the body of the answer of PLACE is over the limit",
     "The score is larger than `limits.max_response_bytes`."},
    {"reset_after_send: the connection to PLACE broke before the answer",
     "The upstream took the request and closed: it crashed, was scaled down, or its own idle or "
     "request time is shorter than the call."},
    {"reset_after_send: the connection to PLACE broke inside the answer",
     "The upstream, or a proxy before it, was cut off while it answered: a crash, a limit of time "
     "or size, a length that lies."},
    {"reset_before_send", "The connection broke before a byte of the request was sent."},
    {"timeout: the time for the call ran out while waiting for the answer",
     "The upstream is slow, or its answer never ends. The sentence ends with the limit that was "
     "over: `after 3 s, the endpoint's timeout` (the key `timeout`) or `after 1 s, the caller's "
     "deadline`."},
    {"timeout: the time for the call ran out while making a TLS handshake",
     "The upstream accepts connections and does not speak."},
    {"timeout: the time for the call ran out while connecting",
     "Packets to the upstream are dropped: a firewall, a wrong address."},
    {"tls: no TLS handshake with PLACE within",
     "The upstream accepts connections and does not speak. `connect_timeout` was over."},
    {"tls: the TLS handshake with PLACE failed: the server there speaks clear text",
     "`https://` in `url`, and a port without TLS: write `http://`, or the port for TLS."},
    {"tls: the TLS handshake with PLACE failed",
     "The other side does not speak TLS, or not with us: the port, the TLS versions, the name."},
    {"connect: could not connect to PLACE",
     "Nothing listens there, or a firewall says no. `within` in place of a reason: packets are "
     "dropped."},
};

/// What no row here plays, in the client's own words; names_test.cc and tls_test.cc do.
struct Elsewhere {
  http::FaultKind kind;
  std::string sentence;
  const char* look_at;
};
std::vector<Elsewhere> PlayedElsewhere() {
  using http::FaultKind;
  return {
      {FaultKind::kNameNotFound, wording::NameNotFound("HOST"),
       "The host in `url` (or in `proxy`) is misspelled, or known only in another network or "
       "namespace: `getent hosts HOST` where the gateway runs."},
      {FaultKind::kNameLookupFailed, wording::NameLookupFailed("HOST", ""),
       "The name server did not answer, or said \"try again\": `/etc/resolv.conf` where the "
       "gateway runs, and what it names. `within` in place of a reason: it took too long."},
      {FaultKind::kTlsUntrusted, wording::TlsUntrusted("PLACE", ""),
       "The sentence ends with why: it has expired, is for another name (`tls.server_name`), or "
       "its authority is not known here (`tls.ca_file`)."},
      {FaultKind::kTlsFailed, wording::TlsUnusable("PLACE", ""),
       "A file of `tls` was gone or broken when the endpoint was first called: `scoregate check` "
       "names it."},
      {FaultKind::kProxyRefused, wording::TunnelRefused("PROXY", "PLACE", 407),
       "The proxy wants credentials, or others (`proxy_credentials`)."},
      {FaultKind::kProxyRefused, wording::TunnelRefused("PROXY", "PLACE", 403),
       "The proxy forbids the way; whoever runs it must allow PLACE. A status from 500 on, or 429, "
       "may pass, and has a RetryInfo."},
      {FaultKind::kConnectFailed, wording::TunnelBroken("PROXY", "PLACE", {}),
       "`proxy` is no HTTP proxy, or it broke; the sentence ends with how."},
  };
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (c == '|') {
      line += "\\|";
    } else if (byte < 0x20 || byte >= 0x7f) {
      line += '?';
    } else {
      line += c;
    }
    if (line.size() > kMaxSentenceBytes) return line + "…";
  }
  return line;
}

const Symptom* SymptomOf(std::string_view outcome) {
  for (const Symptom& symptom : kSymptoms) {
    if (outcome.starts_with(symptom.outcome)) return &symptom;
  }
  return nullptr;
}

bool IsAnswer(const std::string& outcome) {
  return outcome.find_first_not_of("0123456789") == 3;
}

// "response_invalid: sentence" is told as the sentence.
std::string Told(const std::string& outcome) {
  return IsAnswer(outcome) ? outcome : outcome.substr(outcome.find(": ") + 2);
}

std::vector<const Expected*> EveryExpected(const std::vector<Family>& families,
                                           const std::vector<NetworkRow>& network) {
  std::vector<const Expected*> all;
  for (const Family& family : families) {
    for (const Shape& shape : family.shapes) all.push_back(&shape.expected);
  }
  for (const NetworkRow& row : network) {
    all.push_back(&row.patient);
    all.push_back(&row.hurried);
  }
  return all;
}

/// `begin`: how the sentence begins.
std::string SymptomRow(const std::string& begin, const std::string& status, Retry retry,
                       const char* look_at) {
  return "| " + begin + " | " + status + " | " + RetryName(retry) + " | " + look_at + " |\n";
}

std::string SymptomTable(const std::vector<const Expected*>& every) {
  std::map<const Symptom*, const Expected*> seen;
  for (const Expected* expected : every) {
    if (const Symptom* symptom = SymptomOf(expected->outcome)) seen.emplace(symptom, expected);
  }
  std::string text =
      "## By what the caller reads\n| sentence begins with | caller gets | retry | look at |\n"
      "|---|---|---|---|\n";
  for (const auto& [symptom, expected] : seen) {
    text += SymptomRow(Told(symptom->outcome), expected->status, expected->retry, symptom->look_at);
  }
  for (const Elsewhere& fault : PlayedElsewhere()) {
    Found found;
    ShowToCaller(http::Fault(fault.kind, fault.sentence), found);
    // What follows is the reason, which the page does not know.
    text += SymptomRow(fault.sentence.substr(0, fault.sentence.find(": ")), found.status,
                       found.retry, fault.look_at);
  }
  return text;
}

std::string NetworkCell(const Expected& expected) {
  if (IsAnswer(expected.outcome)) return expected.status;
  std::string said = Told(expected.outcome);
  while (said.ends_with(' ') || said.ends_with(':')) said.pop_back();
  return said + ": " + expected.status + ", retry " + RetryName(expected.retry);
}

std::string NetworkTable(const std::vector<NetworkRow>& rows) {
  std::string text = kNetworkHead;
  for (const NetworkRow& row : rows) {
    text += "| " + ToxicName(row.toxic) + " | " + PhaseName(row.phase) + " | " +
            NetworkCell(row.patient) + " | " + NetworkCell(row.hurried) + " |\n";
  }
  return text;
}

std::string Row(const Shape& shape) {
  const Expected& expected = shape.expected;
  return "| " + OneLine(shape.name) + " | " + OneLine(Told(expected.outcome)) + " | " +
         expected.status + " | " + RetryName(expected.retry) + " | " + FateName(expected.fate) +
         " | " + OneLine(shape.why) + " |\n";
}

}  // namespace

bool IsExplained(const std::string& outcome) {
  return IsAnswer(outcome) || SymptomOf(outcome) != nullptr;
}

std::string Page(const std::vector<Family>& families, const std::vector<NetworkRow>& network) {
  std::string text = kHead + SymptomTable(EveryExpected(families, network));
  for (const Family& family : families) {
    text += "\n## " + family.title + "\n" + family.about +
            "\n\n| what happens | outcome | caller gets | retry | connection | why |\n"
            "|---|---|---|---|---|---|\n";
    for (const Shape& shape : family.shapes) text += Row(shape);
  }
  text += NetworkTable(network);
  return text;
}

}  // namespace scoregate::upstream::hostile
