import { classifyFailure } from '../api/classify.ts';
import { PROBE_TIMEOUT_MS } from '../limits.ts';
import type { Elsewhere } from './connection-state.ts';

/**
 * Looks whether there is internet at all: asks addresses that have nothing to do with our server and answer `204 No Content` (operators
 * name them; each large platform keeps one). Any other answer is somebody else's. The first address that says something decides.
 */
export async function lookElsewhere(urls: readonly string[], fetchUrl: typeof fetch): Promise<Elsewhere> {
  for (const url of urls) {
    try {
      const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
      const response = await fetchUrl(url, { redirect: 'manual', signal });
      await response.body?.cancel();
      if (response.status === 204) return 'reachable';
      if (response.status < 500) return 'stranger';
    } catch (thrown) {
      if (classifyFailure(thrown).code === 'captive-portal') return 'stranger';
    }
  }
  return urls.length === 0 ? 'not-asked' : 'unreachable';
}
