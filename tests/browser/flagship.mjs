// The flagship's report as a reader uses it: node flagship.mjs CHROMIUM OPCON SOURCE_ROOT FOLDER
// Its size and speed, and the way back: what the controls give as scenario text gives the same share in opcon whatif.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { overlaps } from './look.mjs';
import { done, launch, opening, report, same } from './tap.mjs';

const [browserPath, opcon, root, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const scenario = `${root}/scenarios/rok-us`, path = `${folder}/report.html`, RUNS = 65536;
const run = (...words) => execFileSync(opcon, words, { encoding: 'utf8', env: { ...process.env, LANG: 'C' } });
run('report', scenario, '--runs', String(RUNS), '--output', path);
const size = statSync(path).size;
report(size < 1000000, `${size} bytes, under 1.0 MB`);

const browser = await launch(browserPath);
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const complaints = [];
page.on('console', m => complaints.push('console ' + m.text()));
page.on('pageerror', e => complaints.push('error ' + e.message));
page.on('request', r => { if (!/^(data|blob):/.test(r.url()) && !r.url().startsWith(`file://${path}`)) complaints.push('request ' + r.url()); });
const loaded = await opening(page, `file://${path}#en`, 1000);
report(loaded < 1000, `opens in ${loaded.toFixed(0)} ms`);
await page.waitForSelector('html[data-engine=ready]', { timeout: 30000 });
report(true, 'the rerun equals the native digest');

/* All its figures, closed and open, at three widths. */
for (const lang of ['en', 'ja', 'ko'])
  for (const width of [360, 768, 1280]) {
    const view = await browser.newPage({ viewport: { width, height: 900 } });
    await view.goto(`file://${path}#${lang}`);
    await view.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    const cut = await view.evaluate(() => [...document.querySelectorAll('main section[id$=drivers] svg text')]
      .filter(text => text.getClientRects().length && /^◀|▶$/.test(text.textContent) && /…|⋯/.test(text.textContent)).map(text => text.textContent));
    const hidden = await view.evaluate(() => [...document.querySelectorAll('main .s-command>.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1).length);
    same(hidden, 0, `${lang} at ${width} px: who holds which authority is seen whole`);
    same(cut, [], `${lang} at ${width} px: values at the ends of the bars are whole`);
    same([await view.evaluate(overlaps), await view.evaluate(() => document.documentElement.scrollWidth) <= width], [[], true], `${lang} at ${width} px: no text on text, none outside`);
    await view.close();
  }

/* On paper few pages stay half empty: how far down the last word of each page stands, but for the last. */
for (const lang of ['en', 'ja', 'ko']) {
  const view = await browser.newPage();
  await view.goto(`file://${path}#${lang}`);
  await view.pdf({ path: `${folder}/${lang}.pdf`, preferCSSPageSize: true });
  await view.close();
  const sheets = execFileSync('pdftotext', ['-bbox', `${folder}/${lang}.pdf`, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('<page ').slice(1, -1);
  const filled = sheets.map(sheet => {
    const height = Number(/height="([\d.]+)"/.exec(sheet)[1]);
    return Math.max(...[...sheet.matchAll(/yMax="([\d.]+)"/g)].map(y => Number(y[1]) / height).filter(y => y < 0.93));
  });
  report(filled.length > 20 && Math.min(...filled) > 0.4 && filled.filter(y => y < 0.6).length <= 3, `${lang}: ${filled.length + 1} sheets, few half empty`,
         filled.map(y => Math.round(100 * y)).join(' '));
}

/* From each source back to where the page and the scenario rest on it. */
const uses = await page.evaluate(() => [...document.querySelectorAll('.sources > li')].map(item => ({
  id: item.id,
  places: [...item.querySelectorAll('.uses .in[lang=en] a')].map(a => document.getElementById(a.hash.slice(1))?.getAttribute('href')),
  lines: [...item.querySelectorAll('.uses > a')].map(a => [Number(a.textContent), document.getElementById(a.hash.slice(1))?.textContent]),
  said: item.querySelector('.uses')?.textContent ?? '',
})));
same(uses.filter(use => !use.places.length && !use.lines.length && !/\.yaml:\d/.test(use.said)).map(use => use.id), [], 'every source says where it is used');
same(uses.flatMap(use => use.places.filter(place => place !== '#' + use.id)), [], 'and leads to a reference to itself');
const files = readdirSync(scenario).filter(name => name.endsWith('.yaml')).map(name => readFileSync(`${scenario}/${name}`, 'utf8').split('\n'));
const wrong = uses.flatMap(use => use.lines).filter(([line, text]) => !text || !files.some(file => file[line - 1] === text));
report(uses.flatMap(use => use.lines).length > 100 && !wrong.length, 'and to the lines of the scenario that name it', JSON.stringify(wrong.slice(0, 3)));

const difference = 'main[lang=en] [data-difference]';
const settled = count => page.waitForFunction(([line, runs]) => document.querySelector(`${line}[data-final=true]`) &&
  document.querySelector('main[lang=en] [data-progress]').textContent.startsWith(runs), [difference, count], { timeout: 60000 });
await settled('65,536');
const controls = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent).engine.controls);
report(controls.length >= 3 && controls.length <= 6, `${controls.length} controls`);
const share = async () => Number(await page.getAttribute(difference, 'data-share'));
const json = JSON.parse(run('forecast', scenario, '--runs', String(RUNS), '--format', 'json'));
same(await share(), 1 - json.stages.transfer.never, 'the baseline in the page is the forecast');

/* First answers while a slider is dragged: 4,096 futures each. */
const times = await page.evaluate(async () => {
  const line = document.querySelector('main[lang=en] [data-progress]'), input = document.querySelector('#en-control-0'), list = [];
  for (let i = 1; i <= 8; i++) {
    const began = performance.now();
    const first = new Promise(go => new MutationObserver((_, o) => { o.disconnect(); go(); }).observe(line, { childList: true }));
    input.value = +input.min + (+input.max - input.min) * i / 9;
    input.dispatchEvent(new Event('input'));
    await first;
    list.push(Math.round(performance.now() - began));
  }
  return list;
});
times.sort((a, b) => a - b);
console.log(`# first answers after ${times.join(' ')} ms`);
/* How long they take depends on the machine: bench/run measures it. */
report(times.length === 8, 'a first answer to every move', times);

/* Every control at once, as scenario text, and back. */
await page.click('main[lang=en] [data-reset-all]');
for (const [i, control] of controls.entries())
  await page.evaluate(([which, figure]) => {
    const input = document.querySelector(`#en-control-${which}`);
    input.value = figure;
    input.dispatchEvent(new Event('input'));
  }, [i, i % 2 ? control.from + (control.to - control.from) * 0.3 : control.from + (control.to - control.from) * 0.6]);
await settled('65,536');
const text = await page.textContent('main[lang=en] [data-overrides]'), file = `${folder}/from-the-page.yaml`;
writeFileSync(file, text);
const back = JSON.parse(run('whatif', scenario, '--with', file, '--runs', String(RUNS), '--format', 'json'));
const told = back.variants.at(-1).answers.find(answer => answer.name === 'transfer');
report(text.split('\n').filter(line => line.startsWith('  ')).length === controls.length, 'the text names every control', text);
same(await share(), told.p, 'opcon whatif --with gives the very share of the page');
same(complaints, [], 'no message, no request');

/* With news, and a value set on the command line: the page says so, and its engine counts what agrees. */
const changes = ['--given', 'foc <= 2027-06-30', '--given', 'not crisis', '--set', 'plan_kept=0.7', '--force', 'ufs@2027.held=yes'];
const changed = `${folder}/changed.html`;
run('report', scenario, ...changes, '--runs', String(RUNS), '--output', changed);
const other = await browser.newPage();
other.on('pageerror', e => complaints.push('error ' + e.message));
await other.goto(`file://${changed}#en`);
const head = await other.textContent('main[lang=en] header .fixture');
report(changes.every((word, i) => i % 2 === 0 || head.includes(word)) && /\d+ of 65,536 futures agree/.test(head), 'says what was changed', head);
await other.waitForSelector('html[data-engine=ready]', { timeout: 30000 });
const still = () => other.waitForFunction(line => document.querySelector(`${line}[data-final=true]`) &&
  document.querySelector('main[lang=en] [data-progress]').textContent.startsWith('65,536'), difference, { timeout: 60000 });
await still();
const otherShare = async () => Number(await other.getAttribute(difference, 'data-share'));
const forecast = JSON.parse(run('forecast', scenario, ...changes, '--runs', String(RUNS), '--format', 'json'));
same(await otherShare(), 1 - forecast.stages.transfer.never, 'the baseline in the changed page is the changed forecast');
await other.evaluate(() => { const input = document.querySelector('#en-control-0'); input.value = +input.min; input.dispatchEvent(new Event('input')); });
await still();
writeFileSync(file, await other.textContent('main[lang=en] [data-overrides]'));
const again = JSON.parse(run('whatif', scenario, '--with', file, '--runs', String(RUNS), '--format', 'json'));
same(await otherShare(), again.variants.at(-1).answers.find(answer => answer.name === 'transfer').p, 'and its text gives the very share of the page');
same(complaints, [], 'no message in the changed page');
await browser.close();
done();
