const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { group } = require('./grouped.cjs');

/** Random and timed specs: slow, and what they kill differs from run to run. */
const leftOut = ['meaning.spec.ts', 'properties.spec.ts', 'work.spec.ts'];

// All in one file, so that the library is loaded once for each mutant and not once for each spec.
for (const folder of ['../../src/fql', '../fql']) {
  for (const name of readdirSync(join(__dirname, folder))) {
    if (name.endsWith('.spec.ts') && !leftOut.includes(name)) group(name, () => require(`${folder}/${name}`));
  }
}
