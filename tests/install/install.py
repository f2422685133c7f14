"""An installation into an empty folder: the program works from anywhere without environment, also after the tree was
moved; the examples build against it and run; headers stand alone in C and C++; removal leaves nothing.

    install.py BUILD ROOT PREFIX LIBDIR

Works on the build as it is. The log of the last installation is kept, so that `ninja uninstall` still removes that."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

BUILD, ROOT = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
PREFIX, LIBDIR = sys.argv[3].lstrip("/"), sys.argv[4]
tap = opcon.Tap()


def run(command, folder, **environment):
    env = {"PATH": "/usr/bin:/bin", **{name: str(value) for name, value in environment.items()}}
    return subprocess.run([str(word) for word in command], capture_output=True, cwd=folder, env=env, timeout=120)


def works(name, result, expected=b""):
    detail = result.stderr.decode()[-2000:] + result.stdout.decode()[-500:]
    tap.check(result.returncode == 0 and expected in result.stdout, name, detail)


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def program(prefix, empty, what):
    binary = prefix / "bin" / "opcon"
    works(f"{what}: forecast", run([binary, "forecast", "--runs", 2000], empty), b"command")
    korean = run([binary, "forecast", "minimal", "--runs", 2000, "--lang", "ko"], empty)
    works(f"{what}: forecast minimal --lang ko", korean, b"%")
    works(f"{what}: who", run([binary, "who", "--on", "1994-12-01", "--state", "war"], empty), b"1994")
    works(f"{what}: explain", run([binary, "explain", "E0107"], empty), b"E0107")
    works(f"{what}: report", run([binary, "report", "minimal", "-o", "r.html", "--runs", 2000], empty))
    (empty / "a.md").write_text("# News\n\n2026-05-01\n\nMinister Ahn Gyu-back said that it will happen in 2028.\n")
    works(f"{what}: read", run([binary, "read", "a.md", "--format", "json"], empty), b'"claims"')
    works(f"{what}: new", run([binary, "new", "mine"], empty))
    works(f"{what}: check of what is new", run([binary, "check", "mine"], empty))
    first = (empty / "mine" / "scenario.yaml").read_text(encoding="utf-8").splitlines()[0]
    schema = re.fullmatch(r"# yaml-language-server: \$schema=(/.+)", first)
    installed = schema and pathlib.Path(schema[1]).resolve().is_relative_to(prefix)
    tap.check(installed, f"{what}: the new file names the installed schema", first)
    tap.check(schema and pathlib.Path(schema[1]).is_file(), f"{what}: the schema is there", first)
    tap.check(str(ROOT).encode() not in binary.read_bytes(), f"{what}: the program does not know the source tree")
    for path in empty.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def data(prefix):
    names = re.findall(r"^COMMAND\((\w+)\)", (ROOT / "src/cli/commands.def").read_text(), re.M)
    pages = {path.name for path in (prefix / "share/man/man1").iterdir()}
    missing = {"opcon.1", *(f"opcon-{name}.1" for name in names)} - pages
    tap.check(not missing, "a manual page for every command", missing)
    for tool in (prefix / "bin").iterdir():
        tap.check(f"{tool.name}.1" in pages, f"a manual page for {tool.name}")
    for lang, text in (("ja", "未来"), ("ko", "미래")):
        folder = prefix / f"share/man/{lang}/man1"
        translated = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        tap.check(set(translated) == pages - {"opcon-mpi.1"}, f"{lang}: the same manual pages", set(translated) ^ pages)
        tap.check(text in translated["opcon-whatif.1"], f"{lang}: in the language")
    for name in ("bash-completion/completions/opcon", "zsh/site-functions/_opcon",
                 "fish/vendor_completions.d/opcon.fish", "opcon/schema/scenario.schema.json", "opcon/i18n/cli.ja.tsv",
                 "opcon/lexicon/dates.ko.tsv", "opcon/web/report.js", "opcon/scenarios/rok-us/scenario.yaml",
                 "opcon/docs/explain/E0107.md", "opcon/editors/vscode/tasks.json"):
        tap.check((prefix / "share" / name).is_file(), f"share/{name}")
    if shutil.which("groff"):
        pages = sorted((prefix / "share/man/man1").glob("*.1"))
        result = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", "-Kutf8", *pages], capture_output=True,
                                text=True, cwd=prefix / "share/man")
        tap.check(not result.stderr, "manual pages are sound", result.stderr[:2000])
        for lang in ("ja", "ko"):  # the macros that know where lines may end are those of Japanese
            pages = sorted((prefix / f"share/man/{lang}/man1").glob("*.1"))
            command = ["groff", "-man", "-mja", "-Tutf8", "-ww", "-z", "-Kutf8", *pages]
            result = subprocess.run(command, capture_output=True, text=True, timeout=60)
            tap.check(not result.stderr, f"{lang}: manual pages are sound", result.stderr[:2000])
    if shutil.which("man"):
        env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANROFFSEQ": ""}
        wrong = []
        for page in sorted((prefix / "share/man").glob("*/man1/*.1")):
            try:
                shown = subprocess.run(["man", "-E", "UTF-8", "-l", page], capture_output=True, env=env, timeout=20)
                wrong += [] if shown.returncode == 0 and len(shown.stdout) > 300 else [page]
            except subprocess.TimeoutExpired:  # groff 1.22 may never end in Japanese text
                wrong.append(page)
        tap.check(not wrong, "manual pages in other languages are shown", wrong)


def library(root, prefix, empty):
    libraries = prefix / LIBDIR
    find = {"PKG_CONFIG_PATH": libraries / "pkgconfig", "PKG_CONFIG_SYSROOT_DIR": root}
    flags = run(["pkg-config", "--cflags", "--libs", "opcon"], empty, **find).stdout.decode().split()
    # pkgconf puts the root before the folder of headers and libraries, but not before variables.
    tap.check(any(flag.startswith("-L" + str(root)) for flag in flags) or PREFIX == "usr", "pkg-config", flags)
    scenario = prefix / "share/opcon/scenarios/minimal"
    strict = ["-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
    for header in sorted((prefix / "include/opcon").iterdir()):
        for compiler, language in (("cc", "c"), ("c++", "c++")):
            if shutil.which(compiler):
                (empty / "h.c").write_text(f"#include <opcon/{header.name}>\n")
                alone = [compiler, "-x", language, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "h.c", *flags]
                works(f"{header.name} alone in {language}", run(alone, empty))
    loaded = {"LD_LIBRARY_PATH": libraries}
    for name in ("drivers", "forecast", "whatif", "who"):
        works(f"{name}.c builds", run(["cc", *strict, "-o", name, ROOT / "examples" / f"{name}.c", *flags], empty))
    changed = run([empty / "forecast", scenario, "stages.inspection.chance=0.9"], empty, **loaded)
    works("forecast runs", changed, b"opening")
    compared = run([empty / "whatif", scenario, "stages.inspection.chance=0.9"], empty, **loaded)
    works("whatif runs", compared, b" points (error ")
    works("drivers runs", run([empty / "drivers", scenario], empty, **loaded), b" % (error ")
    refused = run([empty / "forecast", scenario, "stages.inspection.chanse=0.9"], empty, **loaded)
    told = refused.returncode == 1 and b"E0" in refused.stderr and not refused.stdout
    tap.check(told, "forecast says what is wrong", refused.stderr.decode())
    (empty / "a.md").write_text("# News\n\n2026-05-01\n\nMinister Ahn Gyu-back said that it will happen in 2028.\n")
    flagship = prefix / "share/opcon/scenarios/rok-us"
    works("who runs", run([empty / "who", flagship, "1994-12-01", "a.md"], empty, **loaded), b'"sentences"')
    outlook = ["python3", ROOT / "examples/outlook.py", scenario, "opening", "stages.inspection.chance=1"]
    works("outlook.py runs", run(outlook, empty, **loaded), b"2030")
    static = run(["pkg-config", "--static", "--libs", "opcon"], empty, **find).stdout.decode().split()
    archive = [libraries / "libopcon.a" if flag == "-lopcon" else flag for flag in static]
    fixed = ["cc", "-o", "fixed", ROOT / "examples/forecast.c", f"-I{prefix}/include", *archive]
    works("forecast.c builds with libopcon.a", run(fixed, empty))
    works("and runs alone", run([empty / "fixed", scenario], empty), b"opening")


def main():
    log = BUILD / "meson-logs" / "install-log.txt"
    kept = log.read_bytes() if log.exists() else None
    root = pathlib.Path(tempfile.mkdtemp(prefix="opcon-install-"))
    empty = pathlib.Path(tempfile.mkdtemp(prefix="opcon-empty-"))
    try:
        prefix = root / PREFIX
        meson = shutil.which("meson")
        install = [meson, "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", root]
        result = subprocess.run(install, capture_output=True)
        works("meson install", result)
        program(prefix, empty, "installed")
        moved = root / "moved" / "elsewhere"
        shutil.copytree(prefix, moved, symlinks=True)
        program(moved, empty, "moved")
        shutil.rmtree(root / "moved")
        data(prefix)
        library(root, prefix, empty)
        removed = subprocess.run([meson, "--internal", "uninstall"], cwd=BUILD, capture_output=True)
        left = "\n".join(files_in(root)[:30])
        tap.check(removed.returncode == 0 and not left, "removal leaves nothing", left + removed.stderr.decode())
    finally:
        shutil.rmtree(root, ignore_errors=True)
        shutil.rmtree(empty, ignore_errors=True)
        if kept is None:
            log.unlink(missing_ok=True)
        else:
            log.write_bytes(kept)
    tap.done()


main()
