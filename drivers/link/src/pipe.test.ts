import { describe, expect, it } from 'vitest';
import { bytesOf, reaches, reader } from '../test/link-probe.ts';
import { pipe } from './pipe.ts';

describe('a pipe', () => {
  it('is a link like any other: bytes both ways, pulled and plugged', async () => {
    const { link, far } = pipe({ limits: { backoffMs: [5] } });
    const near = reader(link);
    const device = reader(far);
    await reaches(link, 'open');
    await link.write(bytesOf('question'), { deadlineMs: 100 });
    await device.includes('question');
    far.write(bytesOf('answer'));
    await near.includes('answer');
    far.unplug();
    expect(link.state).toBe('lost');
    far.write(bytesOf('unheard'));
    far.plug();
    await reaches(link, 'open');
    expect(near.text).toBe('answer');
    await link.dispose();
  });

  it('can stall', async () => {
    const { link, far } = pipe();
    await reaches(link, 'open');
    far.stall(true);
    await expect(link.write(bytesOf('x'), { deadlineMs: 20 })).rejects.toMatchObject({ code: 'write-deadline' });
    await link.dispose();
  });
});
