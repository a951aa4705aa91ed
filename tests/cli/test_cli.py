"""The command line program, from outside: every command, good and bad.

    GOVSVC=build/govsvc python3 tests/cli/test_cli.py
"""
import json
import os
import pty
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(os.environ.get("GOVSVC", "govsvc"))
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "examples", "data")
MATTERS = 75  # in matters.xml
DONE, NO, USAGE, STORE = 0, 1, 2, 3

REGION = '{"division":{"code":"450000","name":"广西壮族自治区"}}\n'
NANNING = '{"division":{"code":"450100","name":"南宁市","parent":"450000"}}\n'


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def lines(self):
        return self.out.splitlines()


def run(*words, stdin="", env=None, cwd=None):
    environment = {k: v for k, v in os.environ.items() if k != "GOVSVC_STORE"}
    environment.update(env or {})
    done = subprocess.run([PROGRAM, *words], input=stdin.encode(), capture_output=True, env=environment, cwd=cwd,
                          timeout=120, check=False)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def good(*words, **more):
    result = run(*words, **more)
    assert result.code == DONE, (words, result.code, result.err)
    assert result.err == "", (words, result.err)
    return result


def bad(code, *words, says="", **more):
    """A failure says in one line what is wrong, on standard error alone."""
    result = run(*words, **more)
    assert result.code == code, (words, result.code, result.out, result.err)
    assert result.out == "", (words, result.out)
    assert len(result.err.splitlines()) == 1, (words, result.err)
    assert says in result.err, (words, result.err)
    return result


def equal(got, want):
    assert got == want, (got, want)


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


# ---- without a store ----------------------------------------------------------------------------------------

def help_and_version(folder):
    text = good("--help").out
    for command in ("call", "find", "guide", "form", "compose", "operations", "describe", "check", "workdays", "import", "export", "tick", "feed", "backup",
                    "check-store", "migrate", "version"):
        assert "\n  " + command in text, command
        assert "usage" in good("--help").out and command in good(command, "--help").out
    for option in ("--store", "--division", "--as", "--at", "--after", "--limit", "--dry-run", "--lang", "--record",
                   "--encoding", "--format", "--xsd"):
        assert option in text, option
    equal(good("--version").out, good("version").out)
    assert all(ord(c) < 128 for c in good("--help", "--lang", "en").out)
    equal(run().code, USAGE)


def wrong_usage(folder):
    bad(USAGE, "fly", says="fly")
    bad(USAGE, "--fly", "tick", says="--fly")
    bad(USAGE, "tick", "--limit", says="--limit")
    bad(USAGE, "tick", "--dry-run=yes", says="--dry-run")
    bad(USAGE, "tick", "--after", "3", says="tick")
    bad(USAGE, "backup", says="backup PATH")
    bad(USAGE, "check", "uscc", "a", "b", says="check KIND VALUE")
    bad(USAGE, "check", "shoe-size", "44", says="citizen-id")
    bad(USAGE, "--lang", "fr", "version", says="fr")
    bad(USAGE, "tick", says="GOVSVC_STORE")
    bad(USAGE, "workdays", "sub", "2026-01-05", "3", says="sub")


def numbers(folder):
    equal(good("check", "uscc", "11450103XN0000012R").out, "valid\n")
    equal(good("check", "division", "450100").out, "valid\n")
    equal(good("check", "citizen-id", "11010519491231002X").out, "valid\n")
    equal(good("check", "org-code", "D2143569-X").out, "valid\n")
    equal(good("check", "matter-code", "11450103XN0000012R4450131901000").out, "valid\n")
    for kind, value, says in (("uscc", "11450103XN00000122", "R"), ("citizen-id", "110105194912310021", "X"),
                              ("citizen-id", "1", "18"), ("division", "459999", "459999"), ("matter-code", "", ""),
                              ("certificate-id", "1.2.3", "")):
        result = run("check", kind, value)
        equal(result.code, NO)
        assert says in result.out and "valid" != result.out.strip(), (kind, result.out)
    assert all(ord(c) < 128 for c in run("check", "uscc", "11450103XN00000122", "--lang", "en").out)


