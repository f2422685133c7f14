"""Every command and option is completed in bash, zsh and fish, from the tables that also make the help.

    completions.py OPCON ROOT FOLDER"""
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

opcon.start(sys.argv)
folder = pathlib.Path(sys.argv[3])
texts = {"zsh": (folder / "_opcon").read_text(), "fish": (folder / "opcon.fish").read_text()}
tap = opcon.Tap()


def options_of(name):
    """As the program itself says them."""
    page = opcon.run(name, "--help", "--all", environment={"COLUMNS": "200"}).stdout.decode()
    return re.findall(r"^  --([\w-]+)", page, re.M)


def completed(words):
    """What bash offers for the last of the words."""
    quoted = " ".join(f"'{word}'" for word in words)
    script = (f"source '{folder}/opcon'; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _opcon; "
              "printf '%s\\n' \"${COMPREPLY[@]}\"")
    result = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, cwd=opcon.folder(),
                            check=True)
    return result.stdout.split()


names = re.findall(r"^COMMAND\((\w+)\)", (opcon.ROOT / "src/cli/commands.def").read_text(), re.M)
offered = completed(["opcon", ""])
tap.check(set(names) <= set(offered), "bash offers every command", set(names) - set(offered))
for name in names:
    options = options_of(name)
    tap.check({"help", "lang"} <= set(options), f"{name}: options are known")
    offered = completed(["opcon", name, "--"])
    tap.check(set(offered) == {f"--{o}" for o in options}, f"bash: {name}", set(offered) ^ {f"--{o}" for o in options})
    zsh = re.search(rf"^        {name}\)\n(.*?);;", texts["zsh"], re.M | re.S)
    found = set(re.findall(r"^ +'\*?--([\w-]+)=?\[", zsh[1], re.M)) if zsh else set()
    tap.check(found == set(options), f"zsh: {name}", found ^ set(options))
    fish = rf"^complete -c opcon -n '__fish_seen_subcommand_from {name}' -l ([\w-]+)"
    found = set(re.findall(fish, texts["fish"], re.M))
    tap.check(found == set(options) and f" -f -a {name} " in texts["fish"], f"fish: {name}", found ^ set(options))
tap.check(completed(["opcon", "forecast", "--format", ""]) == ["text", "json", "csv"], "bash: words of a value")
tap.check("minimal" in completed(["opcon", "forecast", "mi"]), "bash: bundled scenarios")
for shell, name in (("bash", "opcon"), ("zsh", "_opcon"), ("fish", "opcon.fish")):
    if shutil.which(shell):
        result = subprocess.run([shell, "-n", folder / name], capture_output=True, text=True, check=False)
        tap.check(result.returncode == 0, f"{shell} reads it", result.stderr)
tap.done()
