#include "tests/e2e/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

extern char** environ;

namespace scoregate::e2e {
namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read_fd = -1;
  int write_fd = -1;
  Pipe() {
    std::array<int, 2> fds;
    if (pipe2(fds.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    read_fd = fds[0];
    write_fd = fds[1];
  }
};

pid_t Spawn(const std::vector<std::string>& command, int in_fd, int out_fd, int err_fd) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  auto redirect = [&](int fd, int target, int flags) {
    if (fd >= 0) {
      posix_spawn_file_actions_adddup2(&actions, fd, target);
    } else {
      posix_spawn_file_actions_addopen(&actions, target, "/dev/null", flags, 0);
    }
  };
  redirect(in_fd, 0, O_RDONLY);
  redirect(out_fd, 1, O_WRONLY);
  redirect(err_fd, 2, O_WRONLY);
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t pid = -1;
  int error = posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + command[0]);
  return pid;
}

int MillisecondsUntil(Clock::time_point until) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0));
}

int ExitCode(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
}

// Appends what is there; false at the end.
bool ReadSome(int fd, std::string& into) {
  std::array<char, 65536> buffer;
  ssize_t n = read(fd, buffer.data(), buffer.size());
  if (n <= 0) return false;
  into.append(buffer.data(), static_cast<std::size_t>(n));
  return true;
}

// Feeds and drains a process until it has closed its outputs; false when time ran out.
bool Converse(const Pipe& in, const Pipe& out, const Pipe& err, const std::string& input,
              Finished& finished) {
  constexpr auto kLongestRun = std::chrono::seconds(60);
  auto until = Clock::now() + kLongestRun;
  std::size_t written = 0;
  std::array<pollfd, 3> fds{
      {{out.read_fd, POLLIN, 0}, {err.read_fd, POLLIN, 0}, {in.write_fd, POLLOUT, 0}}};
  fcntl(in.write_fd, F_SETFL, O_NONBLOCK);
  auto feed = [&] {
    if (written < input.size()) {
      ssize_t n = write(in.write_fd, input.data() + written, input.size() - written);
      if (n > 0) written += static_cast<std::size_t>(n);
      if (n > 0 && written < input.size()) return;
    }
    close(in.write_fd);
    fds[2].fd = -1;
  };
  if (input.empty()) feed();
  while (fds[0].fd >= 0 || fds[1].fd >= 0) {
    if (poll(fds.data(), fds.size(), MillisecondsUntil(until)) <= 0) return false;
    if (fds[0].revents != 0 && !ReadSome(fds[0].fd, finished.out)) fds[0].fd = -1;
    if (fds[1].revents != 0 && !ReadSome(fds[1].fd, finished.err)) fds[1].fd = -1;
    if (fds[2].fd >= 0 && fds[2].revents != 0) feed();
  }
  if (fds[2].fd >= 0) close(in.write_fd);
  return true;
}

}  // namespace

Finished RunToEnd(const std::vector<std::string>& command, const std::string& input) {
  signal(SIGPIPE, SIG_IGN);
  Pipe in;
  Pipe out;
  Pipe err;
  pid_t pid = Spawn(command, in.read_fd, out.write_fd, err.write_fd);
  close(in.read_fd);
  close(out.write_fd);
  close(err.write_fd);
  Finished finished;
  if (!Converse(in, out, err, input, finished)) kill(pid, SIGKILL);
  int wait_status = 0;
  waitpid(pid, &wait_status, 0);
  close(out.read_fd);
  close(err.read_fd);
  finished.exit_code = ExitCode(wait_status);
  return finished;
}

Server::Server(const std::vector<std::string>& command) {
  Pipe err;
  pid_ = Spawn(command, -1, -1, err.write_fd);
  close(err.write_fd);
  err_fd_ = err.read_fd;
}

Server::~Server() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    while (ReadMore(Clock::now())) {
    }
  }
  close(err_fd_);
  EndIfSanitizerComplained();
}

// A program that is killed has no exit code to tell of it, and few tests look at its last words.
void Server::EndIfSanitizerComplained() const {
  for (const char* words : {"ERROR: AddressSanitizer", "ERROR: LeakSanitizer",
                            "runtime error: ", "WARNING: ThreadSanitizer"}) {
    if (err_.find(words) == err_.npos) continue;
    std::cerr << err_ << std::flush;
    std::abort();
  }
}

bool Server::ReadMore(Clock::time_point until) {
  pollfd fd{err_fd_, POLLIN, 0};
  return poll(&fd, 1, MillisecondsUntil(until)) > 0 && ReadSome(err_fd_, err_);
}

std::optional<std::string> Server::WaitForLine(const std::string& prefix) {
  constexpr auto kLongestStart = std::chrono::seconds(20);
  auto until = Clock::now() + kLongestStart;
  for (;;) {
    std::size_t at = err_.find(prefix);
    std::size_t end = at == err_.npos ? err_.npos : err_.find('\n', at);
    if (end != err_.npos) return err_.substr(at + prefix.size(), end - at - prefix.size());
    if (!ReadMore(until)) return std::nullopt;
  }
}

void Server::Signal(int number) {
  kill(pid_, number);
}

int Server::Wait() {
  constexpr auto kLongestEnd = std::chrono::seconds(30);
  auto until = Clock::now() + kLongestEnd;
  while (ReadMore(until)) {
  }
  if (Clock::now() >= until) kill(pid_, SIGKILL);
  int wait_status = 0;
  waitpid(pid_, &wait_status, 0);
  pid_ = -1;
  return ExitCode(wait_status);
}

std::string Program(const std::string& name) {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / name).string();
}

std::string WriteFile(const std::string& name, const std::string& text) {
  struct Folder {
    std::filesystem::path path;
    Folder() {
      std::string pattern = (std::filesystem::temp_directory_path() / "scoregate-XXXXXX").string();
      if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
      path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path); }
  };
  static const Folder folder;
  std::filesystem::path path = folder.path / name;
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

}  // namespace scoregate::e2e
