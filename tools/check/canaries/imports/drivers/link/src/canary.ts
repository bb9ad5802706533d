import { SerialPort } from 'serialport';
import { Socket } from 'node:net';
import type { Link } from '@evertill/driver-contract';
import { openSqlite } from '@evertill/sqlite'; // refused
export const all = [SerialPort, Socket, openSqlite];
export type Kept = Link;
