import { z } from 'zod';

/** The hardware bench: what its window shows of the virtual devices, and what a person can do to them. */
export const printerFaults = ['none', 'paper-out', 'cover-open', 'off'] as const;
export type PrinterFault = (typeof printerFaults)[number];

export const benchStateSchema = z.object({
  roll: z.object({
    /** The printed paper as a PNG data URL, newest part only; `null` while the roll is blank. */
    pngUrl: z.string().max(8_000_000).nullable(),
    lines: z.array(z.string().max(200)).max(2000),
    cutCount: z.number().int().min(0),
    drawerKicks: z.number().int().min(0),
  }),
  printerFault: z.enum(printerFaults),
  connected: z.object({ printer: z.boolean(), scanner: z.boolean() }),
  tray: z.array(z.object({ code: z.string().max(256), label: z.string().max(200) })).max(200),
});
export type BenchState = z.infer<typeof benchStateSchema>;

export const benchRequestSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('scan'), code: z.string().min(1).max(256) }),
  z.strictObject({ method: z.literal('printerFault'), fault: z.enum(printerFaults) }),
  z.strictObject({ method: z.literal('newRoll') }),
]);
export type BenchRequest = z.infer<typeof benchRequestSchema>;
