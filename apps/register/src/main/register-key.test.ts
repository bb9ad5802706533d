import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '@evertill/testkit';
import { describe, expect, it } from 'vitest';
import { openRegisterKey, RegisterKeyFault, type Sealer } from './register-key.ts';

const noKeyStore: Sealer = {
  available: () => false,
  seal: () => Buffer.alloc(0),
  open: () => '',
};
/** Stands for the key store of one user on one computer: what it sealed, only it opens. */
const keyStoreOf = (owner: string): Sealer => ({
  available: () => true,
  seal: (text) => Buffer.from(`${owner}:${Buffer.from(text).toString('hex')}`),
  open: (sealed) => {
    const [who, hex] = sealed.toString().split(':');
    if (who !== owner) throw new Error('sealed by another user');
    return Buffer.from(hex ?? '', 'hex').toString();
  },
});

describe('the signing key of the register', () => {
  it('is made once, and is the same afterwards', () => {
    inFolder((folder) => {
      const made = openRegisterKey(folder, keyStoreOf('ann'));
      expect(openRegisterKey(folder, keyStoreOf('ann'))).toEqual(made);
      expect(made).toMatchObject({ development: false, keyId: expect.stringMatching(/^ed25519:[0-9a-f]{16}$/) });
    });
  });

  it('[I23] is not readable in its file when the system has a key store', () => {
    inFolder((folder) => {
      const { seedHex } = openRegisterKey(folder, keyStoreOf('ann'));
      const file = path.join(folder, 'register-key.json');
      expect(readFileSync(file, 'utf8')).not.toContain(seedHex);
      expect(statSync(file).mode & 0o077).toBe(0);
    });
  });

  it('is a development key, and says so, where there is no key store', () => {
    inFolder((folder) => expect(openRegisterKey(folder, noKeyStore).development).toBe(true));
  });

  it('is never replaced when it cannot be opened', () => {
    inFolder((folder) => {
      openRegisterKey(folder, keyStoreOf('ann'));
      const file = path.join(folder, 'register-key.json');
      const before = readFileSync(file, 'utf8');
      expect(() => openRegisterKey(folder, keyStoreOf('bob'))).toThrow(RegisterKeyFault);
      expect(() => openRegisterKey(folder, noKeyStore)).toThrow(RegisterKeyFault);
      expect(readFileSync(file, 'utf8')).toBe(before);
      writeFileSync(file, 'half a fi');
      expect(() => openRegisterKey(folder, keyStoreOf('ann'))).toThrow(RegisterKeyFault);
    });
  });
});

function inFolder(body: (folder: string) => void): void {
  const folder = temporaryFolder('register-key');
  try {
    body(folder.path);
  } finally {
    folder.dispose();
  }
}
