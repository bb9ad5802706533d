import { parseArgs } from 'node:util';
import type { ChainHead } from '../chain-fault.ts';

export type Command = 'verify' | 'show' | 'export';
export type CliArguments = {
  readonly command: Command;
  readonly file: string;
  readonly json: boolean;
  readonly publicKeys: readonly string[];
  readonly expectedHead?: ChainHead;
  readonly types: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly out?: string;
};

export const USAGE = `evertill-journal: the auditor of Evertill journals

  evertill-journal verify FILE [--pin KEY]… [--head EPOCH/SEQ/HASH] [--json]
      Checks every record: bytes, hash, signature, sequence, links, epochs, receipt and Z numbers, grand total.
      --pin   a public key (64 hex digits) that this register is known to sign with; without one, the first key is trusted
      --head  a record known to exist, from the server, a second copy or paper: shows whether the tail was cut

  evertill-journal show FILE [--type TYPE]… [--from WHERE] [--to WHERE] [--json]
      Lists records in words. WHERE is a business date (2026-03-02) or a place (1/250).

  evertill-journal export FILE [--out FILE]
      Writes the records, byte by byte, one a line (NDJSON).

FILE is a ledger.db, read from a copy and never changed, or an export or second copy (.ndjson).
Exit status: 0 sound, 1 broken, 2 the command or the file cannot be used.
`;

/** The arguments, or the sentence that says what is wrong with them. */
export function readArguments(args: readonly string[]): CliArguments | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        pin: { type: 'string', multiple: true, default: [] },
        head: { type: 'string' },
        type: { type: 'string', multiple: true, default: [] },
        from: { type: 'string' },
        to: { type: 'string' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  const [command, file, ...rest] = positionals;
  if (command !== 'verify' && command !== 'show' && command !== 'export')
    return `no such command: ${command ?? '(none)'}`;
  if (file === undefined) return 'name the file';
  if (rest.length > 0) return `one file at a time, not also ${rest.join(' ')}`;
  const wrongPin = values.pin.find((key) => !/^[0-9a-f]{64}$/.test(key));
  if (wrongPin !== undefined) return `--pin is 64 lower-case hex digits, not ${wrongPin}`;
  const expectedHead = values.head === undefined ? undefined : readHead(values.head);
  if (expectedHead === null) return '--head is EPOCH/SEQ/HASH';
  for (const where of [values.from, values.to]) {
    if (where !== undefined && !/^(\d{4}-\d{2}-\d{2}|\d+\/\d+)$/.test(where))
      return `not a date and not a place: ${where}`;
  }
  return {
    command,
    file,
    json: values.json,
    publicKeys: values.pin,
    types: values.type,
    ...(expectedHead ? { expectedHead } : {}),
    ...(values.from === undefined ? {} : { from: values.from }),
    ...(values.to === undefined ? {} : { to: values.to }),
    ...(values.out === undefined ? {} : { out: values.out }),
  };
}

function readHead(text: string): ChainHead | null {
  const match = /^(\d+)\/(\d+)\/([0-9a-f]{64})$/.exec(text);
  return match ? { epoch: Number(match[1]), seq: Number(match[2]), hash: match[3] ?? '' } : null;
}
