// What was read off a connection, and how much of it is taken in at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace scoregate::rpc {

/// One read's bytes, digested in pieces: a read may hold the heads of hundreds of calls, and the
/// other connections of the lane get their turn in between.
class Intake {
 public:
  /// Where the next read puts its bytes.
  std::span<std::uint8_t> buffer() { return buffer_; }
  void Begin(std::size_t size) { left_ = std::span(buffer_).first(size); }

  /// What was not digested yet.
  std::span<const std::uint8_t> left() const { return left_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(left_.data()), left_.size()};
  }

  void BeginPiece() { heads_ = 0; }
  /// The head of a call begins; false where it is the last of the piece.
  bool TakeHead() { return ++heads_ <= kHeadsAPiece; }
  /// So much was digested; false where that was a piece and there may be more.
  bool Digested(std::size_t size) {
    left_ = left_.subspan(size);
    return heads_ <= kHeadsAPiece;
  }

 private:
  static constexpr std::size_t kReadBytes = std::size_t{16} * 1024;
  // Some thirty microseconds, where a read full of heads that somebody prepared takes ten times
  // that.
  static constexpr int kHeadsAPiece = 32;

  std::array<std::uint8_t, kReadBytes> buffer_;
  std::span<const std::uint8_t> left_;
  int heads_ = 0;
};

}  // namespace scoregate::rpc
