import { z } from 'zod';
import { countSchema, idSchema, instantSchema } from '../header.ts';

export const roleSchema = z.enum(['cashier', 'supervisor', 'manager']);
export type Role = z.infer<typeof roleSchema>;

export const signedOn = z.object({ staffId: idSchema, role: roleSchema });
export const signedOff = z.object({ staffId: idSchema, reason: z.enum(['requested', 'replaced', 'idle']) });
/** Too many wrong PINs: nobody may try this person before `lockedUntil`. */
export const signOnLocked = z.object({ staffId: idSchema, attempts: countSchema, lockedUntil: instantSchema });
