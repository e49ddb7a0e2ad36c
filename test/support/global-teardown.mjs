/** Undoes what `global-setup.mjs` did. */
export default () => globalThis.takeDown();