def working_days(folder):
    equal(good("workdays", "add", "2026-02-13", "5").out, "2026-02-27\n")
    equal(good("workdays", "add", "2026-02-13", "5", "--division=450100").lines()[0], "2026-02-27")
    equal(good("workdays", "count", "2026-02-13", "2026-02-27").out, "5\n")
    equal(good("workdays", "count", "2026-02-13", "2026-02-13").out, "0\n")
    # Guangxi's own holiday of 2023, April 21 to 23; elsewhere the 23rd was even a make-up working day
    equal(good("workdays", "count", "2023-04-20", "2023-04-24").out, "3\n")
    equal(good("workdays", "count", "2023-04-20", "2023-04-24", "--division", "450100").out, "1\n")
    explained = good("workdays", "explain", "2026-02-13", "5").lines()
    equal(explained[0], "2026-02-27")
    assert any("春节" in line and "不计算" in line for line in explained[1:]), explained
    later = good("workdays", "add", "2031-03-03", "5").lines()
    equal(len(later), 2)
    assert "暂定" in later[1] and "provisional" in later[1]
    equal(good("workdays", "add", "2031-03-03", "5", "--lang", "en").lines()[1][:11], "provisional")


def days_that_are_none(folder):
    for number in ("0", "-5", "1000000000", "99999999999999999999", "five", "", "5x"):
        bad(NO, "workdays", "add", "2026-02-13", number, says="N")
    for date in ("2024-02-30", "2023-02-29", "20240101", "2024-1-1", "tomorrow", "", "1970-01-01", "2200-01-01"):
        bad(NO, "workdays", "add", date, "5", says="DATE")
        bad(NO, "workdays", "count", date, "2026-02-13", says="FROM")
    bad(NO, "workdays", "explain", "2190-01-01", "100000", says="2199")
    bad(NO, "workdays", "count", "2026-02-13", "2026-02-12", says="2026-02-12")
    bad(NO, "workdays", "add", "2026-02-13", "5", "--division", "12", says="--division")


def what_there_is(folder):
    names = [line.split()[0] for line in good("operations").lines()]
    assert {"matter.put", "application.submit", "tick", "journal.feed"} <= set(names), names
    equal(len(names), len(set(names)))
    schema = json.loads(good("describe", "application_draft").out)
    assert "applicant_id" in schema["properties"]
    bad(NO, "describe", "castle", says="castle")


# ---- with a store -----------------------------------------------------------------------------------------------

def calls(folder):
    store = os.path.join(folder, "calls.db")
    draft = json.dumps({"code": "450000", "name": "广西"})
    made = json.loads(good("-s", store, "call", "division.put", draft).out)
    equal(made["name"], "广西")
    equal(json.loads(good("call", "division.get", "-", stdin='{"number":"450000"}', env={"GOVSVC_STORE": store}).out)["id"],
          made["id"])
    refused = bad(NO, "-s", store, "call", "division.put", '{"name":7,"colour":"red"}', says="INVALID")
    problems = json.loads(refused.err)["problems"]
    equal({p["field"]: p["rule"] for p in problems}, {"/name": "type", "/colour": "unknown_field"})
    bad(NO, "-s", store, "call", "castle.put", says="UNSUPPORTED")
    bad(NO, "-s", store, "call", "division.get", '{"number":"459900"}', says="NOT_FOUND")
    bad(NO, "-s", store, "call", "division.get", "{", says="json")
    bad(NO, "-s", store, "call", "division.get", "-", stdin="\0", says="standard input")


def actors(folder):
    store = os.path.join(folder, "actors.db")
    clerk = write(folder, "clerk.json", '{"id":"u-7","name":"韦某","division":"450100","roles":["window_clerk"]}')
    denied = bad(NO, "-s", store, "--as", clerk, "call", "division.put", '{"code":"450000","name":"x"}', says="DENIED")
    equal(json.loads(denied.err)["problems"][0]["expected"], "administrator")
    good("-s", store, "--as", clerk, "--division", "450100", "call", "division.get", "--help")
    bad(NO, "-s", store, "--as", write(folder, "a.json", '{"id":"u","roles":["king"]}'), "tick", says="king")
    bad(NO, "-s", store, "--as", write(folder, "b.json", '{"id":"u","rank":1}'), "tick", says="rank")
    bad(NO, "-s", store, "--as", write(folder, "c.json", "{"), "tick", says="c.json")
    bad(NO, "-s", store, "--as", write(folder, "d.json", '{"id":"u","roles":"system"}'), "tick", says="roles")
    bad(NO, "-s", store, "--as", write(folder, "e.json", "[]"), "tick", says="e.json")
    bad(NO, "-s", store, "--as", os.path.join(folder, "none.json"), "tick", says="none.json")


