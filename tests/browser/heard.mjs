// What a screen reader is given, from Chromium's accessibility tree: node heard.mjs CHROMIUM MAKE_SAMPLE FOLDER
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { done, launch, report, same } from './tap.mjs';

const [browserPath, makeSample, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const path = `${folder}/heard.html`;
execFileSync(makeSample, ['full', path]);
const browser = await launch(browserPath);

const twice = list => list.filter((name, i) => list.indexOf(name) !== i);
/* What is on the page beside the tree: pictures, tables, live regions, words in other languages. */
const look = () => {
  const seen = [...document.querySelectorAll('svg')].filter(svg => svg.checkVisibility());
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), foreign = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const own = node.parentElement;
    if (!own.checkVisibility() || own.closest('script,style,pre,code')) continue;
    const lang = own.closest('[lang]').getAttribute('lang').slice(0, 2), text = node.data;
    if ((/[가-힣]/.test(text) && lang !== 'ko') || (/[ぁ-んァ-ヴ]/.test(text) && lang !== 'ja')) foreign.push(`${lang}: ${text.slice(0, 30)}`);
  }
  const loud = [...document.querySelectorAll('output,[role=status],[aria-live]')].filter(e => e.checkVisibility() &&
    (e.getAttribute('aria-live') ?? 'polite') !== 'off' && e.textContent.trim());
  return {
    bare: seen.filter(svg => !svg.closest('[aria-hidden=true]') && !(svg.getAttribute('role') === 'img' && svg.getAttribute('aria-labelledby'))).length,
    /* Each figure is followed by its table, which has a caption and heads. */
    twins: [...document.querySelectorAll('main figure')].filter(f => f.checkVisibility())
      .filter(f => ![...f.nextElementSibling.querySelectorAll('table')].length).map(f => f.id),
    tables: [...document.querySelectorAll('table')].filter(t => t.checkVisibility())
      .filter(t => !t.caption?.textContent.trim() || !t.querySelector('th[scope]')).map(t => t.outerHTML.slice(0, 120)),
    values: [...document.querySelectorAll('input[type=range]')].filter(i => i.checkVisibility() && !/\p{L}/u.test(i.getAttribute('aria-valuetext') ?? '')).map(i => i.id),
    loud: loud.map(e => e.outerHTML.slice(0, 120)),
    foreign,
    lang: document.documentElement.lang,
  };
};

for (const lang of ['en', 'ja', 'ko']) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`file://${path}#${lang}`);
  await page.waitForSelector('html[data-engine=ready]', { timeout: 20000 });
  await page.waitForSelector(`main[lang=${lang}] [data-difference][data-final=true]`, { timeout: 20000 });
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
  const session = await context.newCDPSession(page);
  const nodes = (await session.send('Accessibility.getFullAXTree')).nodes.filter(node => !node.ignored)
    .map(node => ({ role: node.role?.value, name: (node.name?.value ?? '').trim(), of: key => node.properties?.find(p => p.name === key)?.value.value }));
  const all = (...roles) => nodes.filter(node => roles.includes(node.role));
  const names = (...roles) => all(...roles).map(node => node.name);

  const headings = all('heading'), levels = headings.map(h => h.of('level'));
  report(levels[0] === 1 && levels.filter(level => level === 1).length === 1 && levels.every((level, i) => i === 0 || level <= levels[i - 1] + 1),
         `${lang}: headings in order`, levels.join(''));
  same([headings.filter(h => !h.name).length, twice(headings.filter(h => h.of('level') === 2).map(h => h.name))], [0, []], `${lang}: headings are named, sections apart`);
  same([all('main').length, names('navigation', 'complementary', 'region').filter(name => !name), twice(names('region')), twice(names('navigation', 'complementary'))],
       [1, [], [], []], `${lang}: landmarks are named, one main`);
  const pictures = names('image', 'img', 'graphics-document');
  report(pictures.length === 14 && pictures.every(name => name.length > 6), `${lang}: every chart is named`, pictures.join('\n'));
  same(names('button', 'slider', 'spinbutton', 'combobox', 'radio', 'link', 'DisclosureTriangle').filter(name => !name), [], `${lang}: every control is named`);
  same(twice(names('button')).concat(twice(names('slider')), twice(names('spinbutton')), twice(names('DisclosureTriangle'))), [], `${lang}: no two controls of a kind bear one name`);
  same(twice(all('group').filter(g => g.of('focusable')).map(g => g.name)), [], `${lang}: no two places that scroll bear one name`);
  report(names('link').includes({ en: 'source 1', ja: '出典1', ko: '출처 1' }[lang]), `${lang}: a note says what it leads to`);
  const rest = await page.evaluate(look);
  same(rest, { bare: 0, twins: [], tables: [], values: [], loud: [], foreign: [], lang }, `${lang}: pictures, tables, values, live regions and languages`);
  /* What is asked for is said: once, and in words. */
  await page.focus(`#${lang}-control-0`);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(l => document.querySelector(`main[lang=${l}] [data-difference][data-final=true]`), lang, { timeout: 20000 });
  same(await page.evaluate(l => [...document.querySelectorAll(`main[lang=${l}] .whatif [role=status],main[lang=${l}] .whatif output`)]
    .filter(e => e.getAttribute('aria-live') !== 'off' && e.textContent.trim()).length, lang), 1, `${lang}: a control that is moved is answered by one line`);
  await context.close();
}
await browser.close();
done();
