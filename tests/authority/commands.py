"""The ledger's commands from outside: answers in three languages, formats that other programs read, exit codes."""
import csv
import io
import json
import subprocess
import sys

OPCON = sys.argv[1]
failures = []


def run(*words, status=0):
    done = subprocess.run([OPCON, *words], capture_output=True, text=True, encoding="utf-8", timeout=60)
    if done.returncode != status:
        failures.append(f"{words}: exit {done.returncode}, expected {status}: {done.stderr[:300]}")
    return done.stdout if status == 0 else done.stderr


def check(condition, what):
    if not condition:
        failures.append(what)


def flat(text):
    """Without what wrapping at the width of the terminal puts in."""
    return "".join(text.split())


# day, state, matter, ground -> holder; the oracle is the record as reference works give it.
QUESTIONS = [
    ("1950-07-13", "war", "operational_control", "rok_forces", None),
    ("1950-07-20", "war", "operational_control", "rok_forces", "unc_commander"),
    ("1953-09-01", "armistice", "operational_control", "rok_forces", "unc_commander"),
    ("1961-05-16", "war", "operational_control", "rok_forces", "unc_commander"),
    ("1977-06-01", "armistice", "operational_control", "rok_forces", "unc_commander"),
    ("1978-11-06", "war", "operational_control", "rok_forces", "unc_commander"),
    ("1978-11-07", "war", "operational_control", "rok_forces", "cfc_commander"),
    ("1979-12-12", "armistice", "operational_control", "rok_forces", "cfc_commander"),
    ("1994-11-30", "armistice", "operational_control", "rok_forces", "cfc_commander"),
    ("1994-12-01", "armistice", "operational_control", "rok_forces", "rok_jcs_chairman"),
    ("1994-11-30", "war", "operational_control", "rok_forces", "cfc_commander"),
    ("1994-12-01", "war", "operational_control", "rok_forces", "cfc_commander"),
    ("2012-04-18", "war", "operational_control", "rok_forces", "cfc_commander"),
    ("2015-12-02", "war", "operational_control", "rok_forces", "cfc_commander"),
    ("2015-12-02", "armistice", "operational_control", "rok_forces", "rok_jcs_chairman"),
    ("2026-06-25", "war", "operational_control", "rok_forces", "cfc_commander"),
    ("2026-06-25", "armistice", "operational_control", "rok_forces", "rok_jcs_chairman"),
    ("1953-07-26", "armistice", "dmz_entry", "dmz_south", None),
    ("2026-01-29", "armistice", "dmz_entry", "dmz_south", "mac"),
    ("2026-01-29", "armistice", "dmz_administration", "dmz_south", "unc_commander"),
    ("1994-11-30", "armistice", "combined_war_planning", "combined_functions", None),
    ("1995-01-01", "armistice", "combined_war_planning", "combined_functions", "cfc_commander"),
    ("2019-09-01", "war", "verification", "future_headquarters", None),
    ("2020-06-01", "war", "verification", "future_headquarters", "scm"),
]
KEYS = ["probability", "holder", "holder_names", "matter", "forces", "state", "since", "until", "instrument", "contested",
        "sources"]
SENTENCE = {"en": "lies with", "ja": "にある", "ko": "에게 있다"}


def test_questions():
    for number, (on, state, matter, ground, holder) in enumerate(QUESTIONS):
        words = ["who", "--on", on, "--state", state, "--matter", matter, "--forces", ground]
        data = json.loads(run(*words, "--format", "json"))
        check(data["question"] == {"on": on, "state": state, "matter": matter, "forces": ground}, f"question of {words}")
        holders = [answer["holder"] for answer in data["answers"]]
        uncertain = on == "2019-09-01"
        if not uncertain:
            check(holders == ([holder] if holder else []), f"{words}: {holders}")
        for answer in data["answers"]:
            check(list(answer) == KEYS, f"keys of {words}")
            check(answer["sources"] and answer["instrument"], f"sources of {words}")
            check(answer["probability"] == 1, f"probability of {words}")
        lang = ("en", "ja", "ko")[number % 3]
        text = flat(run(*words, "--lang", lang))
        if holder:
            check(flat(data["answers"][0]["holder_names"][lang]) in text, f"holder in {lang}: {words}")
            check(flat(SENTENCE[lang]) in text, f"sentence in {lang}: {words}")


def test_future():
    words = ["who", "--on", "2035-01-01", "--state", "war", "--matter", "operational_control", "--runs", "2000"]
    answers = json.loads(run(*words, "--format", "json"))["answers"]
    check({a["holder"] for a in answers} == {"cfc_commander", "future_cfc_commander"}, "holders in 2035")
    check(abs(sum(a["probability"] for a in answers) - 1) < 1e-9, "probabilities add up")
    for lang, phrase in (("en", "in 100"), ("ja", "100回に"), ("ko", "100번 중")):
        text = run(*words, "--lang", lang)
        check(phrase in text, f"chance in {lang}")
    counts = [int(line.split(" in 100")[0]) for line in run(*words, "--lang", "en").splitlines()
              if line[:1].isdigit() and " in 100" in line]
    check(sum(counts) == 100, f"counts {counts}")
    beyond = json.loads(run("who", "--on", "2090-01-01", "--state", "war", "--matter", "operational_control",
                            "--format", "json"))
    check(all(a["probability"] is None for a in beyond["answers"]), "no probability beyond the horizon")


