import { generateSigningKey, type SigningKey, signingKeyFromSeed } from '@evertill/journal';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

/**
 * The signing key kept in a file, made on first use for its owner's eyes only: the Ed25519 seed in base64. It comes from the operating
 * system, whatever randomness a test gives.
 */
export function openKeyFile(file: string): SigningKey {
  const kept = readPrivateFile(file);
  if (kept !== null) return signingKeyFromSeed(Buffer.from(kept.trim(), 'base64'));
  const { key, seed } = generateSigningKey();
  writePrivateFile(file, `${Buffer.from(seed).toString('base64')}\n`);
  return key;
}
