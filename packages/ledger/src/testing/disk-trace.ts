import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a program asked of its disk, in the order in which the system answered, and what it said meanwhile. */
export type DiskStep =
  | {
      readonly kind: 'open';
      readonly fd: number;
      readonly path: string;
      readonly creates: boolean;
      readonly empties: boolean;
      readonly appends: boolean;
    }
  | { readonly kind: 'close'; readonly fd: number }
  /** `offset` is `null` for a write at the file's own position. */
  | { readonly kind: 'write'; readonly fd: number; readonly offset: number | null; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly fd: number; readonly size: number }
  | { readonly kind: 'sync'; readonly fd: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'said'; readonly line: string };

/** To be put before a command: strace, which writes every call that reaches the disk into `file`. */
export function underTrace(file: string): string[] {
  const calls = 'openat,close,pwrite64,write,ftruncate,fsync,fdatasync,rename,unlink';
  return ['strace', '-f', '--seccomp-bpf', '-xx', '-s', '1000000', '-e', `trace=${calls}`, '-o', file];
}

const STANDARD_OUTPUT = 1;
const UNFINISHED = ' <unfinished ...>';

/**
 * Reads a trace. A call that another thread interrupts counts when it ended.
 *
 * @throws Error for a line that is none of the known calls: a trace that is only half understood would prove nothing.
 */
export async function readDiskTrace(file: string): Promise<DiskStep[]> {
  const begun = new Map<string, string>();
  const steps: DiskStep[] = [];
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) {
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (text === '' || text.startsWith('+++') || text.startsWith('---')) continue;
    if (text.endsWith(UNFINISHED)) {
      begun.set(thread, text.slice(0, -UNFINISHED.length));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text);
    const step = stepOf(resumed ? `${begun.get(thread) ?? ''}${resumed[1]}` : text);
    if (step) steps.push(step);
  }
  return steps;
}

function stepOf(call: string): DiskStep | null {
  const [, name, given = '', answered = ''] = /^(\w+)\((.*)\) += (-?\d+|\?)/.exec(call) ?? [];
  if (name === undefined) throw new Error(`not a call: ${call.slice(0, 200)}`);
  const answer = Number(answered);
  // What failed changed nothing; a call without an answer ended with its process.
  if (!(answer >= 0)) return null;
  const texts = [...given.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => bytesOf(hex));
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = texts;
  const fd = Number.parseInt(given, 10);
  switch (name) {
    case 'openat':
      return {
        kind: 'open',
        fd: answer,
        path: first.toString(),
        creates: given.includes('O_CREAT'),
        empties: given.includes('O_TRUNC'),
        appends: given.includes('O_APPEND'),
      };
    case 'close':
      return { kind: 'close', fd };
    case 'write': {
      const bytes = whole(first, answer, call);
      return fd === STANDARD_OUTPUT
        ? { kind: 'said', line: bytes.toString().trimEnd() }
        : { kind: 'write', fd, offset: null, bytes };
    }
    case 'pwrite64': {
      const offset = Number(/, (\d+)$/.exec(given)?.[1]);
      return { kind: 'write', fd, offset, bytes: whole(first, answer, call) };
    }
    case 'ftruncate':
      return { kind: 'truncate', fd, size: Number(/, (\d+)$/.exec(given)?.[1]) };
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', fd };
    case 'rename':
      return { kind: 'rename', from: first.toString(), to: second.toString() };
    case 'unlink':
      return { kind: 'unlink', path: first.toString() };
    default:
      throw new Error(`an unknown call: ${name}`);
  }
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}

function whole(bytes: Buffer, answer: number, call: string): Buffer {
  if (bytes.length !== answer) throw new Error(`half a write in the trace: ${call.slice(0, 100)}`);
  return bytes;
}
