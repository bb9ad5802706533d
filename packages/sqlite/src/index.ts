export { openSqlite } from './open-sqlite.ts';
export type { OpenSqliteOptions } from './open-sqlite.ts';
export type { CheckpointMode, CheckpointResult, SqliteDatabase, SqliteStatement, SqlRow } from './sqlite-database.ts';
export type { SqliteDriverName, SqlValue } from './driver.ts';
export type { SqlitePragmas } from './pragmas.ts';
export { SqliteFault, SqliteRefused } from './sqlite-fault.ts';
export type { SqliteFaultCode } from './sqlite-fault.ts';
export { migrate } from './migrate.ts';
export type { Migration, MigrationResult } from './migrate.ts';
