#include "tests/hostile/report.h"

#include <nghttp2/nghttp2.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ranges>

namespace scoregate::hostile {
namespace {

constexpr std::size_t kMostRssPerConnection = std::size_t{1} << 20;

using Columns = std::array<std::string, 8>;

std::string Fixed(double value, int digits) {
  std::array<char, 32> text;
  int size = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return {text.data(), static_cast<std::size_t>(size)};
}

double Milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

std::string Three(const Latency& latency, Innocent::Microseconds Percentiles::*which) {
  return std::to_string((latency.alone.*which).count()) + " / " +
         std::to_string((latency.beside.*which).count()) + " / " +
         std::to_string((latency.under.*which).count());
}

double CpuFactor(const Cost& cost) {
  return Milliseconds(cost.gateway) / std::max(Milliseconds(cost.attacker), 1e-6);
}

Columns Cells(const Finding& finding) {
  const Cost& cost = finding.cost;
  const Latency& latency = finding.latency;
  double plays = static_cast<double>(std::max<std::size_t>(cost.plays, 1));
  bool timed = latency.calls > 0;
  return {finding.attack.name,
          finding.attack.stands_for,
          cost.ending,
          Fixed(Milliseconds(cost.gateway) / plays, 3) + " / " +
              Fixed(Milliseconds(cost.attacker) / plays, 3),
          Fixed(static_cast<double>(cost.rss_per_connection) / 1024, 0),
          timed ? Three(latency, &Percentiles::p50) : "-",
          timed ? Three(latency, &Percentiles::p99) : "-",
          Verdict(finding)};
}

const Columns kHeads = {"attack",
                        "stands for",
                        "how it ends",
                        "CPU ms g / a",
                        "RSS KiB a conn",
                        "p50 us",
                        "p99 us alone / beside / under",
                        "verdict"};
const std::string kOk = "ok";
constexpr std::array<int, 8> kWidths = {44, 30, 44, 19, 15, 18, 30, 0};

std::string Padded(const Columns& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += cells[i];
    auto width = static_cast<std::size_t>(kWidths[i]);
    if (cells[i].size() < width) line.append(width - cells[i].size(), ' ');
    if (i + 1 < cells.size()) line += ' ';
  }
  return line + '\n';
}

std::string MarkdownRow(const Columns& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += ' ' + cell + " |";
  return line + '\n';
}

bool HasBarOfCpu(const Attack& attack) {
  return attack.kind == Kind::kFlood || attack.kind == Kind::kHold;
}

std::string System() {
  utsname names{};
  uname(&names);
  double load = 0;
  getloadavg(&load, 1);
  return "nghttp2 " + std::string(nghttp2_version(0)->version_str) + ", Linux " + names.release +
         ", " + std::to_string(sysconf(_SC_NPROCESSORS_ONLN)) + " CPUs, load average at the end " +
         Fixed(load, 1);
}

constexpr char kIntroduction[] =
    R"(# Hostile peers

Attacks on the gateway's gRPC side, each on plain sockets against a real `scoregate serve` with an
upstream behind it. The same table at small scale, with exact endings, is part of `./dev test`.
This page is written by the run; do not edit it.

)";

constexpr char kMeaning[] =
    R"(
- **how it ends**: `GOAWAY X` or `closed` is the end of the attacker's connection; `RST_STREAM X`,
  `grpc-status N` and `HTTP N` are the end of its call, `connection serves` means that the next call
  on the same connection was answered, `open` that the connection stays.
- **CPU ms g / a**: CPU of the gateway's process and of the attacker's thread for one play, which
  is one connection for a flood and a whole set of them for a row that holds many. A flood is played
  again and again on new connections. The attacker sends frames that it prepared and skims answers,
  so it is as cheap as one can be; its part includes what loopback does for it.
- **RSS KiB a conn**: how much the gateway's memory grew at most, by the attacker's connections open
  at the time. For a flood that is one, and the first ones also pay for what the process keeps.
