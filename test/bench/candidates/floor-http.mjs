/** Floor A: node:http, no framework, no database, no check of anything; answers bytes that it was given. What Node itself costs. */
import { createServer } from 'node:http';

const answers = new Map();

createServer((request, response) => {
  const answer = answers.get(request.method === 'POST' ? 'create' : request.url);
  const reply = () => {
    if (answer === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length });
    response.end(answer);
  };
  if (request.method === 'GET') return reply();
  request.on('data', () => undefined).on('end', reply);
}).listen(0, '127.0.0.1', function () {
  console.log(`http://127.0.0.1:${this.address().port}/`);
});

/** The other candidates' answers: address → text; `create` for every POST. */
process.on('message', (recorded) => {
  for (const [address, text] of Object.entries(recorded)) answers.set(address, Buffer.from(text));
  process.send('ready');
});
