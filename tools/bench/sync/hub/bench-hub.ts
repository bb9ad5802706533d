import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@evertill/testkit';
import { openDataFolder } from '../../../../apps/hub/src/data-folder.ts';
import { writeEnrolment } from '../../../../apps/hub/src/enrolment.ts';
import { loadHubApi } from '../../../../apps/hub/src/hub-api.ts';
import { assertionOf } from '../../../../apps/hub/test/test-hub.ts';
import { keepAlivePost, type KeepAlivePost } from './keep-alive-post.ts';
import { SellingRegister } from './selling-register.ts';
import { startServer } from './server-process.ts';

const HUB = fileURLToPath(new URL('../../../../apps/hub/src/main.ts', import.meta.url));
const TENANT = 'bench';
export const REGISTERS_PER_STORE = 5;

/** A register of the bench with what it may say. */
export type BenchRegister = { readonly selling: SellingRegister; readonly token: string };

/** A hub in a process of its own, with registers that it knows and tokens for them. */
export type BenchHub = {
  readonly url: string;
  readonly pid: number;
  readonly registers: readonly BenchRegister[];
  readonly http: KeepAlivePost;
  dispose(): Promise<void>;
};

/** `registers`: how many, in stores of {@link REGISTERS_PER_STORE}. */
export async function startBenchHub(registers: number): Promise<BenchHub> {
  const temporary = temporaryFolder('bench-hub');
  const folder = path.join(temporary.path, 'hub');
  const selling = Array.from({ length: registers }, (_, index) => {
    const store = `store-${Math.floor(index / REGISTERS_PER_STORE) + 1}`;
    return new SellingRegister({ tenant: TENANT, store, register: `${store}-r${(index % REGISTERS_PER_STORE) + 1}` });
  });
  enrol(folder, selling);
  const { url, pid, end } = await startServer(HUB, ['serve', '--folder', folder, '--port', '0']);
  const http = keepAlivePost(url);
  const known: BenchRegister[] = [];
  for (const one of selling) {
    const answer = await http.post('/token', JSON.stringify({ assertion: assertionOf({ url }, one.author, one.key) }));
    known.push({ selling: one, token: (JSON.parse(answer) as { token: string }).token });
  }
  return {
    url,
    pid,
    registers: known,
    http,
    async dispose() {
      http.dispose();
      await end();
      temporary.dispose();
    },
  };
}

/** Straight into the ledger: what enrolling costs is not the question here. */
function enrol(path_: string, selling: readonly SellingRegister[]): void {
  const folder = openDataFolder(path_, { exclusive: false });
  try {
    const { tables } = loadHubApi(folder, Date.now, () => undefined);
    tables.group(() => {
      for (const { author, key } of selling) writeEnrolment(tables, { ...author, role: 'register' }, key.publicKey);
    });
  } finally {
    folder.close();
  }
}
