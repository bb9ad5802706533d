import { Agent, request } from 'node:http';

/** One connection for each request under way, kept for the next: what registers do, with as little work of our own as there can be. */
export type KeepAlivePost = {
  /** @throws Error when the answer is no 200, or does not come. */
  post(path: string, body: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  dispose(): void;
};

const TIMEOUT_MS = 30_000;
/** As many as there are registers: one that is closed is opened anew, and that is not what is measured. */
const FREE_SOCKETS_MAX = 1_000;

export function keepAlivePost(url: string): KeepAlivePost {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxFreeSockets: FREE_SOCKETS_MAX });
  return {
    post: (path, body, headers = {}) =>
      new Promise((resolve, reject) => {
        const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers };
        const asked = request({ hostname, port, path, method: 'POST', agent, headers: all }, (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () =>
            response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode}: ${text}`)),
          );
          response.on('error', reject);
        });
        asked.setTimeout(TIMEOUT_MS, () => asked.destroy(new Error(`no answer to ${path} in ${TIMEOUT_MS} ms`)));
        asked.on('error', reject);
        asked.end(body);
      }),
    dispose: () => agent.destroy(),
  };
}
