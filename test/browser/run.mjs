/**
 * The Swagger UI of the demo start in a real Chromium, over plain http and on a name that is not localhost, which browsers treat
 * otherwise. Debian's Chromium is installed where there is none. Pictures of each step are left in `test/browser/output/`.
 *
 *     npm run test:browser
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../support/chromium.mjs';
import { listening, start } from '../support/service-process.mjs';
import { SwaggerUi } from './swagger-ui.mjs';

const root = join(import.meta.dirname, '..', '..');
const output = join(import.meta.dirname, 'output');
const name = 'segments.acme.test';
const began = performance.now();

const executablePath = findChromium();
const directory = mkdtempSync(join(tmpdir(), 'segments-browser-'));
const { PATH, HOME } = process.env;
// The demo start: nothing is set but what must not be the developer's own.
const environment = { PATH, HOME, PORT: '0', DATABASE_URL: `sqlite:${join(directory, 'demo.sqlite')}`, PRESSURE_DELAY: '0' };
const service = start(process.execPath, [join(root, 'dist', 'main.js')], environment, directory);
let browser;
try {
  const { port } = new URL(await listening(service));
  const token = /eyJ[\w.-]+/.exec(service.output)?.[0];
  // Root has no sandbox; the name is looked up nowhere.
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', `--host-resolver-rules=MAP ${name} 127.0.0.1`] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  const errors = [];
  const elsewhere = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.host !== `${name}:${port}`) elsewhere.push(request.url());
  });
  mkdirSync(output, { recursive: true });
  let pictures = 0;
  const step = async (title, act) => {
    await act();
    await page.screenshot({ path: join(output, `${++pictures}-${title.replaceAll(' ', '-')}.png`) });
    console.log(`✓ ${title}`);
  };

  const ui = new SwaggerUi(page);
  let segment;
  await step('opens', () => ui.open(`http://${name}:${port}/docs`));
  await step('demo token is filled in', async () => {
    assert.equal(await ui.isAuthorized(), true);
    assert.equal((await ui.execute('Server', 'getServerInfoV3')).status, 200);
  });
  await step('another token is refused', async () => {
    await ui.authorize(`${token}x`);
    assert.equal((await ui.execute('Server', 'getServerInfoV3')).status, 401);
  });
  await step('token is authorized', async () => {
    await ui.authorize(token);
    assert.equal((await ui.execute('Server', 'getServerInfoV3')).status, 200);
  });
  await step('list', async () => {
    const { status, body } = await ui.execute('Segments', 'getSegmentsV3');
    assert.equal(status, 200);
    assert.ok(body.data.total >= 8 && body.data.items.length === body.data.total, `${body.data.total} segments`);
  });
  await step('create wrongly', async () => {
    const [item] = (await ui.execute('Segments', 'getSegmentsV3')).body.data.items;
    const { status, body } = await ui.execute('Segments', 'createSegmentV3', {
      body: { model_id: item.model.id, name: 'Typo', definition: 'agee > 60' },
    });
    assert.equal(status, 400);
    assert.equal(body.error.message, 'No column "agee" in this model. Did you mean age?');
  });
  await step('create by the example', async () => {
    await page.reload();
    await page.locator('.opblock').first().waitFor();
    const { status, body } = await ui.execute('Segments', 'createSegmentV3');
    assert.equal(status, 200, JSON.stringify(body));
    segment = body.data;
    assert.equal(segment.name, 'Island seniors');
  });
  await step('delete', async () => {
    const { status } = await ui.execute('Segments', 'deleteSegmentV3', { parameters: { uuid: segment.id } });
    assert.equal(status, 200);
    assert.equal((await ui.execute('Segments', 'getSegmentV3', { parameters: { uuid: segment.id } })).status, 404);
  });
  await step('no console error and no other host', () => {
    // The browser itself reports each status of 400 or more: those that were asked for, and no other.
    assert.deepEqual(
      errors.map((text) => /status of (\d+)/.exec(text)?.[1] ?? text),
      ['401', '400', '404'],
    );
    assert.deepEqual(elsewhere, []);
  });
} finally {
  await browser?.close();
  service.child.kill('SIGTERM');
  await service.done;
  rmSync(directory, { recursive: true, force: true });
}
console.log(`${((performance.now() - began) / 1000).toFixed(1)} s; pictures in test/browser/output/`);
