export { openLink } from './open-link.ts';
export { LINK_LIMITS, type LinkLimits } from './link-limits.ts';
export { listSerialPorts, type SerialPortFound, type SerialPortsFound } from './serial-ports.ts';
export { pipe, type FarEnd } from './pipe.ts';
export { systemClock } from './system-clock.ts';
