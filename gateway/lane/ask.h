// Asking another lane for something that lives there.
#pragma once

#include <boost/asio/post.hpp>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "gateway/lane/lane.h"
#include "gateway/lane/signal.h"

namespace scoregate::lane {

/// Runs `question` on `other` and gives here what it returned; nothing where the asking coroutine
/// was cancelled meanwhile. `here` is the asking coroutine's own loop.
///
/// Nothing of the asker waits in the other lane's loop, as it would with co_spawn: after Stop,
/// lanes are destroyed one after the other, and a coroutine that goes with another lane than its
/// own would find its own already gone.
template <typename Question>
Task<std::optional<std::invoke_result_t<Question&>>> Ask(Executor here, Lane& other,
                                                         Question question) {
  using Answer = std::invoke_result_t<Question&>;
  struct Asked {
    explicit Asked(const Executor& executor) : answered(executor) {}
    Signal answered;
    std::optional<Answer> answer;
  };
  auto asked = std::make_shared<Asked>(here);
  // Locked on this lane only: the other one holds no more than the memory.
  std::weak_ptr<Asked> asker = asked;
  other.Post([here, asker, question = std::move(question)]() mutable {
    boost::asio::post(here, [asker = std::move(asker), answer = question()]() mutable {
      std::shared_ptr<Asked> waiting = asker.lock();
      if (waiting == nullptr) return;
      waiting->answer = std::move(answer);
      waiting->answered.Notify();
    });
  });
  co_await asked->answered.Wait();
  co_return std::move(asked->answer);
}

}  // namespace scoregate::lane
