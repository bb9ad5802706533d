import { createHmac } from 'node:crypto';

/**
 * Blind keys of a person: whoever holds the tenant's look-up key finds an order by what the customer says of themselves, and a server
 * that holds only the keys learns none of it. HMAC-SHA-256, hex, of the kind and the normalised value.
 */
export type LookupKeys = {
  /** `null` for what is no mail address. */
  mail(text: string): string | null;
  /** Of an international or national number with at least six digits; `null` for anything else. */
  phone(text: string): string | null;
  /** One key for each word, sorted, each once, at most {@link NAME_WORDS_MAX}: a name is found by any of its words, in any order. */
  name(text: string): string[];
};

export const NAME_WORDS_MAX = 8;
/** Beyond this it is a pasted page and no name, address or number. */
const TEXT_LENGTH_MAX = 320;
const PHONE_DIGITS = { min: 6, max: 15 };

/** @throws RangeError when the key is not of 32 bytes. */
export function createLookupKeys(lookupKeyBase64: string): LookupKeys {
  const key = Buffer.from(lookupKeyBase64, 'base64');
  if (key.length !== 32) throw new RangeError(`a look-up key has 32 bytes, not ${key.length}`);
  const blind = (kind: string, value: string): string =>
    createHmac('sha256', key).update(`${kind}\0${value}`).digest('hex');
  return {
    mail: (text) => {
      const value = text.trim().normalize('NFKC').toLowerCase();
      return text.length <= TEXT_LENGTH_MAX && /^[^\s@]+@[^\s@]+$/.test(value) ? blind('mail', value) : null;
    },
    phone: (text) => {
      const value = phoneNumber(text);
      return value === null ? null : blind('phone', value);
    },
    name: (text) =>
      text.length <= TEXT_LENGTH_MAX
        ? wordsOfName(text)
            .map((word) => blind('name', word))
            .sort()
        : [],
  };
}

/** Digits, with a plus where the number says its country; `null` where other signs than a number's are in it. */
function phoneNumber(text: string): string | null {
  if (text.length > TEXT_LENGTH_MAX || !/^\s*\+?[\d\s()./-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  if (digits.length < PHONE_DIGITS.min || digits.length > PHONE_DIGITS.max + 2) return null;
  if (text.trim().startsWith('+')) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

/** Words as people write and type them: without case, accents and signs; O’Brien is `obrien`, `o` and `brien`. */
function wordsOfName(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const joined = plain.replace(/['’ʼ`´]/gu, '');
  const words = [joined, plain].flatMap((form) => form.split(/[^\p{L}\p{N}]+/u));
  return [...new Set(words.filter((word) => word !== ''))].slice(0, NAME_WORDS_MAX);
}
