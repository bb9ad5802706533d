import { refusalCodes, type NoticeCode } from '@evertill/register';
import { describe, expect, it } from 'vitest';
import { snapshotSchemas } from '../../contract/snapshots.ts';
import { keyMap } from '../keys/key-map.ts';
import { en } from './en.ts';

const noticeCodes = Object.keys(en.notices) as NoticeCode[];

describe('the words of the screen', () => {
  it('every refusal has its sentence, and no sentence is for nothing', () => {
    const pageOnly = ['core-restarted', 'deadline'];
    expect(Object.keys(en.refusals).sort()).toEqual([...refusalCodes, ...pageOnly].sort());
  });

  it('every refusal and notice is a whole sentence without codes or jargon', () => {
    const sentences = [...Object.values(en.refusals), ...noticeCodes.map((code) => en.notices[code](null))];
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z].*[.]$/);
      expect(sentence).not.toMatch(/null|undefined|error code|exception|core\b/i);
    }
  });

  it('every notice the contract lets through has its sentence', () => {
    for (const code of noticeCodes) {
      const notice = { noticeId: 1, tone: 'info', code, detail: null };
      expect(snapshotSchemas.notice.safeParse(notice).success).toBe(true);
    }
  });

  it('a refused notice says what the refusal says', () => {
    expect(en.notices.refused('till-closed')).toBe(en.refusals['till-closed']);
    expect(en.notices.refused('never-heard-of')).toMatch(/refused/);
  });

  it('[CA-06] every key has its words', () => {
    expect(Object.keys(en.keys).sort()).toEqual(Object.keys(keyMap).sort());
  });

  it('the number of reasons fits the digits that choose them', () => {
    expect(en.sell.lineReasons.length).toBeLessThan(10);
    expect(en.sell.saleReasons.length).toBeLessThan(10);
  });
});
