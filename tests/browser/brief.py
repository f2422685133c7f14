"""opcon brief: numbers agree across languages and with the forecast, every sentence has a source: brief.py OPCON SOURCE_ROOT"""
import json
import os
import re
import subprocess
import sys
from datetime import datetime

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from opcon import Tap  # noqa: E402

opcon, root = sys.argv[1:]
scenario = os.path.join(root, 'scenarios/rok-us')
tap = Tap()
report = tap.check


def run(*words):
    return subprocess.run([opcon, *words], capture_output=True, text=True, timeout=120, env={**os.environ, 'LANG': 'C'})


counts = {'en': r'([<>]?\d+) in 100', 'ja': r'100回に([<>]?\d+)回', 'ko': r'100번 중 ([<>]?\d+)번'}
heads = {'en': '\nSources\n', 'ja': '\n出典\n', 'ko': '\n출처\n'}
marks = re.compile(r'(?: \[(?:R|D?\d+)\])+ ?')
found, lengths = {}, {}
for lang in counts:
    made = run('brief', scenario, '--runs', '4000', '--lang', lang)
    body, _, after = made.stdout.partition(heads[lang])
    report(made.returncode == 0 and after, f'{lang}: a brief with its sources', made.stderr)
    # Headline, reading time; then lines of headings and of sentences.
    lines = [line for line in body.split('\n')[3:] if '[' in line]
    found[lang] = sorted(re.findall(counts[lang], ' '.join(lines)))
    pieces = [piece for line in lines for piece in marks.split(line)]
    ends = [line for line in lines if marks.split(line)[-1].strip()]
    report(len(pieces) > 20 and not ends, f'{lang}: every sentence has a source', ends)
    used = set(re.findall(r'\[(R|D?\d+)\]', ' '.join(lines)))
    listed = set(re.findall(r'^\[(R|D?\d+)\]', after, re.M))
    report(used <= listed, f'{lang}: every mark is listed', used - listed)
    # What happened is told with what the forecast makes of it: a sentence on its sources, then one on the run.
    happened = body.split('\n- ', 1)[1].split('\n\n')[0].split('\n- ')
    meant = [line for line in happened if re.search(r'\[\d+\] [^\[]+ \[R\]$', line)]
    report(len(happened) > 2 and len(meant) == len(happened), f'{lang}: every event says what it means', happened)
    plain = marks.sub(' ', ' '.join(lines))
    lengths[lang] = len(plain.split()) if lang == 'en' else len(plain.replace(' ', ''))
report(found['en'] and found['en'] == found['ja'] == found['ko'], 'the same frequencies in three languages', found)
report(400 <= lengths['en'] <= 700 and 900 <= lengths['ja'] <= 2200 and 900 <= lengths['ko'] <= 2200, 'an article, not a report', lengths)

forecast = json.loads(run('forecast', scenario, '--runs', '4000', '--format', 'json').stdout)
chance = 100 * (1 - forecast['stages']['transfer']['never'])
said = re.search(r'outcome of (\d+) in 100 simulated futures', run('brief', scenario, '--runs', '4000', '--lang', 'en').stdout)
report(said and abs(int(said.group(1)) - chance) <= 0.5, 'the lede is the forecast', (said and said.group(0), chance))

page = run('brief', scenario, '--runs', '4000', '--lang', 'ja', '--format', 'html').stdout
report('<html lang="ja">' in page and '<script' not in page and page.count('<main>') == 1, 'as HTML')
markdown = run('brief', scenario, '--runs', '4000', '--format', 'markdown', '--lang', 'en').stdout
report(markdown.startswith('# ') and re.search(r'^- \[1\] \[.+\]\(<https?://[^>]+>\)', markdown, re.M), 'as Markdown, sources as links')
report(len(re.findall(r'<li id="\d+">\d+ <a href="https?://[^"]+" rel="noreferrer">', page)) > 10, 'sources are links')
due = [datetime.strptime(day, '%d %B %Y') for day in re.findall(r'^- Due on (\d+ \w+ \d{4}):', markdown, re.M)]
report(len(due) > 1 and due == sorted(due) and due[0] > datetime(2026, 8, 22), 'due dates in order', due)

corpus = os.path.join(root, 'corpus')
documents = sorted(os.path.join(base, name) for base, _, names in os.walk(corpus) for name in names if name.endswith(('.txt', '.md')))
documents = [path for path in documents if 'README' not in path]
if documents:
    quoted = run('brief', scenario, documents[0], '--runs', '4000', '--lang', 'en')
    report(quoted.returncode == 0 and ' [D1]' in quoted.stdout and '\n[D1] ' in quoted.stdout, 'quotes a document', quoted.stderr)
report(run('brief', scenario, '--format', 'nosuch').returncode == 2, 'an unknown format is refused')
tap.done()
