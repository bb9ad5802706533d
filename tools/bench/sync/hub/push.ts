import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@evertill/testkit';
import type { BenchRow } from '../../bench-row.ts';
import { spread, threeDigits } from '../../quantile.ts';
import { startBenchHub } from './bench-hub.ts';
import { keepAlivePost } from './keep-alive-post.ts';
import { openJournals, push, segmentBody } from './push-segment.ts';
import { startServer } from './server-process.ts';

const BARE_SERVER = fileURLToPath(new URL('./bare-server.ts', import.meta.url));
const WARM_UP = 300;
const PUSHES = 1_500;
const REGISTERS = 10;

/** One sale at a time from a shop that is quiet otherwise: until the hub has said that it is on the disk. */
export async function benchPush(say: (line: string) => void): Promise<BenchRow[]> {
  const temporary = temporaryFolder('bench-bare');
  const hub = await startBenchHub(REGISTERS);
  const bare = await startServer(BARE_SERVER, [path.join(temporary.path, 'bare.db')]);
  const bareHttp = keepAlivePost(bare.url);
  const samples: number[] = [];
  const bareSamples: number[] = [];
  try {
    await openJournals(hub);
    for (const { selling } of hub.registers) selling.sell((WARM_UP + PUSHES) / REGISTERS);
    say(`${PUSHES} sales pushed, in turns with bare requests`);
    for (let nth = 0; nth < WARM_UP + PUSHES; nth += 1) {
      const register = hub.registers[nth % REGISTERS];
      if (!register) throw new Error('there are registers');
      const body = segmentBody(register, 1);
      const fromMs = performance.now();
      await push(hub, register, body, 1);
      const pushedMs = performance.now();
      await bareHttp.post('/', body);
      if (nth < WARM_UP) continue;
      samples.push(pushedMs - fromMs);
      bareSamples.push(performance.now() - pushedMs);
    }
  } finally {
    bareHttp.dispose();
    await bare.end();
    await hub.dispose();
    temporary.dispose();
  }
  const { p50, p99 } = spread(samples);
  const anchorP50 = spread(bareSamples).p50;
  return [
    {
      id: 'sync.push',
      what: 'a sale pushed to the hub → confirmed, on its disk',
      unit: 'ms',
      p50,
      p99,
      anchor: 'the same body as one row in SQLite FULL, over bare HTTP',
      anchorP50,
      ratio: threeDigits(p50 / anchorP50),
      target: 'p50 ≤ 10 ms',
      kind: 'aim',
      holds: p50 <= 10,
    },
  ];
}