- **p50, p99**: what a Score of an innocent caller took over its own connections, through the
  gateway to an upstream and back, in rounds of three kinds in turn: *alone*, without an attack;
  *beside*, while another gateway on this machine, with upstreams of its own, is attacked in the
  same way; *under*, while its own is. In all three the attacker calls an endpoint whose upstream
  is a process of its own: an upstream that answers one call after another would have the innocent
  caller wait for the attacker's calls, whatever the gateway does. The attacker has a quarter of a
  core at most; it and the upstream that answers it run only where no other thread wants to, because
  neither is on the gateway's machine in the world. It sends 64 KiB in one call of the kernel at
  most, because some kernels do not stop inside one, whoever wants to run. Everything runs on the
  same few cores, so *beside* is what these processes take from each other by that, whatever the
  gateway does; *under* has in it what comes of sharing the gateway. A row that seems to miss the
  bar is played 3, then 9, then 27 times as long again, because chance moves a p99; all rounds
  count. Rows of many connections open 200 for this, or a twentieth of that where each of them sends
  half a message.
- **near the bar**: on two cores some 50 us of a call are decided by where the kernel puts the
  upstream's thread, and a lane that is busy changes that. *100 half messages, windows ignored*
  rose by -9 to +25 % in fifteen plays of 30 or 45 seconds, by 7 % in the mean; in three with the
  gateway and one lane alone on a core, and the other gateway where no other thread wants to run,
  by -8 to -11 %.
- **verdict**: the bars are memory <= 1024 KiB a connection; CPU <= the attacker's; and p99 under the
  attack <= 10 % over the larger of the two others. What misses one is named, with the factor.
- **ok; calls, CPU x N**: the row is made of calls that anybody may make, good or bad. Each of them
  costs the gateway what any call costs (an exchange with the upstream, or a failure with all its
  details), which is N times what it costs to send one, so they have no bar of CPU. What bounds them:
  `server.max_concurrent_streams` at a time on a connection; those whose request does not come end by
  `callers.request_timeout`, those whose answer is not taken by `callers.answer_timeout`, and both
  are resets, of which `callers.max_resets` end the connection; `callers.answer_backlog_bytes` keeps
  more from beginning, and `limits.max_in_flight` of an endpoint bounds them over all connections.
  A call whose windows are closed begins all the same: a caller with windows of one byte, or one
  that just reads its answers, would cost the same. *More streams than allowed* is as many good heads
  as are allowed, each prepared in a few bytes, and one more; *windows opened by one byte at a time*
  begins with a hundred good calls.
- **100 half messages of 4 MiB** sends on every call what its windows allow, 60,000 bytes at most.
  Once a connection holds 192 KiB of requests, SETTINGS make the windows of its calls 1 KiB, and its
  requests are completed one after another; the connection's own window, of 128 KiB, is not given
  back before the caller has acknowledged that. Who ignores windows is ended. The request that was
  begun first may always be sent whole, and does not count: where callers are not trusted,
  `server.max_request_bytes` (4 MiB) is what one connection may hold beside that, until
  `callers.request_timeout`. Whole messages of a stream that its handler has not taken are bounded
  by `callers.max_held_bytes`, and all connections by `callers.max_total_held_bytes`.
- **windows opened by one byte at a time**: a connection that has used up half of an allowance, or
  whose windows carry no answer, gets an eighth of the time in a row that others get.
- **rapid reset**: a connection that has used up half of `callers.max_resets` is not read for 50 ms
  before it may use up the rest, so its plays take longer and their CPU has in it what waking takes.
  Eight heads at a time are digested before the other connections get their turn.
- **half messages**: every byte is copied from the kernel, and into memory that is new each time;
  8 KiB are read at a time, and then the other connections get their turn. The calls that are late
  end two at a time.
- **CPU x 1.0 to 1.6** of streams that the gateway resets: reading a head and writing RST_STREAM takes a
  microsecond a stream, sending it prepared a third of that. A breach of HTTP/2 weighs as twenty of
  `callers.max_resets`, so that the connection ends after ten of them.
- **gzip of 500 KiB in 500 bytes**: each message may be 512 KiB, whatever it was sent in, and beyond
  that 200 times what was sent. It is inflated and parsed beside the lane, one message of a
  connection at a time, on a thread that no small call waits for; its memory is that one message,
  twice while it is parsed.
