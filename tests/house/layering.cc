#include "tests/house/layering.h"

#include <array>
#include <functional>
#include <regex>
#include <sstream>
#include <utility>

namespace scoregate::house {
namespace {

std::string Trim(std::string_view text) {
  std::size_t first = text.find_first_not_of(" `");
  std::size_t last = text.find_last_not_of(" `");
  return first == text.npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::stringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(Trim(part));
  return parts;
}

std::set<std::string> Names(const std::string& cell) {
  std::set<std::string> names;
  for (const std::string& name : Split(cell, ',')) {
    if (name != "-" && !name.empty()) names.insert(name);
  }
  return names;
}

// Which library a path in angle brackets belongs to; empty for the standard and the system's own.
std::string LibraryOf(const std::string& include) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kPrefixes{{
      {"absl/", "absl"},
      {"boost/asio", "asio"},
      {"boost/system", "asio"},
      {"boost/beast", "beast"},
      {"boost/url", "boost-url"},
      {"boost/", "boost"},
      {"openssl/", "openssl"},
      {"nghttp2/", "nghttp2"},
      {"google/protobuf/", "protobuf"},
      {"simdjson", "simdjson"},
      {"yaml-cpp/", "yaml"},
      {"CLI/", "cli11"},
      {"grpc", "grpc"},
      {"zlib", "zlib"},
  }};
  for (const auto& [prefix, library] : kPrefixes) {
    if (include.starts_with(prefix)) return std::string(library);
  }
  return "";
}

void CheckFile(const std::map<std::string, Room>& rooms, const SourceFile& file,
               std::vector<std::string>& findings) {
  auto row = rooms.find(file.room);
  if (row == rooms.end()) {
    findings.push_back(file.path + ": room '" + file.room + "' has no row in ARCHITECTURE.md");
    return;
  }
  static const std::regex kInclude(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::stringstream lines(file.text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, kInclude)) continue;
    std::string include = match[1];
    if (include.ends_with(".pb.h") && !include.ends_with(".grpc.pb.h")) continue;
    if (include.starts_with("gateway/")) {
      std::string room = include.substr(8, include.find('/', 8) - 8);
      if (room != file.room && !row->second.may_include.contains(room)) {
        findings.push_back(file.path + ": '" + file.room + "' may not include '" + room + "'");
      }
      continue;
    }
    std::string library = include.ends_with(".grpc.pb.h") ? "grpc" : LibraryOf(include);
    if (!library.empty() && !row->second.libraries.contains(library)) {
      findings.push_back(file.path + ": '" + file.room + "' may not use library '" + library + "'");
    }
  }
}

void CheckCycles(const std::map<std::string, Room>& rooms, std::vector<std::string>& findings) {
  std::map<std::string, int> state;
  std::function<void(const std::string&)> visit = [&](const std::string& name) {
    state[name] = 1;
    auto row = rooms.find(name);
    if (row != rooms.end()) {
      for (const std::string& next : row->second.may_include) {
        if (next == name || state[next] == 2) continue;
        if (state[next] == 1) {
          findings.push_back("the table has a cycle through '" + name + "' and '" + next + "'");
        } else {
          visit(next);
        }
      }
    }
    state[name] = 2;
  };
  for (const auto& [name, room] : rooms) {
    if (state[name] == 0) visit(name);
  }
}

}  // namespace

std::map<std::string, Room> ReadRooms(std::string_view architecture_page) {
  std::map<std::string, Room> rooms;
  std::stringstream lines{std::string(architecture_page)};
  bool in_table = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("| room |")) {
      in_table = true;
      continue;
    }
    if (!line.starts_with("|")) in_table = false;
    if (!in_table || line.starts_with("|---")) continue;
    std::vector<std::string> cells = Split(line, '|');
    if (cells.size() < 6) continue;
    rooms[cells[1]] = Room{cells[2], Names(cells[3]), Names(cells[4])};
  }
  std::map<std::string, std::set<std::string>> floors;
  for (const auto& [name, room] : rooms) floors[room.floor].insert(name);
  for (auto& [name, room] : rooms) {
    std::set<std::string> expanded;
    for (const std::string& entry : room.may_include) {
      auto floor = floors.find(entry);
      if (floor == floors.end()) {
        expanded.insert(entry);
      } else {
        expanded.insert(floor->second.begin(), floor->second.end());
      }
    }
    room.may_include = std::move(expanded);
  }
  return rooms;
}

std::vector<std::string> CheckLayering(const std::map<std::string, Room>& rooms,
                                       const std::vector<SourceFile>& files) {
  std::vector<std::string> findings;
  std::set<std::string> seen;
  for (const SourceFile& file : files) {
    seen.insert(file.room);
    CheckFile(rooms, file, findings);
  }
  for (const auto& [name, room] : rooms) {
    if (!seen.contains(name)) findings.push_back("the row '" + name + "' has no room");
    for (const std::string& other : room.may_include) {
      if (!rooms.contains(other)) {
        findings.push_back("the row '" + name + "' names '" + other + "', which has no row");
      }
    }
  }
  CheckCycles(rooms, findings);
  return findings;
}

}  // namespace scoregate::house
