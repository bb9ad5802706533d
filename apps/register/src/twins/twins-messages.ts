import { z } from 'zod';

/** What the process of the virtual devices says to main when its lines are open. Both listen on loopback only. */
export const twinsReadySchema = z.object({
  type: z.literal('twins-ready'),
  printerPort: z.number().int(),
  scannerPort: z.number().int(),
});
export type TwinsReady = z.infer<typeof twinsReadySchema>;

/** Barcodes of goods that the core has found in the catalog, for the virtual scanner's tray. */
export const trayMessageSchema = z.object({
  type: z.literal('tray'),
  items: z.array(z.object({ code: z.string().max(256), label: z.string().max(200) })).max(200),
});
export type TrayMessage = z.infer<typeof trayMessageSchema>;
