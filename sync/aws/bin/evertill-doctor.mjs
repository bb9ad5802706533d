#!/usr/bin/env node
// Node 20 cannot read TypeScript by itself: tsx does, here and in every other command of the clone.
import { register } from 'tsx/esm/api';

register();
const { doctor, surroundings } = await import('../src/doctor.ts');
process.exitCode = await doctor(process.argv.slice(2), surroundings);
