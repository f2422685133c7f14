"""opcon report and opcon chart from the command line: command.py OPCON SOURCE_ROOT FOLDER"""
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as tree

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from opcon import Tap  # noqa: E402

opcon, root, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
tap = Tap()
report = tap.check


def run(*words):
    return subprocess.run([opcon, *words], capture_output=True, text=True, timeout=120, env={**os.environ, 'LANG': 'C'})


for scenario in ('minimal', 'iraq-provinces', 'rok-us'):
    path = os.path.join(folder, scenario + '.html')
    command = ('report', os.path.join(root, 'scenarios', scenario), '--runs', '2000', '--static', '--output', path)
    done = run(*command)
    report(done.returncode == 0 and not done.stderr, f'report of {scenario}', done.stderr)
    first = open(path, 'rb').read()
    run(*command)
    report(first == open(path, 'rb').read(), f'{scenario}: same input, same bytes')
    text = first.decode()
    # What there is nothing for is named once in each language, and has no section that says nothing.
    ids = re.findall(r'<section id="en-(\w+)"', text)
    named = re.findall(r'Sections that are not on this page[^<]*', text)
    missing = named[0].count('“') if named else 0
    report(text.count('<main ') == 3 and text.count('<section ') == 3 * len(ids) and len(ids) + missing == 17 and len(named) == (missing > 0),
           f'{scenario}: three languages, every section there or named', (ids, named))
    silent = [i for i in ids if re.search(rf'<section id="en-{i}".*?</h2>\n<p class="none">[^<]*</p>\n</section>', text, re.S)]
    report(not silent and {'answer', 'when', 'unknown', 'sources', 'run'} <= set(ids), f'{scenario}: no section without content', silent)

only = run('report', os.path.join(root, 'scenarios/minimal'), '--runs', '2000', '--lang', 'ko', '--section', 'answer', '--output', '-')
report(only.stdout.count('<main ') == 1 and only.stdout.count('<section ') == 1, 'one language, one section', only.stderr)

for name in ('when', 'blockers', 'drivers', 'stages'):
    # Nothing moves the answer of the smallest scenario: it comes in every future.
    scenario = 'rok-us' if name == 'drivers' else 'minimal'
    drawn = run('chart', name, os.path.join(root, 'scenarios', scenario), '--runs', '2000', '--lang', 'ja')
    try:
        good = tree.fromstring(drawn.stdout).tag.endswith('svg')
    except tree.ParseError as error:
        good = False
        drawn.stderr += str(error)
    report(good, f'chart {name} is SVG', drawn.stderr)

png = os.path.join(folder, 'when.png')
made = run('chart', 'when', os.path.join(root, 'scenarios/minimal'), '--runs', '2000', '--output', png)
report(made.returncode != 0 or open(png, 'rb').read(8) == b'\x89PNG\r\n\x1a\n', 'chart as PNG', made.stderr)
report(run('chart', 'nosuch').returncode == 2 and run('report', '--section', 'nosuch').returncode == 2, 'unknown names are refused')
report(run('report', os.path.join(root, 'scenarios/minimal'), '--output', '/nonexistent/x.html').returncode == 3, 'a file that cannot be written')
none = run('chart', 'drivers', os.path.join(root, 'scenarios/minimal'), '--runs', '2000', '--lang', 'en')
report(none.returncode == 1 and 'no data' in none.stderr and not none.stdout, 'a figure without data is refused', none.stderr)

# The band is that of the forecast.
told = json.loads(run('forecast', os.path.join(root, 'scenarios/rok-us'), '--runs', '8192', '--bands', '--format', 'json').stdout)
page = run('report', os.path.join(root, 'scenarios/rok-us'), '--runs', '8192', '--lang', 'en', '--section', 'when', '--output', '-').stdout
data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S).group(1))
report(data['low'][-1] < data['p'][-1] < data['high'][-1] and all(l <= p <= h for l, p, h in zip(data['low'], data['p'], data['high'])),
       'the curve lies in its band', (data['low'][-1], data['p'][-1], data['high'][-1]))

ends = told['band']['points'][-1]
report(abs(data['low'][-1] - ends[1]) < 1e-4 and abs(data['high'][-1] - ends[2]) < 1e-4, 'which is that of opcon forecast --bands', ends)

# Policies are compared with what was set, not with the scenario as it stands (those that set the budget itself are not
# moved by the share of the plan that is kept).
changed = run('report', os.path.join(root, 'scenarios/rok-us'), '--runs', '8192', '--lang', 'en', '--section', 'scenarios',
              '--set', 'plan_kept=0.2', '--output', '-').stdout
plain = run('report', os.path.join(root, 'scenarios/rok-us'), '--runs', '8192', '--lang', 'en', '--section', 'scenarios',
            '--output', '-').stdout