def taking_in_and_giving_out(folder):
    store, other = os.path.join(folder, "in.db"), os.path.join(folder, "out.db")
    matters = os.path.join(DATA, "matters.xml")
    assert "dry run" in good("-s", store, "import", "--dry-run", matters).out
    equal(good("-s", store, "export").out, "")
    assert "%d added" % MATTERS in good("-s", store, "import", matters).out
    assert "%d unchanged" % MATTERS in good("-s", store, "import", matters).out
    assert "2 added" in good("-s", store, "import", "-", stdin=REGION + NANNING).out
    first = good("-s", store, "export").out
    equal(len(first.splitlines()), MATTERS + 2)
    equal(good("-s", store, "export", "division").out, REGION + NANNING)
    assert "%d added" % (MATTERS + 2) in good("-s", other, "import", write(folder, "all.jsonl", first)).out
    equal(good("-s", other, "export").out, first)
    bad(NO, "-s", store, "export", "castle", says="record")


def every_format(folder):
    store = os.path.join(folder, "formats.db")
    assert "%d added" % MATTERS in good("-s", store, "import", os.path.join(DATA, "matters.xml")).out
    for kind in ("json", "xml", "csv"):
        text = good("-s", store, "export", "matter", "--format", kind).out
        path, copy = write(folder, "matters." + kind, text), os.path.join(folder, kind + ".db")
        assert "%d added" % MATTERS in good("-s", copy, "import", path, "--record", "matter").out
        equal(good("-s", copy, "export", "matter", "--format=" + kind).out, text)
    with open(os.path.join(folder, "gb.csv"), "wb") as file:
        file.write("代码,名称\n450000,广西壮族自治区\n".encode("gb18030"))
    for more in ([], ["--encoding", "GB18030"]):
        good("-s", store, "import", os.path.join(folder, "gb.csv"), "--record", "division", *more)
        equal(good("-s", store, "export", "division").out, REGION)
    bad(USAGE, "-s", store, "export", "--format", "xls", says="xls")
    bad(USAGE, "-s", store, "export", "--record", "matter", says="export")
    bad(NO, "-s", store, "export", "--format", "csv", says="record")
    bad(NO, "-s", store, "import", os.path.join(folder, "gb.csv"), "--record", "castle", says="record")
    bad(NO, "-s", store, "import", os.path.join(folder, "gb.csv"), "--record", "division", "--encoding", "latin",
        says="GB18030")
    with open(os.path.join(DATA, "..", "..", "share", "govsvc", "matter.xsd"), encoding="utf-8") as file:
        equal(good("describe", "--xsd", "matter").out, file.read())
    bad(NO, "describe", "--xsd", "application", says="application")


def records_that_are_refused(folder):
    store = os.path.join(folder, "refused.db")
    lines = write(folder, "bad.jsonl", REGION + '{"division":{"code":"45","nama":"x"}}\n' + NANNING)
    result = run("-s", store, "import", lines)
    equal(result.code, NO)
    assert "2 added" in result.out and "1 rejected" in result.out, result.out
    told = result.err.splitlines()
    equal(len(told), 2)
    assert all(line.startswith(lines + ":2: /") for line in told), told
    assert all(ord(c) < 128 for c in run("-s", store, "import", lines, "--lang", "en").err)
    bad(NO, "-s", store, "import", write(folder, "cut.xml", "<matters><matter><code>1"), says="line 1")
    bad(NO, "-s", store, "import", write(folder, "table.csv", "code,name\n"), says="JSON Lines")
    bad(NO, "-s", store, "import", os.path.join(folder, "none.xml"), says="none.xml")
    bad(NO, "-s", store, "import", folder, says=folder)


