// What was read off a connection, and how much of it is taken in at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace scoregate::rpc {

/// One read's bytes, digested in pieces: a read may hold the heads of hundreds of calls, and the
/// other connections of the lane get their turn in between.
class Intake {
 public:
  /// Where the next read puts its bytes. What was digested before is gone then.
  std::span<std::uint8_t> buffer() {
    if (filled_ && size_ < kReadBytes) {
      size_ = kReadBytes;
      buffer_ = Bytes(size_);
    }
    return {buffer_.get(), size_};
  }
  void Begin(std::size_t size) {
    filled_ = size == size_;
    left_ = {buffer_.get(), size};
  }

  /// What was not digested yet.
  std::span<const std::uint8_t> left() const { return left_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(left_.data()), left_.size()};
  }

  /// Who resets calls has each head cost a whole call, and gets smaller pieces.
  void BeginPiece(bool has_resets) {
    heads_ = has_resets ? kHeadsASmallPiece : kHeadsAPiece;
    fields_ = kFieldsAPiece;
  }
  /// One field, which may be the first of a call's head; false where it is the last of the piece.
  bool TakeField(bool begins_head) {
    if (begins_head) --heads_;
    --fields_;
    return !is_over();
  }
  /// So much was digested; false where that was a piece and there may be more.
  bool Digested(std::size_t size) {
    left_ = left_.subspan(size);
    return !is_over();
  }

 private:
  // With twice that, calls of others that meet a large request wait for longer, and the request
  // takes no less CPU.
  static constexpr std::size_t kReadBytes = std::size_t{8} * 1024;
  // Enough for a few small calls; a read that fills it says that more is waiting.
  static constexpr std::size_t kFirstReadBytes = std::size_t{2} * 1024;
  // Some thirty microseconds, where a read full of heads that somebody prepared takes ten times
  // that.
  static constexpr int kHeadsAPiece = 32;
  static constexpr int kHeadsASmallPiece = 8;
  // Of the same time: a head may be nothing but fields that take a byte each.
  static constexpr int kFieldsAPiece = 500;

  bool is_over() const { return heads_ < 0 || fields_ < 0; }

  // Not set to zero: what no read comes to is not even touched.
  static std::unique_ptr<std::uint8_t[]> Bytes(std::size_t size) {
    return std::make_unique_for_overwrite<std::uint8_t[]>(size);
  }

  std::size_t size_ = kFirstReadBytes;
  std::unique_ptr<std::uint8_t[]> buffer_ = Bytes(size_);
  bool filled_ = false;
  std::span<const std::uint8_t> left_;
  // Of the piece, not taken yet; below 0 where it has ended.
  int heads_ = 0;
  int fields_ = 0;
};

}  // namespace scoregate::rpc
