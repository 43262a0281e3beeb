#include "gateway/cli/configuration/connect_check.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <utility>

#include "gateway/config/check/secret.h"
#include "gateway/dialect/dialect.h"
#include "gateway/dialect/shaped/shaped_call.h"
#include "gateway/upstream/http_upstream_client.h"

namespace scoregate::cli {
namespace {

using SettingsPtr = std::shared_ptr<const endpoint::EndpointSettings>;

// Longer than this nobody waits for a check, whatever an endpoint's own timeout.
constexpr std::chrono::seconds kLongestTry{10};

/// `token` is what its token_file holds, if it has one.
http::HttpRequest Probe(const endpoint::EndpointSettings& settings, const std::string& token) {
  http::HttpRequest request;
  request.method = "GET";
  // Some endpoints take their key in the query.
  request.target = dialect::shaped::TargetOf(settings.address);
  request.headers.Add("accept", "application/json");
  for (const auto& [name, value] : settings.headers) request.headers.Set(name, value);
  if (!settings.api_keys.empty()) dialect::Authorize(request, settings.api_keys.front());
  if (!token.empty()) dialect::Authorize(request, token);
  return request;
}

void Judge(const http::HttpOutcome& outcome, const endpoint::EndpointSettings& settings,
           Reached& reached) {
  if (!outcome.ok()) {
    reached.text = "could not be reached: " + outcome.fault().text;
    return;
  }
  const int status = outcome.value().status;
  // Only a gateway that serves gets this token; that the endpoint wants it is nothing to mend.
  const bool unshown = status == 401 && settings.workload_identity.has_value();
  const bool refused = !unshown && (status == 401 || status == 403 || status == 407);
  reached.good = !refused;
  reached.text = refused ? "answers, but refuses what it was sent as a key" : "answers";
  reached.text += " (HTTP " + std::to_string(status);
  // Most endpoints know only POST; that is nothing to mend.
  bool only_the_get = !refused && !unshown && status >= 400 && status < 500;
  reached.text += only_the_get ? " to a GET; calls are POSTs)" : ")";
  if (unshown) reached.text += "; it was not shown the token of workload_identity";
}

lane::Task<void> Try(upstream::UpstreamClient& client, SettingsPtr settings, Reached& reached) {
  config::FileSecret token;
  if (!settings->token_file.empty()) token = config::ReadSecretFile(settings->token_file);
  if (!token.why.empty()) {
    reached.text = "was not tried without its token: " + token.why;
    co_return;
  }
  const http::HttpRequest request = Probe(*settings, token.secret);
  upstream::ExchangeOptions options;
  options.idempotent = true;
  options.deadline = lane::Clock::now() + kLongestTry;
  if (settings->timeout < kLongestTry) {
    options.deadline = lane::Clock::now() + settings->timeout;
    options.limit = {http::TimeLimit::Whose::kEndpoint, settings->timeout};
  }
  http::HttpOutcome outcome = co_await client.Exchange(request, options);
  Judge(outcome, *settings, reached);
}

}  // namespace

std::vector<Reached> TryEndpoints(const config::Configuration& configuration) {
  const auto& endpoints = configuration.endpoints;
  boost::asio::io_context context(1);
  upstream::ClientMaker maker;
  std::vector<std::unique_ptr<upstream::UpstreamClient>> clients;
  std::vector<Reached> all(endpoints.size());
  std::size_t left = endpoints.size();
  for (std::size_t i = 0; i < endpoints.size(); ++i) {
    all[i].endpoint = endpoints[i]->name;
    clients.push_back(maker.Make(context, endpoints[i]));
    boost::asio::co_spawn(context.get_executor(), Try(*clients.back(), endpoints[i], all[i]),
                          [&left](const std::exception_ptr&) { --left; });
  }
  // Kept connections would hold up a run to the end.
  while (left > 0) context.run_one();
  return all;
}

}  // namespace scoregate::cli
