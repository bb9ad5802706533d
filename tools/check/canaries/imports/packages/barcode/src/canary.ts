import { checkDigit } from 'gtin';
import { readRecord } from '@evertill/records'; // refused
import { Fragment } from 'react/jsx-runtime'; // refused
export const all = [checkDigit, readRecord, Fragment];
