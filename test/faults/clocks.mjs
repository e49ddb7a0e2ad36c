/** The machine's clock is wrong. */
import { spawnSync } from 'node:child_process';
import { findProgram } from '../support/find-program.mjs';
import { clientAt, counted, load, onlyStatuses, tallyText } from './client.mjs';
import { create, tokenOf } from './lab.mjs';

/** What the program faketime hands to others. Not the program itself: it would stay as a parent, and a signal would end it alone. */
function shiftedBy(shift) {
  const { status, stdout } = spawnSync('faketime', ['--exclude-monotonic', '-f', shift, 'env'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return Object.fromEntries(stdout.match(/^(?:LD_PRELOAD|FAKETIME|FAKETIME_DONT_FAKE_MONOTONIC)=.*$/gm).map((line) => line.split('=')));
}

/** Installed where it is not and may be: a package of a few kilobytes. */
function hasFaketime() {
  if (shiftedBy('+0') !== undefined) return true;
  if (process.getuid() !== 0 || findProgram('apt-get') === undefined) return false;
  console.log('No faketime here: installing it by apt-get.');
  return spawnSync('apt-get', ['-q', '-y', 'install', '--no-install-recommends', 'faketime'], { stdio: 'ignore' }).status === 0;
}

/** One node five minutes ahead and one five minutes behind, with tokens of three issuers. The monotonic clock stays true, as a real one would. */
async function skewed(lab) {
  if (!hasFaketime()) return { skipped: true, measured: 'the program faketime is not installed, and cannot be here' };
  const database = await lab.filled();
  const node = (shift) => lab.service(database.url, { env: shiftedBy(shift) });
  const nodes = { ahead: await node('+5m'), behind: await node('-5m') };
  const seen = {};
  for (const [name, { url }] of Object.entries(nodes))
    for (const skew of [-300, 0, 300]) seen[`${name} ${skew}`] = (await clientAt(url, tokenOf(skew)).get('/v3/segments?limit=1')).status;
  const creates = [];
  for (const [name, skew] of [
    ['ahead', 300],
    ['behind', -300],
  ]) {
    const client = clientAt(nodes[name].url, tokenOf(skew));
    creates.push(...(await load(2, () => create(client), counted(20))));
  }
  const reader = clientAt(nodes.behind.url, tokenOf(-300));
  const ids = [];
  for (let offset = 0; offset < 50; offset += 7) {
    const { body } = await reader.get(`/v3/segments?ordering=-created_at&limit=7&offset=${offset}`);
    ids.push(...body.data.items.map(({ id }) => id));
  }
  const logs = nodes.ahead.log() + nodes.behind.log();
  const durations = [...logs.matchAll(/"ms":(-?[\d.]+)/g)].map(([, ms]) => Number(ms));
  const ahead = creates[0].body.data.created_at;
  const wanted = { 'ahead -300': 200, 'ahead 0': 200, 'ahead 300': 200, 'behind -300': 200, 'behind 0': 401, 'behind 300': 401 };
  const asWanted = Object.entries(wanted).every(([key, status]) => seen[key] === status);
  return {
    pass:
      asWanted && onlyStatuses(creates, 200) && new Set(ids).size === ids.length && ids.length >= 40 && durations.every((ms) => ms >= 0),
    measured: `tokens ${Object.entries(seen)
      .map(([key, status]) => `${key} s: ${status}`)
      .join(
        ', ',
      )}; creates ${tallyText(creates)}, stamped by each node's own clock (${Math.round((Date.parse(ahead) - Date.now()) / 60_000)} min ahead); ${ids.length} rows paged, none twice; ${durations.filter((ms) => ms < 0).length} of ${durations.length} durations negative`,
  };
}

export const clocks = [
  {
    id: 'F15',
    breaks: 'two nodes whose clocks are 5 min ahead and behind',
    promise: 'tokens judged with 5 s of leeway by each; lists stay whole; no negative duration',
    run: skewed,
  },
];
