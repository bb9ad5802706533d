/**
 * What can go wrong with a database file while the program is right.
 * An SQL mistake of ours is not in this list: it stays the driver's own error.
 */
export type SqliteFaultCode =
  | 'busy'
  | 'cannot-open'
  | 'constraint'
  | 'corrupt'
  | 'disk-full'
  | 'io'
  | 'newer-version'
  | 'not-a-database'
  | 'pragma-not-taken'
  | 'read-only';

/** An operating fault of SQLite. `cause` is the driver's error. Only `busy` is worth trying again unchanged. */
export class SqliteFault extends Error {
  override readonly name: string = 'SqliteFault';
  readonly code: SqliteFaultCode;

  constructor(code: SqliteFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** The file could be opened, but not on the terms the program needs; it was left as it was. */
export class SqliteRefused extends SqliteFault {
  override readonly name = 'SqliteRefused';
}

/** Primary result codes: https://www.sqlite.org/rescode.html */
const FAULT_OF_RESULT_CODE: ReadonlyMap<number, SqliteFaultCode> = new Map([
  [5, 'busy'],
  [6, 'busy'], // SQLITE_LOCKED: another statement of this process holds the table
  [8, 'read-only'],
  [10, 'io'],
  [11, 'corrupt'],
  [13, 'disk-full'],
  [14, 'cannot-open'],
  [19, 'constraint'],
  [26, 'not-a-database'],
]);

/**
 * The texts of the same codes. `@photostructure/sqlite` 1.2 leaves the number out of errors from `all()` and `iterate()`, so there the
 * text is all there is; SQLite keeps these texts stable.
 */
const FAULT_OF_TEXT: readonly (readonly [RegExp, SqliteFaultCode])[] = [
  [/^database (table |schema )?is locked/, 'busy'],
  [/^attempt to write a readonly database/, 'read-only'],
  [/^disk I\/O error/, 'io'],
  [/^database disk image is malformed/, 'corrupt'],
  [/^database or disk is full/, 'disk-full'],
  [/^unable to open database file/, 'cannot-open'],
  [/constraint failed/, 'constraint'],
  [/^file is not a database/, 'not-a-database'],
];

/** Turns a driver's error into a `SqliteFault` where it is one of ours, and returns anything else as it came. */
export function translateFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return error;
  const code = faultCodeOf(error);
  return code ? new SqliteFault(code, error.message, error) : error;
}

function faultCodeOf(error: Error): SqliteFaultCode | undefined {
  // Both drivers may report the extended code; its low byte is the primary one.
  if ('errcode' in error && typeof error.errcode === 'number') return FAULT_OF_RESULT_CODE.get(error.errcode & 0xff);
  return FAULT_OF_TEXT.find(([text]) => text.test(error.message))?.[1];
}

/** Runs `work` and translates what it throws. */
export function withFaults<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateFault(error);
  }
}
