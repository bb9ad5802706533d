import { publishSnapshot } from '@evertill/published';
import { runCore } from 'evertill-register'; // refused
import { dialog } from 'electron'; // refused
export const all = [publishSnapshot, runCore, dialog];