def test_chain():
    text = run("who", "--chain", "--state", "war", "--lang", "en")
    check("└─" in text and "operational control → the Korean armed forces" in text, "tree")
    svg = run("who", "--chain", "--state", "war", "--lang", "ko", "--format", "svg")
    check(svg.startswith("<?xml") and "한미연합군사령관" in svg and svg.rstrip().endswith("</svg>"), "drawing")
    chains = json.loads(run("who", "--chain", "--format", "json"))["chains"]
    check([c["state"] for c in chains] == ["armistice", "war"], "chains")
    for edge in (e for c in chains for e in c["edges"]):
        check(edge["sources"], f"source of {edge}")


def test_timeline():
    data = json.loads(run("timeline", "--from", "2014", "--to", "2014", "--format", "json"))
    ids = [e["id"] for e in data["events"]]
    check("scm_46" in ids, "46th SCM")
    firsts = [e["first"] for e in json.loads(run("timeline", "--format", "json"))["events"]]
    check(firsts == sorted(firsts) and len(firsts) > 250, "order")
    rows = list(csv.DictReader(io.StringIO(run("timeline", "--about", "李明博", "--format", "csv"))))
    check(rows and all("lee_myung_bak" in row["who"] for row in rows), "what an actor took part in")
    check(all(row["sources"] for row in rows), "sources in CSV")
    raw = subprocess.run([OPCON, "timeline", "--format", "ics", "--lang", "ja"], capture_output=True, timeout=60).stdout
    lines = raw.split(b"\r\n")
    check(lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR", "calendar")
    check(all(len(line) <= 75 for line in lines), "lines of at most 75 octets")
    for line in lines:
        line.decode("utf-8")  # never folded inside a character
    unfolded = raw.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    starts = [line.split(":")[1] for line in unfolded if line.startswith("DTSTART")]
    as_of = data["as_of"].replace("-", "")
    ends = [line.split(":")[1] for line in unfolded if line.startswith("DTEND")]
    check(starts and all(end > as_of for end in ends), "only what lies ahead")
    check(unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == len(starts), "events")


def test_commitments():
    data = json.loads(run("commitments", "--format", "json"))["commitments"]
    spending = next(c for c in data if c["id"] == "defence_spending_3_5")
    years = [path["year_reached"] for path in spending["progress"]["paths"]]
    check(years == [2036, 2036, 2081], f"years {years}")
    check(all(c["sources"] for c in data), "sources of commitments")
    check("3.5" in run("commitments", "--about", "defence_spending", "--lang", "ko"), "commitments about a topic")


def test_actors():
    for name in ("李在明", "이재명", "Lee Jae-myung", "イ・ジェミョン", "lee jae myung"):
        found = json.loads(run("actors", name, "--format", "json"))
        check([a["id"] for a in found] == ["lee_jae_myung"], f"actor {name}")
    check("Lee Jae-myung" in run("actors", "Lee Jae-mung", status=2), "suggestion for an actor")
    check("李在明" in run("actors", "--lang", "ja"), "list of actors")


def test_sources():
    csl = json.loads(run("sources", "--format", "csl-json"))
    check(len(csl) > 300 and all("id" in s and "type" in s for s in csl), "CSL-JSON")
    bibtex = run("sources", "--format", "bibtex")
    check(bibtex.count("\n}\n") == len(csl), "as many in BibTeX")
    check("authorities.holdings.control_1954" in run("sources", "archives_kr"), "what rests on a source")
    run("sources", "archives_k", status=2)


def test_errors():
    check("operational_control" in run("who", "--matter", "operational_contrl", status=2), "suggestion for a matter")
    run("who", "--on", "2015-02-30", status=2)
    check(run("who", "1994-12-01") == run("who", "--on", "1994-12-01"), "a day without --on")
    run("who", "1994-12-01", "--on", "1994-12-01", status=2)
    run("who", "1994-12-01", "1995-12-01", status=2)
    run("who", "--state", "peace", status=2)
    run("who", "--format", "svg", status=2)
    run("who", "--chain", "--history", status=2)
    run("timeline", "--from", "2015", "--to", "2014", status=2)
    run("timeline", "--about", "nosuch", status=2)
    run("commitments", "--format", "xml", status=2)


TESTS = [test_questions, test_future, test_chain, test_timeline, test_commitments, test_actors, test_sources, test_errors]
print(f"1..{len(TESTS)}")
failed = 0
for index, test in enumerate(TESTS, 1):
    failures.clear()
    try:
        test()
    except Exception as problem:  # a broken answer is a failed test, not the end of the others
        failures.append(f"{type(problem).__name__}: {problem}")
    print(f"{'not ' if failures else ''}ok {index} - {test.__name__}")
    for failure in failures:
        print(f"# {failure}")
    failed += bool(failures)
sys.exit(failed > 0)
