import type { MessagePortMain } from 'electron';
import { openLedger } from '@evertill/ledger';
import { utilityProcess } from 'electron'; // refused
import { useEffect } from 'react'; // refused
import { createRxDatabase } from 'rxdb'; // refused
import { SerialPort } from 'serialport'; // refused
export const all = [openLedger, utilityProcess, useEffect, createRxDatabase, SerialPort];
export type Kept = MessagePortMain;
