import { createRxDatabase } from 'rxdb';
import { openSqlite } from '@evertill/sqlite';
import { safeStorage } from 'electron'; // refused
import { SerialPort } from '@serialport/stream'; // refused
export const all = [createRxDatabase, openSqlite, safeStorage, SerialPort];
