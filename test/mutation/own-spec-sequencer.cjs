const { default: TestSequencer } = require('@jest/test-sequencer');

/**
 * A mutant in a table is there before any test begins, so that Stryker cannot tell which tests meet it and runs whatever imports the
 * file, however far off. Where the file has a spec of its own, that one alone must find the mutant out.
 */
module.exports = class OwnSpecSequencer extends TestSequencer {
  constructor(options) {
    super(options);
    this.asked = options.globalConfig.nonFlagArgs;
  }

  sort(tests) {
    const [file, ...others] = this.asked;
    const own = tests.filter(({ path }) => others.length === 0 && path === file?.replace(/\.ts$/, '.spec.ts'));
    return super.sort(own.length > 0 ? own : tests);
  }
};
