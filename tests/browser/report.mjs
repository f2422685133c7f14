// The report in a real browser: node report.mjs CHROMIUM MAKE_SAMPLE FOLDER
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { overlaps } from './look.mjs';
import { done, launch, opening, report, same } from './tap.mjs';

const [browserPath, makeSample, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch(browserPath);

const sample = kind => {
  const path = `${folder}/${kind}.html`;
  execFileSync(makeSample, [kind, path]);
  return path;
};
const paths = Object.fromEntries(['full', 'static', 'hostile', 'empty'].map(kind => [kind, sample(kind)]));

/* A page with its complaints: requests beyond the file itself, messages, errors. */
const open = async (kind, { hash = '', width = 1280, clock = false, ...more } = {}) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...more });
  const page = await context.newPage();
  if (clock) await page.clock.install(); /* time passes only by page.clock.runFor */
  page.complaints = [];
  page.on('request', r => { if (!/^(file|data|blob):/.test(r.url())) page.complaints.push('request ' + r.url()); });
  page.on('request', r => { if (r.url().startsWith('file:') && !r.url().includes(`${kind}.html`)) page.complaints.push('file ' + r.url()); });
  page.on('console', m => page.complaints.push('console ' + m.text()));
  page.on('pageerror', e => page.complaints.push('error ' + e.message));
  page.on('dialog', d => { page.complaints.push('dialog'); d.dismiss(); });
  await page.goto(`file://${paths[kind]}${hash ? '#' + hash : ''}`);
  return page;
};

/* --- every sample, language and width: quiet, inside its width, no text on text --- */
for (const kind of ['full', 'hostile', 'empty'])
  for (const lang of ['ja', 'ko', 'en'])
    for (const width of [320, 360, 768, 1280]) {
      if (kind !== 'full' && width !== 360) continue;
      const page = await open(kind, { hash: lang, width });
      await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      const crossed = await page.evaluate(overlaps);
      report(wide <= width && !crossed.length && !page.complaints.length, `${kind} ${lang} at ${width} px`,
             `scroll width ${wide}; ${crossed.join(' | ')}; ${page.complaints.join(' | ')}`);
      if (kind === 'hostile')
        same(await page.evaluate(() => [document.querySelectorAll('body script:not([id])').length, document.querySelectorAll('b:empty,[onmouseover]').length]),
             [1, 0], `hostile ${lang}: one script, nothing broke out`);
      await page.context().close();
    }

