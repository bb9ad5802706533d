import type { SafetyView, ServerView } from '@evertill/register';
import type { Words } from '../words/en.ts';

export type SafetySentence = { text: string; tone: 'good' | 'warning' };

/** Where the sales are, in one sentence: on this disk, at the server, and what is waiting. Only what a person must settle is a warning. */
export function safetySentence(
  words: Words['shell'],
  time: (at: string) => string,
  safety: SafetyView,
  server: ServerView,
): SafetySentence {
  const { salesOnDisk } = safety;
  // A copy that has never been tried has not failed.
  if (!safety.secondCopy.ok && safety.secondCopy.at !== null) return { text: words.secondCopyFailed, tone: 'warning' };
  if (server.state === 'none') return { text: words.safe(salesOnDisk), tone: 'good' };
  if (server.parked.length > 0) return { text: words.parked, tone: 'warning' };
  if (server.state === 'not-joined') return { text: words.notJoined(salesOnDisk), tone: 'warning' };
  const waiting = Math.max(0, salesOnDisk - server.salesAtServer);
  if (server.state === 'online') {
    const text = waiting > 0 ? words.someAtServer(salesOnDisk, server.salesAtServer) : words.safeAtServer(salesOnDisk);
    return { text, tone: 'good' };
  }
  if (server.state === 'connecting') return { text: words.safe(salesOnDisk), tone: 'good' };
  return { text: words.cutOff[server.state](time(server.since), waiting), tone: 'good' };
}
