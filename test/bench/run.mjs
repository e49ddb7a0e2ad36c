/**
 * What a request costs: this service beside floors below which nothing comes, and beside the way tutorials teach.
 *
 *     npm run bench                  1,000,000 segments; filling alone takes longer than the measuring
 *     npm run bench -- --quick       20,000 segments, some minutes; fewer with --work and --candidate
 *     … --work "get by id" --candidate "this service, MariaDB"     only these; may be given several times
 *
 * Candidates take turns within each round, so that what else the machine does meets all of them. Processor time of the server process
 * is what to compare; requests a second depend on the load generator and the database as well.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answersOf, compareAnswers } from './answers.mjs';
import { buildTutorial } from './build-tutorial.mjs';
import { floorFastify, floorHttp, service, startCandidate, tutorial } from './candidate.mjs';
import { startLoadGenerator } from './load-generator.mjs';
import { measure, median, summary } from './measure.mjs';
import { leaveServerProcessor, pinningSaid } from './pinning.mjs';
import { printTable } from './print-table.mjs';
import { fullSize, seed, startBenchServer } from './seed.mjs';
import { worksOf } from './works.mjs';
import { worldOf } from './world.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    work: { type: 'string', multiple: true },
    candidate: { type: 'string', multiple: true },
  },
});

const size = options.quick ? { organizations: 2, models: 20, segments: 20_000 } : fullSize;
const { rounds, seconds, warmUp } = options.quick ? { rounds: 3, seconds: 2, warmUp: 1 } : { rounds: 5, seconds: 2, warmUp: 2 };

const floor = 'floor B: Fastify, mysql2';
const table = {
  'floor A: node:http': { candidate: floorHttp },
  [floor]: { candidate: floorFastify, passes: ['validate'] },
  'this service, MariaDB': { candidate: service },
  'this service, SQLite': { candidate: service, engine: 'sqlite' },
  'tutorial: Express, TypeORM find': { candidate: tutorial, passes: ['validate'] },
};

const directory = mkdtempSync(join(tmpdir(), 'segments-bench-'));
const started = [];
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

leaveServerProcessor();
const database = await startBenchServer();
const generator = startLoadGenerator();
try {
  const urls = { mysql: `${database.url}bench`, sqlite: `sqlite:${join(directory, 'bench.sqlite')}` };
  for (const url of Object.values(urls)) await seed(url, size);
  await buildTutorial();

  const secret = randomBytes(48).toString('base64url');
  const world = worldOf(size, secret);
  const works = worksOf(world);
  const wanted = Object.keys(works).filter((work) => options.work?.includes(work) ?? true);

  const start = async (name, { candidate, engine = 'mysql' }, more = {}) => {
    const log = join(directory, `${started.length}.log`);
    const one = await startCandidate(candidate, { secret, databaseUrl: urls[engine], log, world: { ...world, ...more } });
    started.push(one);
    return { name, ...one };
  };
  const reference = await start('reference', table['this service, MariaDB']);
  const answers = await answersOf(reference.url, world, works);
  const running = new Map();
  for (const [name, entry] of Object.entries(table)) {
    if (name !== floor && options.candidate !== undefined && !options.candidate.includes(name)) continue;
    const one = name === 'this service, MariaDB' ? reference : await start(name, entry, { like: answers.like });
    if (entry.candidate === floorHttp) await one.send(answers.texts);
    await compareAnswers(name, one.url, world, works, answers, entry.passes);
    running.set(name, one);
  }

  console.log(`${size.segments.toLocaleString('en')} segments; ${database.version ?? 'MariaDB'}; Node ${process.version}; ${pinningSaid}`);
  const figures = new Map([...running.keys()].map((name) => [name, new Map(wanted.map((work) => [work, []]))]));
  for (let round = 0; round <= rounds; round++)
    for (const work of wanted)
      for (const [name, one] of running) {
        if (table[name].passes?.includes(work)) continue;
        const burst = { token: world.token, requests: works[work], seconds: round === 0 ? warmUp : seconds };
        const figure = await measure(generator, one, burst);
        if (round > 0) figures.get(name).get(work).push(figure);
      }

  const rows = wanted.flatMap((work) =>
    [...running.keys()].flatMap((name) => {
      const bursts = figures.get(name).get(work);
      if (bursts.length === 0) return [];
      const below = figures.get(floor).get(work);
      const ratio = below.length === 0 ? undefined : median(bursts.map(({ cpu }, round) => cpu / below[round].cpu));
      return [{ work, name, ...summary(bursts), ratio }];
    }),
  );
  printTable(rows);
  for (const [name, { readyAfter }] of running) console.log(`${name}: ready after ${Math.round(readyAfter)} ms`);
} finally {
  generator.stop();
  for (const one of started) await one.stop();
  await database.stop();
}
