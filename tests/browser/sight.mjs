// Marks told apart without colour: node sight.mjs CHROMIUM MAKE_SAMPLE FOLDER
//
// For each figure, light and dark, and on paper: any two kinds of marks that differ in hue differ in pattern, in dash, or
// by 20 of CIE L* too, as a grey print and as eyes without one kind of cone see them (Machado, Oliveira and Fernandes 2009,
// table 1, severity 1); and every mark stands out from the page by 3 : 1 or carries an edge that does (WCAG 2.2, 1.4.11).
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { done, launch, report } from './tap.mjs';

const [browserPath, makeSample, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const path = `${folder}/sight.html`;
execFileSync(makeSample, ['full', path]);
const browser = await launch(browserPath);

const linear = c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const luminance = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b; /* of linear light */
const lightness = y => y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : y * 24389 / 27;
const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
const eyes = {
  grey: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
const seen = (colour, matrix) => matrix.map(row => Math.min(1, Math.max(0, row.reduce((sum, m, i) => sum + m * colour[i], 0))));
/* How far apart two lights lie, for an eye that knows no hue. */
const apart = (a, b, matrix) => Math.abs(lightness(luminance(seen(a, matrix))) - lightness(luminance(seen(b, matrix))));

/* Every kind of mark of a figure: what it is filled or drawn with. Bands lie upon each other, widest first. */
const marksOf = () => {
  const parse = text => /^rgba?\(([^)]*)\)/.exec(text)?.[1].split(/[ ,/]+/).map(Number);
  const page = parse(getComputedStyle(document.body).backgroundColor);
  const figures = [];
  for (const svg of document.querySelectorAll('main svg.chart[role=img]')) {
    if (!svg.checkVisibility()) continue;
    const kinds = new Map();
    let under = page.slice(0, 3), keyed = false;
    for (const mark of svg.querySelectorAll('path,rect,circle')) {
      const style = getComputedStyle(mark);
      const hatch = /url\("?#(hatch\d)/.exec(style.fill)?.[1];
      const base = hatch && getComputedStyle(document.querySelector(`#${hatch} path`)).fill;
      const fill = parse(hatch ? base : style.fill), stroke = parse(style.stroke);
      const faint = Number(style.fillOpacity);
      /* The key's boxes are piled anew, and come to the same colours. */
      if (mark.classList.contains('ky') && !keyed) keyed = true, under = page.slice(0, 3);
      const mixed = fill && fill.slice(0, 3).map((c, i) => c * faint + under[i] * (1 - faint));
      if (mixed && mark.classList.contains('bd')) under = mixed;
      const dash = style.strokeDasharray;
      const add = (kind, colour, pattern, edge) => kinds.set([kind, colour, pattern].join('|'), { kind, colour: colour.slice(0, 3), pattern, edge, name: mark.getAttribute('class') });
      if (mixed) add('fill', mixed, hatch ?? '', stroke && Number(style.strokeOpacity) > 0.4 ? stroke.slice(0, 3) : null);
      else if (stroke) add('line', stroke, dash, null);
    }
    figures.push({ id: svg.getAttribute('aria-labelledby'), marks: [...kinds.values()] });
  }
  return { page: page.slice(0, 3), figures };
};
const light = colour => colour.map(c => linear(c / 255));
/* Greys are scales and frames; what has a hue means something. */
const coloured = colour => Math.max(...colour) - Math.min(...colour) > 40;

for (const [name, options, media] of [['light', { colorScheme: 'light' }], ['dark', { colorScheme: 'dark' }], ['paper', { colorScheme: 'light' }, 'print']])
  for (const width of [360, 1280]) {
    if (media && width < 1280) continue;
    const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
    const page = await context.newPage();
    await page.goto(`file://${path}#en`);
    if (media) await page.emulateMedia({ media });
    await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    const { page: ground, figures } = await page.evaluate(marksOf);
    const close = Object.fromEntries(Object.keys(eyes).map(eye => [eye, []])), faint = [];
    let pairs = 0;
    for (const { id, marks } of figures) {
      const meaning = marks.filter(mark => coloured(mark.colour) || mark.pattern.startsWith('hatch'));
      for (const [i, a] of meaning.entries()) {
        const edge = a.edge && contrast(light(a.edge), light(ground)) >= 3;
        if (contrast(light(a.colour), light(ground)) < 3 && !edge && !/\bbd\b|\bw1\b/.test(a.name)) faint.push(`${id}: ${a.name}`);
        for (const b of meaning.slice(0, i)) {
          if (a.kind !== b.kind || a.pattern !== b.pattern) continue;
          pairs++;
          for (const [eye, matrix] of Object.entries(eyes))
            if (apart(light(a.colour), light(b.colour), matrix) < 20 && !(/\bbd\b/.test(a.name) && /\bbd\b/.test(b.name) && apart(light(a.colour), light(b.colour), matrix) >= 15))
              close[eye].push(`${id}: ${a.name} and ${b.name}, ${apart(light(a.colour), light(b.colour), matrix).toFixed(0)}`);
        }
      }
    }
    report(figures.length === 14 && pairs, `${name} at ${width} px: ${figures.length} figures, ${pairs} pairs without a pattern between them`);
    for (const [eye, list] of Object.entries(close)) report(!list.length, `${name} at ${width} px, ${eye}: no two marks differ by hue alone`, list.join('\n'));
    report(!faint.length, `${name} at ${width} px: marks stand out from the page`, faint.join('\n'));
    await context.close();
  }
await browser.close();
done();