- **answers of 5,000 rows** (slow read, calls while answers wait) are decoded and serialized beside the
  lane as well, in pieces of up to a millisecond; connections take turns there. Reading them off the
  upstream's socket and writing them to the caller's stay on the lane, piece by piece.

## What others say they do
Facts from the projects' own documentation, for comparison; not measured here.

| family | scoregate | Envoy | HAProxy |
|---|---|---|---|
| PING, SETTINGS, PRIORITY, WINDOW_UPDATE, empty and unknown frames | one allowance in bytes for all frames without content, earned by calls and answers (`callers.max_overhead_bytes`) | a limit for each kind: outbound control frames 1,000, PRIORITY 100 a stream, WINDOW_UPDATE 10 for each DATA sent, 1 empty frame in a row | counted as glitches; `tune.h2.fe.glitches-threshold`, off by default |
| rapid reset | allowance of resets of either end (`callers.max_resets`) | 500 streams, most of them reset within a second | early resets are glitches; `tune.h2.fe.max-rst-at-once` |
| CONTINUATION flood | 8 frames a block, then the connection ends | header bytes and count limits in the codec | small fragments are glitches |
| header list bombs | refused over `server.max_metadata_bytes`, connection ended at four times that, or at one and a half times where it is one large field again and again | 60 KiB, 100 fields, then reset | limited by `tune.bufsize` |
| slow requests | `callers.request_timeout`, `callers.answer_timeout` | `request_timeout`, `stream_idle_timeout`, flush timeout | `timeout http-request`, `timeout client` |
| answers that are not taken | calls wait to begin (`callers.answer_backlog_bytes`), then fail (`callers.max_answer_backlog_bytes`, `callers.max_total_answer_backlog_bytes`) | buffers of 1 MiB a connection, watermarks, flush timeout | buffers of fixed size |
| many connections | `callers.max_connections`, descriptors kept for upstreams | connection limit filter, overload manager | `maxconn` |
)";

}  // namespace

bool CostsTooMuch(const Attack& attack, const Cost& cost) {
  return HasBarOfCpu(attack) && cost.gateway > cost.attacker;
}

std::string Verdict(const Finding& finding) {
  const Cost& cost = finding.cost;
  std::string missed;
  auto miss = [&](const std::string& what) { missed += (missed.empty() ? "" : ", ") + what; };
  if (cost.ending != finding.attack.ending) {
    miss("must end with " + std::string(finding.attack.ending));
  }
  if (CostsTooMuch(finding.attack, cost)) miss("CPU x " + Fixed(CpuFactor(cost), 2));
  if (cost.rss_per_connection > kMostRssPerConnection) miss("RSS");
  if (finding.latency.Rise() > kMostRiseOfP99) {
    miss("p99 +" + Fixed(finding.latency.Rise() * 100, 0) + " %");
  }
  if (!missed.empty()) return missed;
  if (HasBarOfCpu(finding.attack) || cost.gateway <= cost.attacker) return kOk;
  return kOk + "; calls, CPU x " + Fixed(CpuFactor(cost), 1);
}

bool MeetsEveryBar(const Finding& finding) {
  return Verdict(finding).starts_with(kOk);
}

std::string Summary(const std::vector<Finding>& findings) {
  return std::to_string(std::ranges::count_if(findings, MeetsEveryBar)) + " of " +
         std::to_string(findings.size()) + " rows meet every bar.";
}

std::string TextHead() {
  return Padded(kHeads);
}

std::string TextRow(const Finding& finding) {
  return Padded(Cells(finding));
}

std::string Page(const std::vector<Finding>& findings, const std::string& configuration) {
  std::string page = kIntroduction;
  page += "Command: `./dev hostile`. " + System() + ".\n\n";
  page += MarkdownRow(kHeads) + "|---|---|---|---|---|---|---|---|\n";
  for (const Finding& finding : findings) page += MarkdownRow(Cells(finding));
  page += "\n" + Summary(findings) + "\n";
  page += kMeaning;
  return page + "\n## The configuration of the run\n```yaml\n" + configuration + "```\n";
}

}  // namespace scoregate::hostile