/* --- axe: each language, light and dark --- */
for (const lang of ['ja', 'ko', 'en'])
  for (const colorScheme of ['light', 'dark']) {
    /* The page's own policy forbids axe; for this test alone it is bypassed. */
    const page = await open('full', { hash: lang, width: lang === 'ko' ? 360 : 1280, colorScheme, bypassCSP: true });
    await page.waitForSelector('html[data-engine=ready]', { timeout: 20000 });
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    report(!result.violations.length, `axe ${lang} ${colorScheme}`,
           result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' / ')}`).join('\n'));
    await page.context().close();
  }

/* --- the same numbers in three languages --- */
{
  const page = await open('full', { hash: 'ja' });
  const counts = await page.evaluate(() => {
    const patterns = { en: /([<>\d][\d.,–]*) in 100/g, ja: /100回に([<>\d][\d.,〜]*)回/g, ko: /100번 중 ([<>\d][\d.,~]*)번/g };
    return Object.fromEntries([...document.querySelectorAll('main')].map(m => [m.lang,
      [...m.querySelectorAll('h1,.answer,.answer+p,td')].map(e => e.textContent).join('\n').matchAll(patterns[m.lang])
        .map(x => x[1].replace(/[–〜~]/g, '-')).toArray?.() ?? []]));
  });
  const list = await page.evaluate(() => [...document.querySelectorAll('main')].map(m =>
    [...m.querySelectorAll('td')].map(td => td.textContent).filter(text => /^[<>]?[\d.,−+±]+$/.test(text))));
  report(counts.ja.length > 8 && JSON.stringify(counts.ja) === JSON.stringify(counts.ko) && JSON.stringify(counts.ja) === JSON.stringify(counts.en),
         'frequencies agree in three languages', JSON.stringify(counts));
  report(list[0].length > 200 && JSON.stringify(list[0]) === JSON.stringify(list[1]) && JSON.stringify(list[0]) === JSON.stringify(list[2]),
         'tables agree in three languages', list.map(l => l.length));
  same(await page.evaluate(() => [...document.querySelectorAll('main')].map(m =>
    [m.querySelectorAll('section').length, m.querySelectorAll('figure').length, m.querySelectorAll('figure+details.twin').length,
     m.querySelectorAll('figure .foot').length].join())), Array(3).fill('17,14,14,14'), 'every figure has caption, footer and table');
  same(await page.evaluate(() => [...document.querySelectorAll('.answer,.answer+p,.drivers li,.events li,.statements li')]
    .filter(e => !e.querySelector('a.ref')).map(e => e.textContent)), [], 'every statement leads to its note');
  same(await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].filter(a => !document.getElementById(a.hash.slice(1))).map(a => a.hash)),
       [], 'every link within the page arrives');
  same(await page.evaluate(() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, l) => l.indexOf(id) !== i)), [], 'ids are unique');
  same(await page.evaluate(() => [...document.querySelectorAll('a')].filter(a => !/^(#|https?:)/.test(a.getAttribute('href'))).length), 0, 'no other schemes in links');
  await page.context().close();
}

/* --- languages: by keyboard, in the address, and without scripts --- */
{
  const page = await open('full', { hash: 'ja' });
  await page.focus('#choose-ja');
  await page.keyboard.press('ArrowRight');
  same(await page.evaluate(() => [document.documentElement.lang, location.hash, document.title.includes('100번')]), ['ko', '#ko', true],
       'arrow key changes language, title and address');
  await page.context().close();
  const plain = await open('full', { javaScriptEnabled: false });
  await plain.click('label[for=choose-en]');
  const visible = await plain.locator('main:visible').evaluateAll(list => list.map(m => m.lang)).catch(() => null);
  report(visible === null || visible.join() === 'en', 'languages switch without scripts', visible);
  same(await plain.locator('main[lang=en] section:visible').count(), 17, 'all sections without scripts');
  same(await plain.locator('main[lang=en] .static:visible').count(), 1, 'says once that it is static');
  same(await plain.locator('[data-whatif]:visible,[data-cursor]:visible').count(), 0, 'no dead controls without scripts');
  await plain.context().close();
}

/* --- read-out, cards --- */
{
  const page = await open('static', { hash: 'en' });
  await page.focus('#en-cursor');
  const before = await page.textContent('main[lang=en] [data-cursor] output');
  await page.keyboard.press('ArrowRight');
  const after = await page.textContent('main[lang=en] [data-cursor] output');
  report(before !== after && /^By \d+ \w+ \d{4}: [<>\d]+ in 100/.test(after), 'arrow key moves the read-out', after);
  /* Tables as files: every row as it is shown. */
  await page.evaluate(() => { document.querySelector('main[lang=en] .s-when .twin').open = true; });
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('main[lang=en] .s-when > .twin button')]);
  const csv = readFileSync(await download.path(), 'utf8');
  const rows = await page.evaluate(() => [...document.querySelector('main[lang=en] .s-when > .twin table').rows].map(row => [...row.cells].map(cell => `"${cell.textContent}"`).join(',')));
  same([download.suggestedFilename(), csv], ['rok-us-when-0.csv', '\ufeff' + rows.join('\r\n') + '\r\n'], 'a table as a file');
  /* Two cursors: what lies between them is said, so that nobody subtracts. */
  await page.focus('#en-cursor-2');
  await page.keyboard.press('ArrowLeft');
  const [, upper, between] = /By [^:]+: (\d+) in 100.*Between [^:]+: (\d+) in 100/.exec(await page.textContent('main[lang=en] [data-cursor] output')) ?? [];
  const second = /: (\d+) in 100/.exec(await page.getAttribute('#en-cursor-2', 'aria-valuetext'))?.[1];
  same(+second - +upper, +between, 'two cursors say the difference');
  await page.focus('main[lang=en] .statements a.ref');
  report(await page.isVisible('#card') && (await page.textContent('#card')).includes('Yonhap'), 'focus shows the card of a note');
  await page.keyboard.press('Escape');
  report(!(await page.isVisible('#card')), 'Escape closes it');
  await page.hover('main[lang=en] .statements a.ref');
  await page.waitForSelector('#card:visible');
  await page.hover('#card');
  await page.waitForTimeout(900);
  report(await page.isVisible('#card'), 'the card stays while the pointer is on it');
  same(await page.locator('main[lang=en] .static').textContent().then(t => t.startsWith('This copy does not carry')), true, 'says that no engine is in the file');
  same(page.complaints, [], 'quiet');
  await page.context().close();
}

/* --- one future at a time: on request, each once, and nothing plays where less motion is wanted --- */
for (const reducedMotion of ['no-preference', 'reduce']) {
  const page = await open('static', { hash: 'ko', clock: true, reducedMotion });
  await page.clock.pauseAt(new Date(Date.now() + 3600000));
  const box = page.locator('main[lang=ko] [data-hops]');
  same(await page.evaluate(() => document.querySelector('main[lang=ko] [data-hops] option:checked').textContent), '미국이 조건을 느슨하게 해석', 'what changes most comes first');
  await page.clock.runFor(5000);
  same(await box.locator('[role=status]').textContent(), '', `${reducedMotion}: nothing plays by itself`);
  same(await box.locator('[data-play]').isVisible(), reducedMotion === 'no-preference', `${reducedMotion}: the play button`);
  for (let i = 0; i < 45; i++) await box.locator('[data-step]').click();
  const numbers = async () => (await box.locator('[role=status]').textContent()).match(/\d+/g).map(Number);
  /* Of 50, five are left out; of the first 40 that are not, 16 have odd numbers and move. */
  same(await numbers(), [45, 16, 0, 29], 'earlier, later and the same are counted');
  await box.locator('[data-step]').click();
  same(await numbers(), [1, 0, 0, 1], 'and again from the first');
  if (reducedMotion === 'no-preference') {
    await box.locator('[data-play]').click();
    await page.clock.runFor(1700);
    await box.locator('[data-play]').click();
    const [seen] = await numbers();
    await page.clock.runFor(700);
    report(seen === 5 && (await numbers())[0] === seen, 'plays two futures a second, and pauses', seen);
  }
  same(page.complaints, [], 'quiet');
  await page.context().close();
}

/* --- the engine in the page --- */
{
  const began = Date.now();
  const page = await open('full', { hash: 'en' });
  await page.waitForSelector('html[data-engine=ready]', { timeout: 20000 });
  console.log(`# engine proven and ready after ${Date.now() - began} ms`);
  report((await page.textContent('main[lang=en] [data-proof]')).includes('equal to the printed values'), 'the rerun equals the native digest');
  const said = () => page.textContent('main[lang=en] [data-difference]');
  report((await said()).includes('the same as in the baseline'), 'starts at the baseline', await said());
  const base = await page.getAttribute('main[lang=en] [data-plot-copy] svg.wide .base', 'd');
  const settled = want => page.waitForFunction(text => document.querySelector('main[lang=en] [data-difference][data-final=true]')?.textContent.includes(text) &&
    /65,536/.test(document.querySelector('main[lang=en] [data-progress]').textContent), want, { timeout: 20000 });
  const slide = (which, figure) => page.evaluate(([i, value]) => {
    const input = document.querySelector(`#en-control-${i}`);
    input.value = value;
    input.dispatchEvent(new Event('input'));
  }, [which, figure]);
  const chance = async () => +/: (\d+) in 100/.exec(await said())[1];
  await page.focus('#en-control-0');
  for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowRight');
  await settled('fewer');
  report(/By 3 June 2030: \d+ in 100, \d+ fewer than in the baseline\./.test(await said()), 'the difference is said in words', await said());
  const one = await chance();
  same(await page.getAttribute('main[lang=en] [data-plot-copy] svg.wide .base', 'd'), base, 'the baseline stays');
  report((await page.getAttribute('main[lang=en] [data-plot-copy] svg.wide .mine', 'd')) !== base, 'the curve moves');
  same(await page.evaluate(() => location.hash), '#en;us_caution=1.5', 'the setting is in the address');
  report(await page.isVisible('main[lang=en] [data-control="0"] .outside'), 'says that it is outside the evidence');
  /* First answer: 4,096 futures. */
  const first = await page.evaluate(() => new Promise(done => {
    const line = document.querySelector('main[lang=en] [data-progress]'), began = performance.now();
    new MutationObserver(() => done([line.textContent, performance.now() - began])).observe(line, { childList: true });
    const input = document.querySelector('#en-control-1');
    input.value = 24;
    input.dispatchEvent(new Event('input'));
  }));
  report(first[0].startsWith('4,096'), "the first answer comes from 4,096 futures", first);
  await settled('fewer');
  const both = await chance();
  report(both < one, 'two controls act together', [one, both]);
  same(await page.textContent('main[lang=en] [data-overrides]'),
       "# opcon whatif rok-us --with FILE\nset:\n  plan_kept: '0.5'\n  us_caution: 1.5\n  staff_time: 24mo\nforce:\n  ufs@2027.held: 'no'\n",
       'both as scenario text, with what the report was made with');
  await page.fill('main[lang=en] [data-control="1"] input[type=number]', '2.5');
  await page.keyboard.press('Tab');
  same(await page.evaluate(() => location.hash), '#en;us_caution=1.5;staff_time=2.5', 'a number can be typed');
  await slide(1, 1);
  await page.reload();
  await page.waitForSelector('html[data-engine=ready]', { timeout: 20000 });
  await settled('fewer');
  same(await page.inputValue('#en-control-1'), '1', 'a link brings both settings back');
  await page.click('main[lang=en] [data-control="0"] .reset');
  await settled('more');
  same(await page.evaluate(() => location.hash), '#en;staff_time=1', 'reset takes one away');
  await page.click('main[lang=en] [data-reset-all]');
  await settled('the same');
  same(await page.evaluate(() => location.hash), '#en', 'reset clears the address');
  /* Addresses that nobody wrote in good faith. */
  for (const hash of ['#en;us_caution=99;staff_time=1', '#en;us_caution=<b>;__proto__=1;x=1', '#%E0%A4%A', '#en;us_caution=1e999']) {
    await page.evaluate(text => { location.hash = text; }, hash);
    await page.waitForTimeout(60);
  }
  same(await page.evaluate(() => document.documentElement.dataset.engine), 'ready', 'strange addresses do no harm');
  const loaded = await opening(page, `file://${paths.full}#en`, 1000);
  report(loaded < 1000, 'opens in under a second', loaded);
  same(page.complaints, [], 'quiet, and no request');
  await page.context().close();
}
{
  /* A digest that does not agree turns the controls off; the page stays. */
  const broken = readFileSync(paths.full, 'utf8').replace(/"checkDigest": ?"[0-9a-f]{4}/, '"checkDigest":"0000');
  paths.broken = `${folder}/broken.html`;
  writeFileSync(paths.broken, broken);
  const page = await open('broken', { hash: 'ko' });
  await page.waitForSelector('main[lang=ko] .static[data-state=no-proof]', { timeout: 20000 });
  same(await page.locator('[data-whatif]:visible').count(), 0, 'another digest: no controls, said once');
  same(await page.locator('main[lang=ko] section:visible').count(), 17, 'another digest: the page stays whole');
  await page.context().close();
}

/* --- without WebAssembly, or without what unpacks it: whole, and says so once --- */
for (const missing of ['WebAssembly', 'DecompressionStream', 'Worker']) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const heard = [];
  page.on('console', m => heard.push('console ' + m.text()));
  page.on('pageerror', e => heard.push('error ' + e.message));
  if (missing === 'WebAssembly') {
    /* Blob workers do not get init scripts: the worker's own text says it. */
    paths.bare = `${folder}/bare.html`;
    writeFileSync(paths.bare, readFileSync(paths.full, 'utf8').replace("'use strict';\n/* Runs the engine", "'use strict';\ndelete self.WebAssembly;\n/* Runs the engine"));
  } else {
    await page.addInitScript(name => { delete window[name]; }, missing);
  }
  await page.goto(`file://${missing === 'WebAssembly' ? paths.bare : paths.full}#en`);
  await page.waitForSelector('main[lang=en] .static[data-state=failed]', { timeout: 20000 });
  same([await page.locator('main[lang=en] .static:visible').count(), await page.locator('[data-whatif]:visible').count(),
        await page.locator('main[lang=en] section:visible').count(), heard], [1, 0, 17, []], `without ${missing}: whole, says so once`);
  await context.close();
}