shares = [[int(n) for n in re.findall(r'<td class="nb">(\d+) in 100', page)] for page in (plain, changed)]
report(len(shares[0]) > 3 and len(shares[0]) == len(shares[1]) and all(b < a for a, b in zip(shares[0][:4], shares[1][:4])),
       'policies stand on what was set', shares)
told = json.loads(run('whatif', os.path.join(root, 'scenarios/rok-us'), '--policies', '--runs', '8192', '--format', 'json').stdout)
expected = [answer['difference']['p'] for variant in told['variants'][1:] for answer in variant['answers'] if answer['name'] == 'transfer']
expected = [(round(100 * p['value'], 1), round(164.5 * p['se'], 2)) for p in expected]
shown = [(float(a.replace('−', '-')), float(b)) for a, b in re.findall(r'<td>([+−\d.]+)<td>±([\d.]+)<', plain)]
report(len(shown) == len(expected) > 3 and all(abs(a[0] - b[0]) < 0.06 and abs(a[1] - b[1]) < 0.006 for a, b in zip(shown, expected)),
       'differences are those of opcon whatif', (shown, expected))
caption = re.search(r'<figcaption><b>(.*?)</b>', plain, re.S).group(1)
said = re.search(r'(\d+) in 100 by .* instead of (\d+)\..* it is (\d+)–(\d+)\.', re.sub(r'<[^>]*>', '', caption))
said = [int(n) for n in said.groups()] if said else None
sizes = [abs(answer['difference']['p']['value']) for variant in told['variants'][1:] for answer in variant['answers'] if answer['name'] == 'transfer']
largest = sorted(sorted(range(len(sizes)), key=lambda i: -sizes[i])[:5])
others = [shares[0][i] for i in largest if sizes[i] < max(sizes)]
report(said and len(others) == 4 and said[0] == shares[0][sizes.index(max(sizes))] and said[2:] == [min(others), max(others)],
       'the figure names the policy that moves most, with the chances of the table', (said, shares[0]))

# What a reader would subtract is what is printed; nothing of the record shows its key; no English in the other languages.
page = run('report', os.path.join(root, 'scenarios/rok-us'), '--runs', '8192', '--static', '--output', '-').stdout
text = re.sub(r'<[^>]*>', '', ' '.join(re.findall(r'<ol class="drivers">.*?</ol>', page, re.S)))
gaps = [[int(n) for n in found] for found in re.findall(r'100回に(\d+)回、.*?100回に(\d+)回。差は(\d+)回', text)]
report(len(gaps) == 3 and all(abs(a - b) == gap for a, b, gap in gaps), 'differences are those of the printed figures', gaps)
keys = re.findall(r'>([a-z]+_[a-z_]+)<(?!/code)', page)
report(not keys, 'nothing is shown by its key', keys)
labels = {lang: re.findall(r'(?:aria-label|title)="([^"]*)"', main) for lang, main in re.findall(r'<main class="in" lang="(ja|ko)"(.*?)</main>', page, re.S)}
english = [label for list_ in labels.values() for label in list_ if re.search(r'[A-Za-z]{4}', label) and label.isascii()]
report(len(labels) == 2 and not english, 'labels for screen readers are in the language of the page', english)
asides = re.findall(r'<aside class="shared" id="[^"]*" ([^>]*)>', page)
report(asides and all(re.fullmatch(r'aria-labelledby="[\w-]+"', a) for a in asides), 'what all languages share is named in the language shown', asides)

# The record of the scenario itself: what kept runs of earlier days said, scored as opcon backtest --kept scores them.
workspace = os.path.join(folder, 'kept.db')
if os.path.exists(workspace):
    os.remove(workspace)
flagship = os.path.join(root, 'scenarios/rok-us')
for day in ('2019-10-31', '2025-06-30'):
    run('forecast', flagship, '--as-of', day, '--runs', '2000', '--keep', '--workspace', workspace)
kept = json.loads(run('backtest', '--kept', '--workspace', workspace, '--format', 'json').stdout)
settled = [q for one in kept['runs'] for q in one['questions'] if q['answer'] != 'open']
record = run('report', flagship, '--runs', '2000', '--workspace', workspace, '--section', 'record', '--lang', 'en', '--output', '-').stdout
table = record.partition('Earlier runs of this scenario</h3>')[2]
rows = [(cells[0], float(cells[-1])) for cells in (re.findall(r'<td[^>]*>([^<]*)', row)[-2:] for row in table.split('<tr>')) if len(cells) == 2]
report(settled and [(q['answer'], round(q['brier'], 3)) for q in settled] == [(a, round(b, 3)) for a, b in rows],
       'kept runs are scored in the track record', (settled, rows))
older = run('report', flagship, '--as-of', '2019-10-31', '--runs', '2000', '--workspace', workspace, '--section', 'record', '--lang', 'en', '--output', '-')
report(older.returncode == 0 and 'Earlier runs of this scenario' not in older.stdout, 'an older day does not know what came later', older.stderr)
tap.done()
