import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Asks the process that `global-setup.mjs` started one thing; see `admin-host.mjs`. */
export async function askAdminHost<T>(question: object): Promise<T> {
  const socket = process.env['ADMIN_HOST'];
  if (socket === undefined) throw new Error('ADMIN_HOST is not set: end-to-end suites run through jest.config.js, which starts it.');
  const connection = connect(socket);
  connection.end(JSON.stringify(question));
  return JSON.parse(await text(connection)) as T;
}
