const { TestEnvironment } = require('jest-environment-node');

/** Jest cannot be told to stop at the first failure when Stryker runs it. A mutant is dead by then, so the rest is skipped. */
module.exports = class FailFastEnvironment extends TestEnvironment {
  #failed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure') this.#failed = true;
    if (name === 'test_start' && this.#failed) test.mode = 'skip';
  }
};
