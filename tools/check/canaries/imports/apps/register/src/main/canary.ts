import { app } from 'electron';
import { readFile } from 'node:fs/promises';
import { createRoot } from 'react-dom/client'; // refused
import { createRxDatabase } from 'rxdb'; // refused
import { SerialPort } from 'serialport'; // refused
export const all = [app, readFile, createRoot, createRxDatabase, SerialPort];
