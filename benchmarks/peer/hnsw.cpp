// The peer of HnswBenchmark: hnswlib on the same vectors, with two threads for building and one for queries.
//
// Build: g++ -O3 -march=native -std=c++17 -pthread benchmarks/peer/hnsw.cpp -I HNSWLIB -o hnsw
// where HNSWLIB is the folder above hnswlib/hnswlib.h (Debian: libhnswlib-dev, in /usr/include).
// Usage: hnsw VECTORS.f32 QUERIES.f32 TRUTH.i32 DIM K
// Rows of little-endian 32-bit floats; for each query the K items that an exact search finds, as 32-bit integers.
// Prints one JSON object.
#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

template <typename T>
static std::vector<T> read(const char* path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    std::vector<T> values(static_cast<size_t>(in.tellg()) / sizeof(T));
    in.seekg(0);
    in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
    return values;
}

static double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int main(int count, char** arguments) {
    if (count != 6) {
        std::fprintf(stderr, "usage: hnsw VECTORS.f32 QUERIES.f32 TRUTH.i32 DIM K\n");
        return 2;
    }
    const std::vector<float> vectors = read<float>(arguments[1]);
    const std::vector<float> queries = read<float>(arguments[2]);
    const std::vector<int> truth = read<int>(arguments[3]);
    const size_t dim = std::stoul(arguments[4]);
    const size_t k = std::stoul(arguments[5]);
    const size_t items = vectors.size() / dim;
    const size_t rows = queries.size() / dim;

    hnswlib::InnerProductSpace space(dim);
    hnswlib::HierarchicalNSW<float> graph(&space, items, 16, 200, 7);
    const double start = seconds();
    graph.addPoint(vectors.data(), 0);
    std::atomic<size_t> next{1};
    std::vector<std::thread> builders;
    for (int thread = 0; thread < 2; thread++) {
        builders.emplace_back([&] {
            for (size_t item = next++; item < items; item = next++) {
                graph.addPoint(vectors.data() + item * dim, item);
            }
        });
    }
    for (std::thread& builder : builders) {
        builder.join();
    }
    std::printf("{\"build_seconds\": %.2f, \"curve\": [", seconds() - start);
    const char* separator = "";
    for (size_t width : {10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320}) {
        graph.setEf(width);
        double best = 1e9;
        size_t hits = 0;
        for (int round = 0; round < 3; round++) {
            hits = 0;
            const double begin = seconds();
            for (size_t row = 0; row < rows; row++) {
                auto found = graph.searchKnn(queries.data() + row * dim, k);
                for (; !found.empty(); found.pop()) {
                    const int* wanted = truth.data() + row * k;
                    hits += std::count(wanted, wanted + k, static_cast<int>(found.top().second));
                }
            }
            best = std::min(best, seconds() - begin);
        }
        std::printf("%s{\"width\": %zu, \"recall\": %.4f, \"queries_per_second\": %.0f}", separator, width,
                    static_cast<double>(hits) / static_cast<double>(rows * k), static_cast<double>(rows) / best);
        separator = ", ";
    }
    std::printf("]}\n");
    return 0;
}
