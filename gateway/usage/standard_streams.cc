#include "gateway/usage/standard_streams.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <streambuf>
#include <system_error>

namespace scoregate::usage {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;

// For reading alone: standard input ends at once, and a write to a closed output still fails. By
// bare system calls and without instrumentation, since sanitizers are not ready either when it
// runs.
__attribute__((no_sanitize("address", "thread", "undefined"))) void OpenClosedStreams() {
  long descriptor = 0;
  do {
    descriptor = syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY);
  } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
  if (descriptor > STDERR_FILENO) syscall(SYS_close, descriptor);
}

// Before main and before what libraries do ahead of it: gRPC's opens an eventfd when it is loaded,
// which would else be the standard input of a program that was started without one.
__attribute__((section(".preinit_array"),
               used)) void (*const kBeforeLibraries)() = OpenClosedStreams;

// A terminal that another program has made non-blocking takes the rest later.
bool MayBeTriedAgain(int error) {
  if (error != EAGAIN) return error == EINTR;
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  poll(&output, 1, -1);
  return true;
}

// Keeps the reason of the first write that failed, which the standard library's own buffer forgets.
class Output : public std::streambuf {
 public:
  Output() : terminal_(isatty(STDOUT_FILENO) == 1) { Empty(); }

  // Writes what is left. Some file systems tell only a closing program that a write has failed.
  void Finish() {
    sync();
    const int copy = written_ && error_ == 0 ? dup(STDOUT_FILENO) : -1;
    if (copy >= 0 && close(copy) != 0) error_ = errno;
  }
  // 0 where all has been written.
  int error() const { return error_; }

 protected:
  int_type overflow(int_type c) override {
    if (!Write()) return traits_type::eof();
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    sputc(traits_type::to_char_type(c));
    return c;
  }
  // Whole lines at once where somebody reads them.
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    const std::streamsize put = std::streambuf::xsputn(text, size);
    if (terminal_ && put > 0 && text[put - 1] == '\n' && !Write()) return 0;
    return put;
  }
  int sync() override { return Write() ? 0 : -1; }

 private:
  void Empty() { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

  bool Write() {
    for (const char* next = pbase(); next < pptr() && error_ == 0;) {
      const ssize_t count = write(STDOUT_FILENO, next, static_cast<std::size_t>(pptr() - next));
      if (count > 0) next += count;
      if (count < 0 && !MayBeTriedAgain(errno)) error_ = errno;
      written_ = true;
    }
    Empty();
    return error_ == 0;
  }

  const bool terminal_;
  bool written_ = false;
  int error_ = 0;
  std::array<char, kBlockBytes> buffer_;
};

// The output in place of std::cout's own.
class Redirected {
 public:
  explicit Redirected(Output& output) {
    // Before any other use of them, or it would put the library's own buffer back.
    std::ios::sync_with_stdio(false);
    std::cout.rdbuf(&output);
  }
  // Whatever ends after this writes nothing any more.
  ~Redirected() { std::cout.rdbuf(nullptr); }
  Redirected(const Redirected&) = delete;
  Redirected& operator=(const Redirected&) = delete;
};

int End(Output& output, int exit_code) {
  output.Finish();
  const int error = output.error();
  if (error == 0) return exit_code;
  if (error != EPIPE) {
    std::cerr << "standard output could not be written: " << std::generic_category().message(error)
              << '\n';
  }
  if (exit_code != 0 && exit_code != kExitOutput) return exit_code;
  constexpr int kSignaled = 128;
  return error == EPIPE ? kSignaled + SIGPIPE : kExitOutput;
}

}  // namespace

int RunMain(const char* program, int (*run)(int, char**), int argc, char** argv) {
  const auto output = std::make_unique<Output>();
  const Redirected redirected(*output);
  int exit_code = EXIT_FAILURE;
  try {
    exit_code = run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << program << ": " << error.what() << '\n';
  }
  return End(*output, exit_code);
}

}  // namespace scoregate::usage
