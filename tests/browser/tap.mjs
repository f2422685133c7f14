// TAP for the browser's tests, and a browser that asks nobody for anything.
import { chromium } from 'playwright-core';

export const launch = executablePath => chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
         '--disable-component-update', '--disable-sync'],
});

/* How long a page takes to open, in milliseconds: the best of a few times, since a busy machine only adds. */
export const opening = async (page, address, enough) => {
  let best = Infinity;
  for (let i = 0; i < 8 && best >= enough; i++) {
    await page.goto('about:blank');
    await page.goto(address);
    best = Math.min(best, await page.evaluate(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd));
  }
  return best;
};

let number = 0, failures = 0;
export const report = (good, name, detail) => {
  console.log(`${good ? 'ok' : 'not ok'} ${++number} - ${name}`);
  if (!good) failures++, console.log('# ' + String(detail ?? '').slice(0, 600).replace(/\n/g, '\n# '));
};
export const same = (got, expected, name) =>
  report(JSON.stringify(got) === JSON.stringify(expected), name, `got ${JSON.stringify(got)} expected ${JSON.stringify(expected)}`);
export const done = () => {
  console.log(`1..${number}`);
  process.exit(failures ? 1 : 0);
};
