import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSqlite } from '@evertill/sqlite';

/**
 * The least that a server can do for a push and still be honest: read the body, write it as one row with one fsync, say so. A process of its own,
 * as the hub is. `argv[2]`: the file of the database.
 */
const db = openSqlite({ file: process.argv[2] ?? '', pragmas: { journal_mode: 'WAL', synchronous: 'FULL' } });
db.exec('CREATE TABLE body (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    db.transaction(() => db.statement('INSERT INTO body (text) VALUES (?)').run(Buffer.concat(chunks).toString()));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"ok":true}');
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
