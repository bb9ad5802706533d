import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server in a process of its own that says `{url}` on its first line. */
export type ServerProcess = { readonly url: string; readonly pid: number; end(): Promise<void> };

const END_TIMEOUT_MS = 20_000;

export async function startServer(file: string, args: readonly string[]): Promise<ServerProcess> {
  // For a profile of what is measured, e.g. `--cpu-prof --cpu-prof-dir=/tmp/profile`.
  const flags = (process.env['EVERTILL_BENCH_NODE_FLAGS'] ?? '').split(' ').filter(Boolean);
  const node = [...flags, '--import', import.meta.resolve('tsx'), '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...node, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  // A bench that fails leaves nothing running.
  process.once('exit', () => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    return { url: (JSON.parse(line) as { url: string }).url, pid: child.pid ?? 0, end: () => end(child) };
  }
  throw new Error(`${file} ended before it served`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
  await ended;
  clearTimeout(force);
}
