/** A serial line. `path` as the operating system names it (`/dev/ttyUSB0`, `COM3`). */
export type SerialSettings = {
  kind: 'serial';
  path: string;
  baudRate: number;
  dataBits?: 7 | 8;
  parity?: 'none' | 'even' | 'odd';
  stopBits?: 1 | 2;
  /**
   * XON/XOFF is not offered: it takes the bytes 0x11 and 0x13 out of rasters and status answers.
   */
  flow?: 'none' | 'rts-cts';
};

/** A device with a network port of its own; printers listen on 9100. */
export type TcpSettings = { kind: 'tcp'; host: string; port: number };

/** A device file (`/dev/usb/lp0`) or a plain file for a paper trail. A file answers nothing unless it is a device. */
export type FileSettings = { kind: 'file'; path: string };

/** How a device is reached. Plain JSON: kept in the register's settings. */
export type LinkSettings = SerialSettings | TcpSettings | FileSettings;

export type LinkSettingsCheck =
  | { ok: true; settings: LinkSettings }
  | { ok: false; error: { code: 'link-settings-invalid'; field: string } };

const PATH_LENGTH_MAX = 400;
const BAUD_RATES_SENSIBLE = { min: 300, max: 3_000_000 };

/** Parses what came from a settings file or a wizard; the result holds known fields only. */
export function checkLinkSettings(value: unknown): LinkSettingsCheck {
  if (!isObject(value)) return refused('');
  if (value.kind === 'tcp') return checkTcp(value);
  if (value.kind === 'serial') return checkSerial(value);
  if (value.kind === 'file') {
    return isPath(value.path) ? { ok: true, settings: { kind: 'file', path: value.path } } : refused('path');
  }
  return refused('kind');
}

function checkTcp(value: Record<string, unknown>): LinkSettingsCheck {
  if (!isPath(value.host)) return refused('host');
  if (!isWhole(value.port, 1, 65_535)) return refused('port');
  return { ok: true, settings: { kind: 'tcp', host: value.host, port: value.port } };
}

function checkSerial(value: Record<string, unknown>): LinkSettingsCheck {
  if (!isPath(value.path)) return refused('path');
  if (!isWhole(value.baudRate, BAUD_RATES_SENSIBLE.min, BAUD_RATES_SENSIBLE.max)) return refused('baudRate');
  const settings: SerialSettings = { kind: 'serial', path: value.path, baudRate: value.baudRate };
  if (value.dataBits !== undefined) {
    if (value.dataBits !== 7 && value.dataBits !== 8) return refused('dataBits');
    settings.dataBits = value.dataBits;
  }
  if (value.parity !== undefined) {
    if (value.parity !== 'none' && value.parity !== 'even' && value.parity !== 'odd') return refused('parity');
    settings.parity = value.parity;
  }
  if (value.stopBits !== undefined) {
    if (value.stopBits !== 1 && value.stopBits !== 2) return refused('stopBits');
    settings.stopBits = value.stopBits;
  }
  if (value.flow !== undefined) {
    if (value.flow !== 'none' && value.flow !== 'rts-cts') return refused('flow');
    settings.flow = value.flow;
  }
  return { ok: true, settings };
}

function refused(field: string): LinkSettingsCheck {
  return { ok: false, error: { code: 'link-settings-invalid', field } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= PATH_LENGTH_MAX && !value.includes('\0');
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
