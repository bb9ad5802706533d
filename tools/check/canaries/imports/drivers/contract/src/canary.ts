import { Socket } from 'node:net'; // refused
import { readRecord } from '@evertill/records'; // refused
export const all = [Socket, readRecord];
