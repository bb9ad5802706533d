import { describe, expect, it } from 'vitest';
import { ordinary } from '../gallery/fixtures.ts';
import { joinedServer } from '../gallery/fixtures.ts';
import { en } from '../words/en.ts';
import { safetySentence } from './safety-sentence.ts';

const sentence = (server: Parameters<typeof safetySentence>[3], safety = ordinary.safety) =>
  safetySentence(en.shell, () => '10:42', safety, server);

describe('[IT-06] [IT-09] where the sales are, in words', () => {
  it.each([
    [{ state: 'none' as const }, 'All 42 sales are safe on this disk'],
    [{ ...joinedServer, state: 'online' as const, salesAtServer: 42 }, 'All 42 sales are safe here and at the server'],
    [{ ...joinedServer, state: 'online' as const }, '42 sales safe on this disk, 36 of them at the server'],
    [{ ...joinedServer, state: 'offline' as const }, 'Offline since 10:42, 6 sales waiting, all safe'],
    [{ ...joinedServer, state: 'offline' as const, salesAtServer: 42 }, 'Offline since 10:42, all sales safe'],
    [{ ...joinedServer, state: 'connecting' as const }, 'All 42 sales are safe on this disk'],
  ])('%j', (server, text) => {
    expect(sentence(server)).toEqual({ text, tone: 'good' });
  });

  it.each([
    [{ ...joinedServer, state: 'captive-portal' as const }, /sign-in/],
    [{ ...joinedServer, state: 'server-trouble' as const }, /does not answer/],
  ])('another trouble has other words: %j', (server, text) => {
    expect(sentence(server).text).toMatch(text);
  });

  it('only what a person must settle is a warning', () => {
    const parked = [{ what: 'journal' as const, id: '1.7', reason: 'forked' }];
    expect(sentence({ ...joinedServer, state: 'online', parked }).tone).toBe('warning');
    expect(sentence({ ...joinedServer, state: 'not-joined' }).tone).toBe('warning');
    const failed = { ...ordinary.safety, secondCopy: { ok: false, at: '2026-11-23T13:01:41Z' } };
    expect(sentence({ state: 'none' }, failed).tone).toBe('warning');
  });
});
