import { seededRandom } from '@evertill/testkit';
import { describe, expect, test } from 'vitest';
import { createPinVerifier, pinVerifierSchema, verifyPin } from './enrolment.ts';

const random = seededRandom('pin');
const pepper = random.bytes(32);
const salt = () => random.bytes(16);

describe('PIN verifiers', () => {
  test('the right PIN passes, any other does not', async () => {
    const verifier = await createPinVerifier({ pin: '4711', pepper, salt: salt() });
    expect(pinVerifierSchema.parse(verifier)).toEqual(verifier);
    await expect(verifyPin('4711', verifier, pepper)).resolves.toBe(true);
    for (const wrong of ['4712', '47110', '471', '', 'abcd', '٤٧١١']) {
      await expect(verifyPin(wrong, verifier, pepper), wrong).resolves.toBe(false);
    }
  });

  test('without the pepper of the store the right PIN does not pass', async () => {
    const verifier = await createPinVerifier({ pin: '4711', pepper, salt: salt() });
    await expect(verifyPin('4711', verifier, random.bytes(32))).resolves.toBe(false);
  });

  test('two persons with one PIN have different verifiers', async () => {
    const [one, other] = await Promise.all(
      [salt(), salt()].map((own) => createPinVerifier({ pin: '1234', pepper, salt: own })),
    );
    expect(one?.verifierBase64).not.toBe(other?.verifierBase64);
  });

  test('what is no PIN gets no verifier', async () => {
    await expect(createPinVerifier({ pin: '12', pepper, salt: salt() })).rejects.toThrow(RangeError);
    await expect(createPinVerifier({ pin: '1234', pepper, salt: random.bytes(4) })).rejects.toThrow(RangeError);
  });

  test('a verifier that asks for too much memory is not accepted', async () => {
    const verifier = await createPinVerifier({ pin: '1234', pepper, salt: salt() });
    expect(pinVerifierSchema.safeParse({ ...verifier, N: 1 << 24 }).success).toBe(false);
    expect(pinVerifierSchema.safeParse({ ...verifier, r: 1024 }).success).toBe(false);
  });
});