/* --- the keyboard reaches everything that can be operated, in the order of the page, and leaves it again --- */
for (const lang of ['ja', 'en']) {
  const page = await open('full', { hash: lang });
  await page.waitForSelector('html[data-engine=ready]', { timeout: 20000 });
  const wanted = await page.evaluate(l => {
    const focusable = 'a[href],button,input,select,summary,[tabindex="0"]';
    return [...document.querySelectorAll(focusable)].filter(e => e.checkVisibility() && !(e.type === 'radio' && !e.checked) && !e.closest('details:not([open])>:not(summary)'))
      .map((e, i) => { e.dataset.stop = i; return i; }).length;
  }, lang);
  const reached = [];
  for (let i = 0; i < wanted + 3; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => document.activeElement?.dataset?.stop ?? '');
    if (stop === '' && i > 0) break;
    reached.push(Number(stop));
  }
  const missed = [...Array(wanted).keys()].filter(i => !reached.includes(i));
  report(!missed.length && reached.every((stop, i) => i === 0 || stop > reached[i - 1]), `the keyboard reaches ${wanted} stops in ${lang}`,
         `missed ${missed.slice(0, 5)} of ${wanted}; ${reached.slice(0, 12)}`);
  await page.context().close();
}

/* --- lines begin and end where the language allows it, on a telephone and on a page --- */
const badLines = lang => {
  const found = [], walk = document.createTreeWalker(document.querySelector(`main[lang=${lang}]`), NodeFilter.SHOW_TEXT);
  const blocks = 'p,li,h1,h2,h3,figcaption b,td,th';
  const range = document.createRange();
  let block = null, top = 0, bottom = 0, before = '';
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const own = node.parentElement.closest(blocks);
    if (!own || !own.checkVisibility() || node.parentElement.closest('svg,a.ref,pre,code,small')) continue;
    if (own !== block) block = own, bottom = -1, before = '';
    for (let i = 0; i < node.data.length; i++) {
      const c = node.data[i];
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getClientRects()[0];
      if (!box || !box.height) { if (/\s/.test(c)) before = ' '; continue; }
      if (bottom >= 0 && box.top >= bottom - 1) {
        const wrong = lang === 'ja' ? /[、。，．）」』】ー〜々ッャュョっゃゅょ％]/.test(c) || /[（「『【]/.test(before)
                                    : /[가-힣]/.test(c) && /[가-힣]/.test(before) && own.closest('p,li,h1,h2,h3,figcaption');
        if (wrong) found.push(before + '|' + node.data.slice(i, i + 8));
        bottom = -1;
      }
      if (bottom < 0 || box.bottom > bottom) bottom = box.bottom - (box.height > 0 ? box.height * 0.3 : 0);
      before = c;
    }
  }
  return found;
};
for (const lang of ['ja', 'ko'])
  for (const width of [320, 768]) {
    const page = await open('full', { hash: lang, width });
    same(await page.evaluate(badLines, lang), [], `lines of ${lang} at ${width} px keep to the rules`);
    await page.context().close();
  }

