// The bytes of an answer that wait for the caller's flow-control window.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scoregate::rpc {

/// Pieces in, bytes out, in order; a piece is copied once, into what is written to the socket.
class OutQueue {
 public:
  void Push(std::string piece) {
    bytes_ += piece.size();
    pieces_.push_back(std::move(piece));
  }

  /// How many bytes wait.
  std::size_t bytes() const { return bytes_; }
  /// Whether a piece has left in part.
  bool InsidePiece() const { return offset_ > 0; }

  /// Moves that many bytes, at most bytes(), to the end of `out`.
  template <typename Buffer>
  void Move(std::size_t size, Buffer& out) {
    bytes_ -= size;
    while (size > 0) {
      std::string_view rest = std::string_view(pieces_[front_]).substr(offset_);
      std::string_view part = rest.substr(0, size);
      out.insert(out.end(), part.begin(), part.end());
      size -= part.size();
      offset_ += part.size();
      if (part.size() == rest.size()) DropFront();
    }
  }

  void Clear() { *this = OutQueue(); }

 private:
  void DropFront() {
    pieces_[front_++] = std::string();
    offset_ = 0;
    // What has left must not pile up in front of a queue that never runs empty.
    if (front_ * 2 >= pieces_.size()) {
      pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(front_));
      front_ = 0;
    }
  }

  std::vector<std::string> pieces_;
  std::size_t front_ = 0;
  std::size_t offset_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace scoregate::rpc
