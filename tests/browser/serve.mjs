// The page of opcon serve follows a scenario that is being written: node serve.mjs CHROMIUM OPCON SOURCE_ROOT FOLDER
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { done, launch, report, same } from './tap.mjs';

const [browserPath, opcon, root, folder] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(`${root}/scenarios/minimal`, folder, { recursive: true });
const main = `${folder}/scenario.yaml`, text = readFileSync(main, 'utf8');
const serve = async lang => {
  const server = spawn(opcon, ['serve', folder, '--runs', '2000', '--lang', lang], { env: { ...process.env, LANG: 'C' } });
  const address = await new Promise(go => {
    let heard = '';
    server.stdout.on('data', bytes => {
      heard += bytes;
      const found = /http:\/\/\S+\//.exec(heard);
      if (found) go(found[0]);
    });
  });
  return { server, address };
};
const { server, address } = await serve('ko');

const browser = await launch(browserPath);
const context = await browser.newContext({ bypassCSP: false });
const page = await context.newPage();
const complaints = [];
page.on('console', m => complaints.push('console ' + m.text()));
page.on('pageerror', e => complaints.push('error ' + e.message));
page.on('request', r => { if (!r.url().startsWith(address) && !/^(data|blob):/.test(r.url())) complaints.push('request ' + r.url()); });
await page.goto(address);
const version = wanted => page.waitForFunction(n => Number(document.documentElement.dataset.version) >= n, wanted, { timeout: 30000 });
const inside = () => page.frameLocator('#report');
await version(1);
await inside().locator('main[lang=ko] h1').waitFor();
report(await inside().locator('main[lang=ko] h1').isVisible(), 'the report is shown, in the language of the command');
await inside().locator('html[data-engine=ready]').waitFor({ state: 'attached', timeout: 20000 });
report(true, 'its engine runs in the frame');
await inside().locator('label[for=choose-ja]').click();
writeFileSync(main, text.replace('after: building', 'after: bilding'));
await version(2);
report(await page.isVisible('#said') && (await page.textContent('#said')).includes('bilding') && !(await page.isVisible('#report')),
       'a broken scenario shows what is wrong instead');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
writeFileSync(main, text.replace('minimal', 'tiny'));
await version(3);
await inside().locator('main[lang=ja] h1').waitFor();
report(await inside().locator('main[lang=ja] h1').isVisible() && !(await page.isVisible('#said')), 'it recovers, in the language that was chosen');
same(complaints, [], 'no message, no request to elsewhere');
server.kill('SIGINT');
await new Promise(go => server.on('exit', go));
await page.waitForFunction(() => /serve/.test(document.getElementById('state').textContent), null, { timeout: 20000 });
report(true, 'says that the program has ended');
await context.close();

/* axe needs a page without the policy. */
const second = await serve('en');
writeFileSync(main, text.replace('after: building', 'after: bilding'));
for (const colorScheme of ['light', 'dark']) {
  const bare = await (await browser.newContext({ bypassCSP: true, colorScheme })).newPage();
  await bare.goto(second.address);
  await bare.waitForSelector('body.bad', { timeout: 20000 });
  await bare.evaluate(axe);
  const found = await bare.evaluate(() => window.axe.run(document, { iframes: false }));
  report(!found.violations.length, `axe ${colorScheme}`, found.violations.map(v => `${v.id}: ${v.nodes[0].html}`).join('\n'));
}
second.server.kill('SIGINT');
await browser.close();
done();
