#!/usr/bin/env python3
"""tests/calendar/histories_test.py PROGRAM COUNT - the lawful clock against the oracle, history by history.

PROGRAM (histories.c) invents COUNT histories and prints each as "question = answer", the answer being the
library's; the oracle is asked the same question. Two processes share them, each with a seed of its own. Closes
with a case for each kind of question, and tells the first differences in full."""
import collections
import multiprocessing
import subprocess
import sys

from oracle import Oracle

KINDS, PROCESSES, SHOWN = ("limit", "clock", "ahead", "between"), 2, 5


def compare(program, count, seed):
    """(how many of each kind, those that differ, what the program ended with)"""
    oracle, seen, wrong = Oracle(), collections.Counter(), []
    with subprocess.Popen([program, str(seed), str(count)], stdout=subprocess.PIPE, text=True) as histories:
        for line in histories.stdout:
            question, _, said = line.rstrip("\n").partition(" = ")
            want = oracle.answer(question)
            if want is None:
                continue
            seen[question.split(" ", 1)[0]] += 1
            if said != want and len(wrong) < SHOWN:
                wrong.append((question, said, want))
    return seen, wrong, histories.returncode


def main(program, count):
    share = [count // PROCESSES + (i < count % PROCESSES) for i in range(PROCESSES)]
    with multiprocessing.Pool(PROCESSES) as pool:
        results = pool.starmap(compare, [(program, share[i], 20260302 + i) for i in range(PROCESSES)])
    seen = sum((result[0] for result in results), collections.Counter())
    wrong = [difference for result in results for difference in result[1]]
    for question, said, want in wrong[:SHOWN]:
        print("%s\n  the library: %s\n  the oracle:  %s" % (question, said, want), file=sys.stderr)
    whole = sum(seen.values()) == count and all(result[2] == 0 for result in results)
    if not whole:
        print("%d of %d histories were told" % (sum(seen.values()), count), file=sys.stderr)
    bad = {question.split(" ", 1)[0] for question, _, _ in wrong} | {kind for kind in KINDS if not seen[kind]}
    print(", ".join("%d of %s" % (seen[kind], kind) for kind in KINDS))
    print("%d passed, %d failed" % (len(KINDS) - len(bad), len(bad) + (not whole)))
    return 1 if bad or not whole else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
