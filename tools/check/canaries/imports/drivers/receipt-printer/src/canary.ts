import type { PrintDocument } from '@evertill/driver-contract';
import { SerialPort } from 'serialport'; // refused
import { receiptDocument } from '@evertill/receipt'; // refused
import { openLink } from '@evertill/link'; // refused
export const all = [SerialPort, receiptDocument, openLink];
export type Kept = PrintDocument;
