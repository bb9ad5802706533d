import { z } from 'zod';
import { readFileSync } from 'node:fs'; // refused
import { readFile } from 'node:fs/promises'; // refused
import { join } from 'path'; // refused
import { app } from 'electron'; // refused
import { useState } from 'react'; // refused
import { createRxDatabase } from 'rxdb'; // refused
import { SerialPort } from 'serialport'; // refused
import { decide } from '@evertill/retail'; // refused
import type { Journal } from '@evertill/journal'; // refused
import { local } from './local.ts';
export { open } from 'node:fs'; // refused
export * from '@evertill/ledger'; // refused
export const all = [z, readFileSync, readFile, join, app, useState, createRxDatabase, SerialPort, decide, local];
export type Kept = Journal;
export const later = () => import('node:os'); // refused
