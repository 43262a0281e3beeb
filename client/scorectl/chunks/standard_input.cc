#include "client/scorectl/chunks/standard_input.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace scoregate::scorectl {

StandardInput::StandardInput() : interrupted_(eventfd(0, EFD_CLOEXEC)) {}

StandardInput::~StandardInput() {
  if (interrupted_ >= 0) close(interrupted_);
}

void StandardInput::Interrupt() {
  const std::uint64_t one = 1;
  // It cannot fill up: one is added once.
  [[maybe_unused]] ssize_t written = write(interrupted_, &one, sizeof one);
}

bool StandardInput::WaitForInput() const {
  std::array<pollfd, 2> watched = {{{interrupted_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
  while (poll(watched.data(), watched.size(), -1) < 0) {
    if (errno != EINTR) return false;
  }
  return watched[0].revents == 0;
}

StandardInput::int_type StandardInput::underflow() {
  ssize_t count = -1;
  do {
    if (!WaitForInput()) return traits_type::eof();
    count = read(STDIN_FILENO, buffer_.data(), buffer_.size());
  } while (count < 0 && (errno == EINTR || errno == EAGAIN));
  if (count <= 0) return traits_type::eof();
  setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
  return traits_type::to_int_type(buffer_[0]);
}

}  // namespace scoregate::scorectl
