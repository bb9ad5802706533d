import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import type { PinVerifier } from './enrolment.ts';

/**
 * What golang.org/x/crypto/scrypt recommends for interactive logins: 32 MB of memory and some 90 ms of a till's processor for each guess. A
 * PIN has few digits, so no cost alone keeps a verifier from being searched; the pepper, which a store keeps apart, does.
 */
const COST = { N: 1 << 15, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const VERIFIER_BYTES = 32;

/** Makes a verifier for a PIN: 4 to 12 digits. `salt` is random, 16 bytes, one per person. */
export async function createPinVerifier(options: {
  pin: string;
  pepper: Uint8Array;
  salt: Uint8Array;
}): Promise<PinVerifier> {
  const { pin, pepper, salt } = options;
  if (!isPin(pin)) throw new RangeError('a PIN has 4 to 12 digits');
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes`);
  const verifier = await derive(pin, pepper, salt, { ...COST, length: VERIFIER_BYTES });
  return {
    alg: 'scrypt',
    ...COST,
    saltBase64: Buffer.from(salt).toString('base64'),
    verifierBase64: verifier.toString('base64'),
  };
}

/**
 * Whether `pin` is the one behind `verifier`. `pepper` is the store's, decoded from `pinPepperBase64`. Works in the thread pool and
 * compares in constant time. False for whatever is not a PIN; rejects only when the verifier itself is unusable.
 */
export async function verifyPin(pin: string, verifier: PinVerifier, pepper: Uint8Array): Promise<boolean> {
  const expected = Buffer.from(verifier.verifierBase64, 'base64');
  const salt = Buffer.from(verifier.saltBase64, 'base64');
  const { N, r, p } = verifier;
  // A wrong shape costs as much as a wrong PIN, so that the answer's time says nothing.
  const derived = await derive(pin, pepper, salt, { N, r, p, length: expected.length });
  return timingSafeEqual(derived, expected) && isPin(pin);
}

function isPin(pin: string): boolean {
  return /^[0-9]{4,12}$/.test(pin);
}

function derive(
  pin: string,
  pepper: Uint8Array,
  salt: Uint8Array,
  cost: { N: number; r: number; p: number; length: number },
): Promise<Buffer> {
  const { N, r, p, length } = cost;
  const peppered = createHmac('sha256', pepper).update(pin, 'utf8').digest();
  // Node refuses beyond 32 MB unless told; scrypt needs 128 * N * r bytes and a little.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r * 2 };
  return new Promise((resolve, reject) => {
    scrypt(peppered, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
