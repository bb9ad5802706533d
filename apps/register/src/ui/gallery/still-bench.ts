import type { BenchConnection } from '../bench/bench-context.tsx';

const lines = [
  '       Halm Berlin Mitte',
  '     Torstraße 12, 10119 Berlin',
  '',
  'Linen shirt White, M         59.90',
  'Organic cotton socks',
  '  3 x 8.90                   26.70',
  'Merino scarf Forest          45.00',
  'Canvas tote bag              12.50',
  'Leather belt Brown, 95 cm    39.00',
  '----------------------------------',
  'TOTAL EUR                   183.10',
  'Cash                        200.00',
  'Change                       16.90',
  '',
  'incl. VAT 19 %               29.23',
  '',
  'BER1-1-1-000042   23.11.2026 14:01',
];

/** Stands in for the picture the virtual printer would send. */
const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 384 ${lines.length * 22 + 20}" font-family="monospace" font-size="17">${lines
  .map((line, index) => `<text x="10" y="${24 + index * 22}" xml:space="preserve">${line}</text>`)
  .join('')}</svg>`;

/** Virtual devices in which nothing happens. */
export const stillBench: BenchConnection = {
  state: {
    roll: { pngUrl: `data:image/svg+xml,${encodeURIComponent(drawn)}`, lines, cutCount: 1, drawerKicks: 1 },
    printerFault: 'none',
    connected: { printer: true, scanner: true },
    tray: [
      { code: '4006381333931', label: 'Linen shirt, White, M' },
      { code: '4006381333948', label: 'Organic cotton socks' },
      { code: '4006381333955', label: 'Merino scarf, Forest' },
      { code: '4006381333962', label: 'Canvas tote bag' },
      { code: '96385074', label: 'Beeswax candle' },
      { code: 'TB-0001', label: 'Own label: tote bag' },
      { code: '9999999999994', label: 'Unknown code' },
    ],
  },
  onState: () => () => undefined,
  send: () => undefined,
};
