"""The workspace's commands from outside: three languages, formats, decisions, runs and their differences."""
import csv
import io
import json
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / "tests"))
import opcon  # noqa: E402

folder = opcon.start(sys.argv)
tap = opcon.Tap()
BASE = folder / "w.db"
DOCUMENTS = {
    "ja.txt": "台湾海峡の演習\n\n２０２６年３月１日\n\n国防相は、完全運用能力の検証を2028年に終える計画だと述べた。"
              "ｶﾞｲﾄﾞラインも改める。台湾海峡では演習が続く。\n",
    "ko.txt": "전작권 전환 전망\n\n2026년 3월 2일\n\n국방부는 완전운용능력 검증을 2030년에 마칠 계획이라고 밝혔다. 대만해협 연습도 이어진다.\n",
    "en.txt": "Notes on the transfer\n\n3 March 2026\n\nThe ministry plans to complete verification of full operational "
              "capability in 2028. PLA exercises near Taiwan go on.\n",
}


def run(*words, status=0, lang="en", stdin=None):
    done = opcon.run(*words, "--workspace", BASE, "--lang", lang, stdin=stdin)
    assert done.returncode == status, f"{words}: exit {done.returncode}: {done.stderr.decode()}"
    return done.stdout.decode() if status == 0 else done.stderr.decode()


def data(*words):
    return json.loads(run(*words, "--format", "json"))


def test_add():
    (folder / "docs").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    (folder / "docs" / "picture.png").write_bytes(b"\x89PNG")
    added = data("add", folder / "docs")
    assert [d["outcome"] for d in added] == ["added"] * 3, added
    assert [d["outcome"] for d in data("add", folder / "docs" / "ja.txt")] == ["known"]
    db = sqlite3.connect(BASE)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    for name, text in DOCUMENTS.items():
        query = "SELECT bytes FROM contents JOIN origins USING (document) WHERE origin LIKE ?"
        assert db.execute(query, ["%" + name]).fetchone()[0] == text.encode()
    db.close()


# words, names of the files that must be found
SEARCHES = [
    (["台湾"], ["ja.txt"]), (["演習"], ["ja.txt"]), (["湾台"], []), (["台湾海峡"], ["ja.txt"]), (["海"], ["ja.txt"]),
    (["ガイド"], ["ja.txt"]), (["ガイドライン"], ["ja.txt"]), (["2028年"], ["ja.txt"]), (["2028"], ["ja.txt", "en.txt"]),
    (["대만"], ["ko.txt"]), (["해협"], ["ko.txt"]), (["전작권"], ["ko.txt"]), (["전작권", "대만"], ["ko.txt"]),
    (["pla"], ["en.txt"]), (["ＰＬＡ"], ["en.txt"]), (["exercise"], []), (["exercis*"], ["en.txt"]),
    (["full operational"], ["en.txt"]), (["operational full"], []), (["2028", "--", "-PLA"], ["ja.txt"]),
    (['")(*^:'], None), (["a AND"], []), (["NEAR(pla"], []),
]


def test_search():
    for words, names in SEARCHES:
        if names is None:
            assert "E0812" in run("search", *words, status=1)
            continue
        split = words.index("--") if "--" in words else len(words)
        words = ["search", *words[:split], "--format", "json", "--workspace", BASE, *words[split:]]
        done = opcon.run(*words)
        assert done.returncode == 0, done.stderr.decode()
        found = json.loads(done.stdout)
        assert sorted(pathlib.Path(d["file"]).name for d in found["documents"]) == sorted(names), (words, found)
        for d in found["documents"]:
            text = d["excerpt"].encode()
            marked = [text[a:b].decode() for a, b in d["found"]]
            assert all(marked) and (marked or words[1] in d["title"]), (words, d)
            if words[1] in ("台湾", "대만", "ガイド"):
                expected = {"ガイド": "ｶﾞｲﾄﾞ"}.get(words[1], words[1])
                assert set(marked) == {expected}, marked


def test_languages():
    for lang, phrase in (("en", "documents found: 1"), ("ja", "1件の文書が見つかりました"), ("ko", "문서 1건을 찾았습니다")):
        assert phrase in run("search", "台湾", lang=lang)
    for lang, phrase in (("en", "no workspace"), ("ja", "ワークスペース"), ("ko", "작업 공간")):
        done = opcon.run("claims", "--workspace", folder / "none.db", "--lang", lang)
        assert done.returncode == 3 and phrase in done.stderr.decode()
        assert not (folder / "none.db").exists()
    environment = {"OPCON_WORKSPACE": str(BASE)}
    assert opcon.run("claims", environment=environment).returncode == 0


def test_claims():
    claims = data("claims", "--milestone", "foc")
    assert {(c["start"][:4], c["published"]) for c in claims} >= {("2028", "2026-03-01"), ("2030", "2026-03-02")}, claims
    for claim in claims:
        original = opcon.run("export", "--workspace", BASE, "--document", claim["document"], "--format", "original").stdout
        a, b = claim["bytes"]
        assert original[a:b].decode() == claim["text"], (claim, original[a:b])
    late = data("claims", "--milestone", "foc", "--since", "2026-03-02")
    assert {c["published"] for c in late} <= {"2026-03-02", "2026-03-03"}, late


