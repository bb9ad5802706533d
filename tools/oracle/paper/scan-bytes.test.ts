import { describe, expect, it } from 'vitest';
import { scanBytes } from './scan-bytes.ts';

const scan = (text: string) => scanBytes(Buffer.from(text, 'latin1'));

describe('what a printer does with its bytes', () => {
  it('prints text between commands and leaves the commands out', () => {
    expect(scan('\x1b@\x1ba\x01\x1bE\x01Shop\n\x1d!\x11TOTAL 5.00\n')).toEqual([
      { kind: 'start' },
      { kind: 'line', text: 'Shop' },
      { kind: 'line', text: 'TOTAL 5.00' },
    ]);
  });

  it('does not take parameters for text or for commands', () => {
    // A raster of 2 × 3 bytes that look like a drawer kick and a cut; QR data of five bytes.
    expect(scan('\x1dv0\x00\x02\x00\x03\x00\x1bp\x00\x19\x1dV')).toEqual([]);
    expect(scan('\x1d(k\x05\x001P0\x1bpafter\n')).toEqual([{ kind: 'line', text: 'after' }]);
    expect(scan('\x1dg2\x00\xb2\x00\x10\x04\x01\x1d(H\x06\x0000ABCDon\n')).toEqual([{ kind: 'line', text: 'on' }]);
  });

  it('counts each way to cut and to open the drawer', () => {
    expect(scan('\x1dV\x00\x1dVA\x03\x1bi\x1bp\x00\x19\x64\x10\x14\x01\x00\x01').map(({ kind }) => kind)).toEqual([
      'cut',
      'cut',
      'cut',
      'kick',
      'kick',
    ]);
  });

  it('reads barcodes of both forms', () => {
    expect(scan('\x1dkI\x07{BR1-07\x1dk\x041234\x00')).toEqual([
      { kind: 'barcode', text: 'R1-07' },
      { kind: 'barcode', text: '1234' },
    ]);
  });

  it('drops the line in the making at ESC @, and ends at bytes cut off in the middle', () => {
    expect(scan('half\x1b@whole\n\x1b')).toEqual([{ kind: 'start' }, { kind: 'line', text: 'whole' }]);
  });
});
