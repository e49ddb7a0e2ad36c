export { fqlHost } from '../../src/modules/segment/fql-host.js';
