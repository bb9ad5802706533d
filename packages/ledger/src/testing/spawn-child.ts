import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundledPrograms } from '@evertill/testkit/bundled-programs';

/** The program `selling-child`, built once for all its starts. */
export type SellingProgram = { readonly file: string; dispose(): void };

export type SellingChild = {
  readonly process: ChildProcess;
  /** Lines said so far. */
  readonly lines: string[];
  /** Resolves when the process has ended and all it said is in `lines`. */
  readonly ended: Promise<{ status: number | null; errors: string }>;
};

export async function buildSellingProgram(): Promise<SellingProgram> {
  const entry = fileURLToPath(new URL('./selling-child.ts', import.meta.url));
  const built = await bundledPrograms(fileURLToPath(new URL('../..', import.meta.url)), { 'selling-child': entry });
  return { file: built.fileOf('selling-child'), dispose: built.dispose };
}

/** Starts `selling-child`, optionally under another program such as strace. */
export function startSelling(
  program: SellingProgram,
  root: string,
  sales: number,
  mode: 'one' | 'two' | 'kill' | 'insist',
  under: string[] = [],
): SellingChild {
  const node = [process.execPath, program.file, root, String(sales), mode];
  const [command, ...args] = [...under, ...node];
  if (command === undefined) throw new Error('nothing to start');
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
  const lines: string[] = [];
  let rest = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<{ status: number | null; errors: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, errors }));
  });
  return { process: child, lines, ended };
}

/** The ids that were acknowledged. */
export function soldIds(lines: readonly string[]): string[] {
  return lines.filter((line) => line.startsWith('sold ')).map((line) => line.slice('sold '.length));
}
