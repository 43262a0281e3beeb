// Runs a target over its corpus without libFuzzer, so that every build and every compiler replays
// what was once found: each file as it is, cut, and with its bytes changed by a seeded generator.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kChangesPerFile = 60;
constexpr std::size_t kCutsPerFile = 40;
constexpr std::uint32_t kSeed = 20261126;

void Run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

// Changes, doubles or removes a few bytes.
void Change(std::mt19937& random, std::string& input) {
  const std::size_t at = random() % (input.size() + 1);
  switch (random() % 4) {
    case 0:
      input.insert(at, 1, static_cast<char>(random() % 256));
      break;
    case 1:
      input.erase(at, random() % 8);
      break;
    case 2:
      input.insert(at, input.substr(random() % (input.size() + 1), random() % 32));
      break;
    default:
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << random() % 8));
      break;
  }
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void RunFile(const std::filesystem::path& path) {
  const std::string whole = Read(path);
  // A broken promise ends the process: this line says where it was.
  std::fprintf(stderr, "%s\n", path.filename().c_str());
  Run(whole);
  const std::size_t step = std::max<std::size_t>(1, whole.size() / kCutsPerFile);
  for (std::size_t size = 0; size < whole.size(); size += step) Run(whole.substr(0, size));
  std::mt19937 random(kSeed);
  std::string changed = whole;
  for (int round = 0; round < kChangesPerFile; ++round) {
    if (round % 12 == 0) changed = whole;
    Change(random, changed);
    Run(changed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s FOLDER_OR_FILE...\n", argv[0]);
    return 2;
  }
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      files.emplace_back(argv[i]);
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  for (const std::filesystem::path& file : files) RunFile(file);
  std::fprintf(stderr, "%zu inputs\n", files.size());
  return files.empty() ? 1 : 0;
}