def a_bar_on_a_terminal(folder):
    """Standard error is a terminal: the bar comes, and is taken away."""
    lines = "".join('{"division":{"code":"450103%03d","name":"第%d镇","parent":"450103"}}\n' % (i, i)
                    for i in range(1, 301))
    path = write(folder, "towns.jsonl", lines)
    ours, theirs = pty.openpty()
    done = subprocess.run([PROGRAM, "-s", os.path.join(folder, "bar.db"), "import", path], stdout=subprocess.PIPE,
                          stderr=theirs, timeout=60, check=False)
    os.close(theirs)
    told = os.read(ours, 65536).decode()
    os.close(ours)
    equal(done.returncode, DONE)
    assert "100%" in told and "#" in told and told.endswith("\x1b[K"), told


def a_matter_for_people_and_machines(folder):
    store, code = os.path.join(folder, "guide.db"), "11450103XN0000012R4450131901000"
    good("-s", store, "import", os.path.join(DATA, "matters.xml"))
    bad(NO, "-s", store, "guide", code, says="/code")
    matter = json.loads(good("-s", store, "call", "matter.get", json.dumps({"number": code})).out)
    for step in ("review", "publish"):
        good("-s", store, "call", "matter." + step, json.dumps({"id": matter["id"]}))
    for words in (["食品经营"], ["shipin", "xuke"], ["spjyxk"]):
        equal(good("-s", store, "find", *words).lines(), [code + "  食品经营许可  南宁市青秀区市场监督管理局"])
    equal(good("-s", store, "find", "烟花").out, "")
    guide = good("-s", store, "guide", code).lines()
    equal(guide[0], "# 食品经营许可")
    assert "- **实施主体**：南宁市青秀区市场监督管理局" in guide, guide
    equal(json.loads(good("-s", store, "form", code).out)["type"], "object")
    bad(NO, "-s", store, "compose", code, says="/code")
    for command in ("guide", "form"):
        bad(NO, "-s", store, command, code, "colour=red", says="/answers/0")
        bad(USAGE, "-s", store, command, says="CODE")


def a_bundle_and_what_it_saves(folder):
    store, one = os.path.join(folder, "bundle.db"), "11450103XN0000012R4450131901000"
    good("-s", store, "import", os.path.join(DATA, "matters.xml"))
    matter = json.loads(good("-s", store, "call", "matter.get", json.dumps({"number": one})).out)
    bundle = {**{name: matter[name] for name in ("version", "level", "project_type", "statutory_amount", "statutory_unit",
                                                 "organ", "organ_name", "division", "bases", "statutory_basis",
                                                 "unverified")},
              "type": "bundle", "code": one[:-1] + "9", "name": "一件事",
              "members": [{"code": "one", "matter": one}, {"code": "two", "matter": one, "after": ["one"]}]}
    for id_ in (matter["id"], json.loads(good("-s", store, "call", "matter.put", json.dumps(bundle)).out)["id"]):
        for step in ("review", "publish"):
            good("-s", store, "call", "matter." + step, json.dumps({"id": id_}))
    lines = [line.split("\t") for line in good("-s", store, "compose", bundle["code"], "--lang", "en").lines()]
    equal([line[0] for line in lines], ["steps", "materials", "working days", "visits", "fields", "critical"])
    equal(lines[2][1], lines[2][2])
    equal(lines[5][1], "one -> two")
    bad(NO, "-s", store, "compose", bundle["code"], "colour=red", says="/answers/0")
    bad(USAGE, "-s", store, "compose", says="CODE")


def events(folder):
    store = os.path.join(folder, "events.db")
    for code in ("450000", "451400"):
        good("-s", store, "--at", "2026-03-02T09:30:00+08:00", "call", "division.put",
             json.dumps({"code": code, "name": "甲", **({} if code == "450000" else {"parent": "450000"})}))
    events_ = [json.loads(line) for line in good("-s", store, "feed").lines()]
    equal([e["id"] for e in events_], ["4500-1", "4500-2"])
    event = events_[1]
    equal(list(event), ["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"])
    equal((event["specversion"], event["source"], event["type"], event["time"], event["datacontenttype"]),
          ("1.0", "/govsvc/4500", "cn.gov.govsvc.division.put.v1", "2026-03-02T09:30:00+08:00", "application/json"))
    equal(event["subject"], event["data"]["subject"])
    equal([json.loads(line)["id"] for line in good("-s", store, "feed", "--after", "1").lines()], ["4500-2"])
    equal(good("-s", store, "feed", "--after", "2").out, "")
    bad(NO, "-s", store, "feed", "--after", "-1", says="--after")
    bad(NO, "-s", store, "feed", "--after", "x", says="--after")


