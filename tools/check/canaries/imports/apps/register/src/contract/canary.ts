import { refusalCodes } from '@evertill/register';
import { readFile } from 'node:fs/promises'; // refused
import { useState } from 'react'; // refused
import { openLedger } from '@evertill/ledger'; // refused
export const all = [refusalCodes, readFile, useState, openLedger];
