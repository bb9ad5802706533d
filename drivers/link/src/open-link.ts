import type { DriverClock, Link, LinkSettings } from '@evertill/driver-contract';
import { fileLine } from './file-line.ts';
import type { OpenLine } from './line.ts';
import { LINK_LIMITS, type LinkLimits } from './link-limits.ts';
import { ReconnectingLink } from './reconnecting-link.ts';
import { serialLine } from './serial-line.ts';
import { systemClock } from './system-clock.ts';
import { tcpLine } from './tcp-line.ts';

/**
 * Opens the way to a device. Returns at once, in state `connecting`; a device that is not there is looked for until the link is
 * disposed.
 */
export function openLink(
  settings: LinkSettings,
  options: { clock?: DriverClock; limits?: Partial<LinkLimits> } = {},
): Link {
  const clock = options.clock ?? systemClock;
  return new ReconnectingLink(lineFor(settings, clock), clock, { ...LINK_LIMITS, ...options.limits });
}

function lineFor(settings: LinkSettings, clock: DriverClock): OpenLine {
  switch (settings.kind) {
    case 'serial':
      return serialLine(settings);
    case 'tcp':
      return tcpLine(settings);
    case 'file':
      return fileLine(settings, clock);
  }
}
