import { createHash } from 'node:crypto';
import { readRecord } from '@evertill/records';
import { openSqlite } from '@evertill/sqlite'; // refused
import { addRxPlugin } from 'rxdb/plugins/core'; // refused
export const all = [createHash, readRecord, openSqlite, addRxPlugin];
