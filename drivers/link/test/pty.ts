import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Two ends of a serial line made by socat: what goes into one comes out of the other. No modem signals. */
export type PtyPair = {
  near: string;
  far: string;
  /** Takes both ends away, as pulling a USB adapter does. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  dispose(): Promise<void>;
};

const READY_TRIES = 200;
const READY_EVERY_MS = 10;

export async function ptyPair(): Promise<PtyPair> {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-pty-'));
  const near = join(folder, 'near');
  const far = join(folder, 'far');
  let socat: ChildProcess | null = null;

  async function plug(): Promise<void> {
    socat = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`], { stdio: 'ignore' });
    const failed = new Promise<never>((_, reject) => socat?.once('error', reject));
    await Promise.race([failed, untilBothThere()]);
  }

  async function untilBothThere(): Promise<void> {
    for (let tried = 0; tried < READY_TRIES; tried += 1) {
      if (existsSync(near) && existsSync(far)) return;
      await new Promise((resolve) => setTimeout(resolve, READY_EVERY_MS));
    }
    throw new Error('socat made no pty');
  }

  async function unplug(): Promise<void> {
    if (socat === null) return;
    const gone = new Promise((resolve) => socat?.once('exit', resolve));
    socat.kill('SIGKILL');
    await gone;
    socat = null;
    // socat was killed, so that its links stay; a real adapter takes its name along.
    rmSync(near, { force: true });
    rmSync(far, { force: true });
  }

  await plug();
  return {
    near,
    far,
    unplug,
    plug,
    async dispose() {
      await unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
