/* tests/bench/bench.h - what must hold in a benchmark, and whether two stores hold the same. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stdint.h>

/* Ends the program where something does not hold: no figure is worth having then. */
void must_at(bool holds, const char *what, const char *file, int line);
#define MUST(condition) must_at(condition, #condition, __FILE__, __LINE__)

/* The same tables and indexes, and in every table the same rows, byte by byte; or, where whole is false, the
 * same number of them. Answers how many rows were compared. */
int64_t compare_stores(const char *path, const char *other, bool whole);

#endif
