// Keeps one endpoint's token fresh and tells the lanes of it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "gateway/credential/lane_token.h"
#include "gateway/credential/token_source.h"
#include "gateway/lane/task.h"

namespace scoregate::credential {

/// One attempt at a time, however many calls ask. Lives on the keepers' lane; made with
/// make_shared.
class TokenKeeper : public std::enable_shared_from_this<TokenKeeper> {
 public:
  TokenKeeper(const lane::Executor& own, std::unique_ptr<TokenSource> source);

  /// A lane's view, from then on told of each change. Before Start.
  std::shared_ptr<LaneToken> Attach(const lane::Executor& lane);

  /// Begins to get tokens. Before or on the own lane.
  void Start();

 private:
  lane::Task<void> Run();
  void Publish(const Attempt& attempt, Occasion occasion);
  void AskForAnother();

  const lane::Executor own_;
  const std::unique_ptr<TokenSource> source_;
  std::vector<std::shared_ptr<LaneToken>> lanes_;
  TokenState state_;
  bool asked_ = false;
  lane::Timer timer_;
};

}  // namespace scoregate::credential
