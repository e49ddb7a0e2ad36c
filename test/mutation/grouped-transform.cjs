const { join } = require('node:path');
const { createTransformer } = require('@swc/jest');

const grouped = JSON.stringify(join(__dirname, 'grouped.cjs'));

/** The compiler of the other runs, for specs whose `@jest/globals` is `grouped.cjs`; Jest maps every module name but this one. */
module.exports = {
  createTransformer(options) {
    const swc = createTransformer(options);
    const change = (source) => source.replace("'@jest/globals'", () => grouped);
    return { ...swc, process: (source, ...rest) => swc.process(change(source), ...rest), processAsync: undefined };
  },
};