def a_long_feed_has_every_entry(folder):
    store = os.path.join(folder, "long.db")
    lines = "".join('{"division":{"code":"450103%03d","name":"第%d镇","parent":"450103"}}\n' % (i % 999 + 1, i)
                    for i in range(1201))
    good("-s", store, "import", "-", stdin=lines)
    ids = [json.loads(line)["id"] for line in good("-s", store, "feed").lines()]
    equal(ids, ["4500-%d" % i for i in range(1, 1202)])
    assert "3603 journal entries" in good("-s", store, "tick", "--limit", "100").out
    assert "0 journal entries" in good("-s", store, "tick").out
    bad(NO, "-s", store, "tick", "--limit", "0", says="--limit")


def times(folder):
    store = os.path.join(folder, "times.db")
    for number, (text, want) in enumerate((("2026-03-02", "2026-03-02T09:00:00+08:00"),
                                           ("2026-03-03T00:00:00Z", "2026-03-03T08:00:00+08:00"),
                                           ("2026-03-04T01:02:03.250-05:30", "2026-03-04T14:32:03.250+08:00"))):
        made = good("-s", store, "--at", text, "call", "division.put",
                    json.dumps({"code": "45%02d00" % (number + 1), "name": "市", "parent": "450000"}))
        equal(json.loads(made.out)["created_at"], want)
    for text in ("2026-02-30", "2026-03-02T25:00:00Z", "2026-03-02T09:00:00", "2026-03-02T09:00Z", "now", ""):
        bad(NO, "-s", store, "--at", text, "tick", says="--at")


def keeping(folder):
    store, copy = os.path.join(folder, "keep.db"), os.path.join(folder, "copy.db")
    good("-s", store, "import", "-", stdin=REGION + NANNING)
    assert "2 rows" in good("-s", store, "check-store").out
    good("-s", "sqlite:" + store, "backup", copy)
    equal(good("-s", copy, "export").out, REGION + NANNING)
    assert "0 tables" in good("-s", store, "migrate").out
    nanning = os.path.join(folder, "nanning.db")
    good("-s", nanning, "--division", "450100", "import", "-", stdin=REGION + NANNING)
    good("-s", nanning, "tick")  # it knows its own division
    import sqlite3 as engine
    with engine.connect(nanning) as raw:
        equal(raw.execute("SELECT value FROM gs_setting WHERE name = 'division'").fetchall(), [("450100",)])
    raw.close()
    bad(NO, "-s", store, "backup", copy, says="exists")
    import sqlite3
    with sqlite3.connect(copy) as raw:
        raw.execute("UPDATE gs_division SET name = 'x' WHERE code = '450100'")
    raw.close()
    damaged = run("-s", copy, "check-store")
    equal(damaged.code, STORE)
    assert "division" in damaged.lines()[0] and "1 complaints" in damaged.out, damaged.out


def stores_that_are_none(folder):
    missing = os.path.join(folder, "missing.db")
    for command in ("feed", "export", "tick", "check-store"):
        bad(STORE, "-s", missing, command, says=missing)
    bad(STORE, "-s", missing, "backup", os.path.join(folder, "x.db"), says=missing)
    assert not os.path.exists(missing)
    bad(STORE, "-s", write(folder, "poem.txt", "床前明月光，疑是地上霜。\n" * 99), "tick", says="poem.txt")
    bad(STORE, "-s", "abacus:beads", "tick", says="abacus:beads")
    bad(NO, "-s", missing, "--division", "999999", "import", "-", says="--division")


CASES = (help_and_version, wrong_usage, numbers, working_days, days_that_are_none, what_there_is, calls, actors,
         taking_in_and_giving_out, every_format, records_that_are_refused, a_bar_on_a_terminal,
         a_matter_for_people_and_machines, a_bundle_and_what_it_saves, events,
         a_long_feed_has_every_entry, times, keeping, stores_that_are_none)


def main():
    failed = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                case(folder)
            except AssertionError as error:
                failed += 1
                line = error.__traceback__
                while line.tb_next and line.tb_frame.f_code is not case.__code__:
                    line = line.tb_next
                print("FAILED %s, line %d: %s" % (case.__name__, line.tb_lineno, error), file=sys.stderr)
    print("%d passed, %d failed" % (len(CASES) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