def test_conflicts():
    grades = {c["grade"] for c in data("conflicts", "--milestone", "foc")}
    assert grades & {"conflict", "updated"}, grades
    assert len(data("conflicts", "--all")) >= len(data("conflicts"))
    for lang, word in (("en", "CONFLICT"), ("ja", "矛盾"), ("ko", "모순")):
        text = run("conflicts", lang=lang)
        assert word in text or "updated" in text or "更新" in text or "갱신" in text, text


def test_review():
    ids = [c["id"] for c in data("claims")]
    assert len(ids) >= 2
    bad = folder / "bad.tsv"
    bad.write_text(f"{ids[0]}\taccept\n{ids[1]}\tcorect\n99999\treject\n", encoding="utf-8")
    message = run("review", "--decisions", bad, status=1)
    assert "E0811" in message and "E0810" in message and "corect" in message
    assert all(c["decision"] == "new" for c in data("claims")), "nothing counts if one line is wrong"
    good = folder / "good.tsv"
    good.write_text(f"# mine\n{ids[0]}\taccept\n#{ids[1]}\n{ids[1]}\tcorrect\tstart=2031\tend=..\tmodality=goal\tnote=see p. 3\n")
    run("review", "--decisions", good)
    by_id = {c["id"]: c for c in data("claims", "--decision", "all")}
    assert by_id[ids[0]]["decision"] == "accepted"
    second = by_id[ids[1]]
    assert (second["decision"], second["start"], second["end"], second["modality"], second["note"]) == \
        ("corrected", "2031-01-01", None, "goal", "see p. 3"), second
    run("add", "--again", folder / "docs")
    assert {c["id"]: c for c in data("claims", "--decision", "all")}[ids[1]] == second, "kept across another reading"
    run("review", "--decisions", "-", stdin=f"{ids[0]}\tnew\n".encode())
    done = run("review", stdin=b"a\nq\n")
    assert "decided: 1" in done, done
    run("review", stdin=b"")


def test_export():
    everything = data("export")
    assert [d["title"] for d in everything["documents"]] and len(everything["documents"]) == 3
    rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv"))))
    assert len(rows) == len(everything["claims"]) and rows[0]["text"]
    bibtex = run("export", "--format", "bibtex")
    assert bibtex.count("@misc{doc") == 3 and "전작권" in bibtex
    reading = data("export", "--document", "1")
    assert reading["sentences"] and reading["language"]
    run("export", "--format", "original", status=2)
    run("export", "--document", "77", status=1)


def test_duplicates():
    sentences = [f"The committee looked at item {n} on day {n * 7 % 31} and found it in order." for n in range(80)]
    for name, changed in (("near1.txt", 0), ("near2.txt", 1)):
        text = list(sentences)
        if changed:
            text[40] = "The committee looked at item 40 on day 99 and found it wanting."
        (folder / name).write_text("On items\n\n1 May 2026\n\n" + " ".join(text) + "\n")
    run("add", folder / "near1.txt")
    related = data("add", folder / "near2.txt")[0]["related"]
    assert [r["kind"] for r in related] == ["duplicate"], related
    assert len(related[0]["only_here"]) == 1 and "day 99" in related[0]["only_here"][0], related
    assert len(related[0]["only_there"]) == 1 and "item 40" in related[0]["only_there"][0]


VOICES = {
    "told.txt": "전작권 전환 전망\n\n2026년 1월 2일\n\n국방부는 전시작전통제권 전환을 2030년에 마칠 계획이라고 밝혔다. "
                "전작권 전환은 2033년에 이루어질 전망이라고 김민수 교수가 말했다.\n",
    "said.txt": "Notes on the transfer\n\n3 January 2026\n\nThe ministry plans the transfer of wartime operational control by 2029. "
                "The target year will be set soon. FOC is to be declared in 2027.\n",
}
TRANSFER = ("scenario: small\nas_of: 2026-06-01\nhorizon: 2040-12-31\ntick: month\ncalendar:\n"
            "  meeting: {every: year, date: 06-10}\nstages:\n  foc: {at: meeting, chance: 0.5}\n"
            "  transfer: {after: foc, at: meeting, chance: 0.5}\nquestions:\n  when: transfer\n")


