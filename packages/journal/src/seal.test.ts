import { describe, expect, test } from 'vitest';
import {
  generateSigningKey,
  hashText,
  keyIdOf,
  readPublicKey,
  sealRecord,
  signingKeyFromSeed,
  verifySignature,
} from './seal.ts';

// RFC 8032, section 7.1, test 1.
const RFC_SEED = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const RFC_PUBLIC_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const RFC_SIGNATURE_OF_NOTHING =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';

describe('sealing', () => {
  test('keys and signatures are those of RFC 8032', () => {
    const key = signingKeyFromSeed(RFC_SEED);
    expect(key.publicKey).toBe(RFC_PUBLIC_KEY);
    expect(Buffer.from(key.sign(new Uint8Array())).toString('hex')).toBe(RFC_SIGNATURE_OF_NOTHING);
  });

  test('hashes are those of FIPS 180, over UTF-8', () => {
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hashText('€')).toBe(hashText(Buffer.from([0xe2, 0x82, 0xac]).toString('utf8')));
  });

  test('[I3] the seal of a text never changes: journals outlive programs', () => {
    expect(sealRecord('{"a":1}', signingKeyFromSeed(RFC_SEED))).toMatchInlineSnapshot(`
      {
        "alg": "Ed25519",
        "hash": "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862",
        "keyId": "ed25519:21fe31dfa154a261",
        "sig": "sJe5qNhrxD7UippPK4gQGqXNS9xlyLpnacyLTRVSbZGgL7-os6Cpjv6emRVrpdzOCHrASyGoVZeZEKz_DBrOCg",
        "text": "{"a":1}",
      }
    `);
  });

  test('a seed gives its key back', () => {
    const { key, seed } = generateSigningKey();
    expect(signingKeyFromSeed(seed).publicKey).toBe(key.publicKey);
    expect(keyIdOf(key.publicKey)).toBe(key.keyId);
    expect(() => signingKeyFromSeed(seed.subarray(1))).toThrow(RangeError);
    expect(() => readPublicKey('abc')).toThrow(RangeError);
  });

  test('a signature holds for one hash, one key and one spelling', () => {
    const mine = signingKeyFromSeed(RFC_SEED);
    const publicKey = readPublicKey(mine.publicKey);
    const sealed = sealRecord('text', mine);
    expect(verifySignature(sealed, publicKey)).toBe(true);
    expect(verifySignature({ ...sealed, hash: hashText('other') }, publicKey)).toBe(false);
    expect(verifySignature(sealed, readPublicKey(generateSigningKey().key.publicKey))).toBe(false);
    for (const sig of ['', sealed.sig.slice(1), `${sealed.sig}=`, `${sealed.sig} `, sealed.sig.replace(/.$/, 'z')]) {
      expect(verifySignature({ ...sealed, sig }, publicKey)).toBe(false);
    }
  });
});