/* --- paper --- */
for (const lang of ['ja', 'ko', 'en']) {
  const page = await open('full', { hash: lang });
  const path = `${folder}/${lang}.pdf`;
  await page.pdf({ path, preferCSSPageSize: true, tagged: true, outline: true });
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  report(text.includes('The two ministers pledged') && text.includes({ ja: '出典', ko: '출처', en: 'Sources' }[lang]) && /1\s*\/\s*\d+/.test(text),
         `paper ${lang}: sources, quotations and page numbers`);
  report(text.includes({ ja: 'いつまでに', ko: '언제까지', en: 'of 100 still open' }[lang]), `paper ${lang}: disclosures are open`);
  /* Running heads in the language shown; no heading as the last line of a page; nothing wider than the paper. */
  const [title, heads] = await page.evaluate(() => [document.querySelector(`main[lang=${document.documentElement.lang}] .kicker`).textContent,
    [...document.querySelectorAll('h2,h3,figcaption b,summary')].filter(e => e.closest('[lang]').lang === document.documentElement.lang)
      .map(e => e.textContent.replace(/\s/g, ''))]);
  const sheets = text.split('\f').slice(0, -1).map(sheet => sheet.split('\n').map(line => line.replace(/[\s\u2060]/g, '')).filter(line => line));
  const key = title.replace(/\s/g, '').slice(0, 20);
  same(sheets.map((sheet, i) => sheet[0].startsWith(key) ? -1 : i).filter(i => i >= 0), [], `paper ${lang}: running heads`);
  same(sheets.map(sheet => sheet.at(/^\d+\/\d+$/.test(sheet.at(-1)) ? -2 : -1)).filter(line => heads.includes(line)), [],
       `paper ${lang}: no heading at the foot of a page`);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 658, height: 900 });
  report(await page.evaluate(() => document.documentElement.scrollWidth) <= 658, `paper ${lang}: nothing wider than the sheet`,
         await page.evaluate(() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && e.getBoundingClientRect().right > 660).slice(0, 5).map(e => e.outerHTML.slice(0, 100)).join('\n')));
  await page.context().close();
}

/* --- bytes --- */
{
  const before = readFileSync(paths.full);
  sample('full');
  report(before.equals(readFileSync(paths.full)), 'same input, same bytes');
  const size = statSync(paths.full).size;
  report(size < 1000000, `${size} bytes, under 1.0 MB`);
}
await browser.close();
done();
