// Standard input that can be given up while nothing comes: a terminal at which nobody types.
#pragma once

#include <array>
#include <streambuf>

namespace scoregate::scorectl {

/// For an istream that one thread reads. Interrupt may be called from any thread.
class StandardInput : public std::streambuf {
 public:
  StandardInput();
  ~StandardInput() override;
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

  /// From now on there is nothing more to read; whoever waits for it goes on at once.
  void Interrupt();

 protected:
  int_type underflow() override;

 private:
  bool WaitForInput() const;

  int interrupted_ = -1;
  std::array<char, 1 << 16> buffer_;
};

}  // namespace scoregate::scorectl
