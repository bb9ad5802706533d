import { useState } from 'react';
import type { Snapshots } from '@evertill/register';
import { decide } from '@evertill/register'; // refused
import { openLedger } from '@evertill/ledger'; // refused
import { ipcRenderer } from 'electron'; // refused
import { readFile } from 'node:fs/promises'; // refused
import { createRxDatabase } from 'rxdb'; // refused
export const all = [useState, decide, openLedger, ipcRenderer, readFile, createRxDatabase];
export type Kept = Snapshots;