def test_voices():
    """Accepted claims are voices of the forecast and targets of the timeline; others never are."""
    base = folder / "voices.db"
    scenario = opcon.scenario(TRANSFER, "v/scenario.yaml")

    def ask(*words, workspace=base, status=0):
        done = opcon.run(*words, "--workspace", workspace)
        assert done.returncode == status, (words, done.stderr.decode())
        return done.stdout.decode()

    def forecast(*words):
        return json.loads(ask("forecast", scenario, "--runs", "2000", "--format", "json", *words))

    def timeline():
        return json.loads(ask("timeline", scenario, "--format", "json"))["events"]

    for name, text in VOICES.items():
        (folder / name).write_text(text, encoding="utf-8")
    ask("add", *(folder / name for name in VOICES))
    claims = json.loads(ask("claims", "--format", "json"))
    plan, expected, by, foc = (next(c["id"] for c in claims if (c["milestone"], c["end"]) == key) for key in (
        ("transfer", "2030-12-31"), ("transfer", "2033-12-31"), ("transfer", "2029-12-31"), ("foc", "2027-12-31")))
    # Nothing is accepted: as without a workspace.
    plain = opcon.run("forecast", scenario, "--runs", "2000").stdout
    with_workspace = ask("forecast", scenario, "--runs", "2000")
    assert with_workspace.splitlines()[:-1] == plain.decode().splitlines()[:-1]  # the last line has the speed
    assert "views" not in forecast() and timeline() == []

    decisions = folder / "voices.tsv"
    decisions.write_text(f"{plan}\taccept\n{expected}\treject\n{by}\tcorrect\tend=2029-06\tspeaker=minister\n{foc}\taccept\n")
    ask("review", "--decisions", decisions)
    voices = forecast()["views"]["voices"]
    told = {v["claim"]: v for v in voices["workspace"]}
    assert set(told) == {plan, by} and voices["statements"] == 2, voices
    lines = {c["id"]: f"document-{c['document']}:{c['line']}" for c in claims}
    assert told[plan] == dict(told[plan], **{"from": lines[plan], "modality": "planned", "said": "2026-01-02",
                                             "first": "2030-01-01", "last": "2030-12-31"}), told
    assert told[by] == dict(told[by], **{"speaker": "minister", "said": "2026-01-03", "last": "2029-06-30"}), told
    shown = {e["claim"]: e for e in timeline()}
    assert set(shown) == {plan, by, foc} and shown[foc]["about"] == ["foc"], shown
    assert shown[plan]["on"] == "2030" and shown[plan]["sources"] == [lines[plan]], shown
    for lang, phrase in (("en", "Accepted claims of the workspace"), ("ja", "採用された主張"), ("ko", "채택한 주장")):
        for command in (["forecast", "--runs", "2000"], ["timeline"]):
            text = ask(*command, scenario, "--lang", lang)
            assert phrase.replace(" ", "") in "".join(text.split()) and "2033년에" not in text, text
    ask("report", scenario, "--runs", "2000", "--output", folder / "voices.html")
    page = (folder / "voices.html").read_text(encoding="utf-8")
    assert lines[plan] in page and "documents of a workspace" in page
    assert "2033년에" not in page

    # Rejected after all: gone again.
    decisions.write_text(f"{plan}\treject\n{by}\treject\n{foc}\treject\n")
    ask("review", "--decisions", decisions)
    assert "views" not in forecast() and timeline() == []
    ask("timeline", scenario, workspace=folder / "nowhere.db", status=3)


def test_runs():
    scenario = folder / "s" / "scenario.yaml"
    text = ("scenario: small\nas_of: 2026-01-01\nhorizon: 2030-12-31\ntick: month\ncalendar:\n"
            "  meeting: {every: year, date: 06-01}\nstages:\n  done_it: {at: meeting, chance: 0.5}\n"
            "questions:\n  soon: done_it <= 2027-12-31\n")
    opcon.scenario(text, "s/scenario.yaml")
    run("forecast", scenario, "--runs", "20000")
    run("forecast", scenario, "--runs", "20000")
    opcon.scenario(text.replace("0.5", "0.8"), "s/scenario.yaml")
    run("forecast", scenario, "--runs", "20000", "--given", "done_it > 2026-02-01")
    runs = data("runs")
    assert [r["id"] for r in runs] == [1, 2, 3] and runs[2]["settings"] == ["given=done_it > 2026-02-01"], runs
    same = data("diff", 1, 2)
    assert same["same_results"] and not same["results"] and not same["files"] and not same["settings"], same
    diff = data("diff", "1", "#3")
    assert not diff["same_results"] and not diff["same_model"]
    assert [(x["change"], "chance" in x["text"]) for x in diff["files"][0]["lines"]] == [("removed", True), ("added", True)]
    soon = [r for r in diff["results"] if (r["name"], r["measure"]) == ("soon", "p")][0]
    assert abs(float(soon["before"]) - 0.75) < 0.02 and abs(float(soon["after"]) - 0.96) < 0.01, soon
    assert "done_it" in run("diff", "1", "3", lang="ja")
    assert json.loads(run("runs", "2"))["scenario"] == "small"
    assert "E0809" in run("diff", "1", "9", status=1)
    # Without a workspace nothing is kept; with --keep one is made.
    environment = {"OPCON_WORKSPACE": str(folder / "other.db")}
    opcon.run("forecast", scenario, "--runs", "1000", environment=environment)
    assert not (folder / "other.db").exists()
    kept = opcon.run("forecast", scenario, "--runs", "1000", "--keep", environment=environment)
    assert kept.returncode == 0 and b"run 1" in kept.stderr and (folder / "other.db").exists()


for name, test in list(globals().items()):
    if name.startswith("test_"):
        tap.attempt(name[5:].replace("_", " "), test)
tap.done()
