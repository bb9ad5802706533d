import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { openSqlite } from '@evertill/sqlite';
import { repositoryFolder } from './stage.ts';

const program = [
  '--import',
  import.meta.resolve('tsx'),
  '--disable-warning=ExperimentalWarning',
  path.join(repositoryFolder, 'apps/hub/src/main.ts'),
];

type Author = { tenant: string; store: string; register: string; role?: 'register' | 'channel' };

/** The hub as a store starts it: a process of its own with one folder, to be stopped and started again on the same port. */
export class HubProcess {
  readonly #folder: string;
  #process: ChildProcess | null = null;
  url = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const args = [...program, 'serve', '--folder', this.#folder, '--port', port];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#process = child;
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    this.url = (JSON.parse(line.toString()) as { url: string }).url;
  }

  /** Prints a one-time code for a register, as the operator does. */
  code({ tenant, store, register, role = 'register' }: Author): string {
    const who = ['--tenant', tenant, '--store', store, '--register', register, '--role', role];
    return this.#command('enroll', ...who);
  }

  /** Takes a store's folder over, so that registers can join through the hub. */
  setUp(storeFolder: string): void {
    this.#command('set-up', '--store-folder', storeFolder);
  }

  #command(name: string, ...args: string[]): string {
    return execFileSync(process.execPath, [...program, name, '--folder', this.#folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  }

  /** How many orders of a store the hub shows, read from its file without asking it. */
  ordersOf({ tenant, store }: Pick<Author, 'tenant' | 'store'>): number {
    const sql = `SELECT count(*) AS orders FROM item WHERE CAST(pk AS TEXT) = ? AND CAST(sk AS TEXT) <> '#scope'`;
    return Number(this.#look(sql, `${tenant}#doc#orders#${store}`)?.['orders'] ?? 0);
  }

  /** What is on hand of an item by the hub's view, read from its file; `null` where it says nothing. */
  onHand({ tenant, store }: Pick<Author, 'tenant' | 'store'>, itemId: string): number | null {
    const sql = 'SELECT body FROM item WHERE CAST(pk AS TEXT) = ? AND CAST(sk AS TEXT) = ?';
    const row = this.#look(sql, `${tenant}#doc#stock#${store}`, itemId);
    if (!row) return null;
    const { body } = JSON.parse(String(row['body'])) as { body: { S: string } };
    return (JSON.parse(body.S) as { onHand: number }).onHand;
  }

  #look(sql: string, ...params: string[]): Record<string, unknown> | undefined {
    const db = openSqlite({ file: path.join(this.#folder, 'hub.db'), readOnly: true });
    try {
      return db.statement(sql).get(...params);
    } finally {
      db.close();
    }
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
