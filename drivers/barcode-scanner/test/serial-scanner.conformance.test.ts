import { scannerConformance } from '@evertill/driver-contract/conformance';
import { openLink, pipe, systemClock } from '@evertill/link';
import { serialScanner } from '../src/index.ts';
import { serveVirtualScanner } from '../src/virtual/index.ts';

const settings = { calmMs: 200 };

scannerConformance('a scanner on a network port', async () => {
  const twin = await serveVirtualScanner({ port: 0 });
  const link = openLink({ kind: 'tcp', host: '127.0.0.1', port: twin.port }, { limits: { backoffMs: [20] } });
  const scanner = serialScanner({ link, clock: systemClock, settings });
  while (twin.listeners === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    scanner,
    scan: (code) => twin.scan(code),
    send: (bytes) => twin.send(bytes),
    unplug: () => twin.unplug(),
    plug: () => twin.plug(),
    async dispose() {
      await scanner.dispose();
      await link.dispose();
      await twin.dispose();
    },
  };
});

scannerConformance('a scanner on a cable', async () => {
  const { link, far } = pipe({ limits: { backoffMs: [10] } });
  const scanner = serialScanner({ link, clock: systemClock, settings });
  return {
    scanner,
    scan: (code) => far.write(Buffer.from(`${code}\r`)),
    send: (bytes) => far.write(bytes),
    unplug: () => far.unplug(),
    plug: () => far.plug(),
    async dispose() {
      await scanner.dispose();
      await link.dispose();
    },
  };
});
