import { openSync, readFileSync, readSync, closeSync } from 'node:fs';

/**
 * What lies in an asar archive, read by hand: four little-endian words, of which the last is the length of a JSON header, then the header.
 * Paths are relative to the application's folder. `unpacked` files lie beside the archive.
 */
export function asarFiles(archive: string): { path: string; unpacked: boolean }[] {
  const file = openSync(archive, 'r');
  try {
    const words = Buffer.alloc(16);
    readSync(file, words, 0, 16, 0);
    const header = Buffer.alloc(words.readUInt32LE(12));
    readSync(file, header, 0, header.length, 16);
    return entriesOf(JSON.parse(header.toString('utf8')) as AsarFolder, '');
  } finally {
    closeSync(file);
  }
}

type AsarFolder = { files: Record<string, AsarFolder | { size: number; unpacked?: boolean }> };

function entriesOf(folder: AsarFolder, above: string): { path: string; unpacked: boolean }[] {
  return Object.entries(folder.files).flatMap(([name, entry]) =>
    'files' in entry
      ? entriesOf(entry, `${above}${name}/`)
      : [{ path: above + name, unpacked: entry.unpacked ?? false }],
  );
}

/** Marks the fuses inside the binary: behind it a version, a count, and a character per fuse. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Version 1 of the wire, in its order; later runtimes append to it. */
const FUSES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptionsVariable',
  'inspectArguments',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
] as const;

/** The fuses as they are burnt into a binary, read without the tool that burnt them. */
export function fusesOf(binary: string): Record<(typeof FUSES)[number], boolean> {
  const bytes = readFileSync(binary);
  const start = bytes.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length;
  if (start < FUSE_SENTINEL.length) throw new Error(`${binary} has no fuses`);
  const [version, count = 0] = bytes.subarray(start, start + 2);
  if (version !== 1 || count < FUSES.length) throw new Error(`fuses of version ${version} with ${count} places`);
  const wire = bytes.toString('latin1', start + 2, start + 2 + count);
  const isOn = (index: number): boolean => {
    const state = wire[index];
    if (state !== '0' && state !== '1') throw new Error(`fuse ${FUSES[index]} is ${state}, neither on nor off`);
    return state === '1';
  };
  return Object.fromEntries(FUSES.map((name, index) => [name, isOn(index)])) as Record<(typeof FUSES)[number], boolean>;
}
