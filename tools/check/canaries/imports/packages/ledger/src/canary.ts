import { readFile } from 'node:fs/promises';
import { openSqlite } from '@evertill/sqlite';
import { createRxDatabase } from 'rxdb'; // refused
import { createRoot } from 'react-dom/client'; // refused
import { utilityProcess } from 'electron/main'; // refused
import { runCore } from 'evertill-register'; // refused
export const all = [readFile, openSqlite, createRxDatabase, createRoot, utilityProcess, runCore];
