import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, MessageChannelMain, protocol, utilityProcess, type MessagePortMain } from 'electron';
import type { LookupStart } from './messages.ts';
import { publishedPages } from './published-pages.ts';

/**
 * The application of the look-up benchmark: one page, one process with the replica, a port between them. The last argument says where its
 * data lie.
 */
const lastArgument = process.argv.find((argument) => argument.startsWith('{')) ?? '{}';
const start = JSON.parse(lastArgument) as { profile: string; data: LookupStart };
const built = (...names: string[]): string => path.join(app.getAppPath(), ...names);

app.setPath('userData', start.profile);
protocol.registerSchemesAsPrivileged([{ scheme: 'bench', privileges: { standard: true, secure: true } }]);

void app.whenReady().then(async () => {
  servePage();
  const window = new BrowserWindow({
    width: 600,
    height: 300,
    webPreferences: { preload: built('preload.cjs'), backgroundThrottling: false },
  });
  await window.loadURL('bench://app/index.html');
  const replica = utilityProcess.fork(built('replica.cjs'));
  const lookups = new MessageChannelMain();
  const published = new MessageChannelMain();
  replica.postMessage(start.data, [lookups.port1]);
  servePublished(published.port1);
  window.webContents.postMessage('ports', null, [lookups.port2, published.port2]);
});
app.on('window-all-closed', () => app.quit());

function servePublished(port: MessagePortMain): void {
  const pages = publishedPages(start.data);
  port.on('message', () => void pages.next().then(({ value }) => port.postMessage(value ?? null)));
  port.start();
}

/** Isolated from other origins, a page may read a fine clock. */
function servePage(): void {
  const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  protocol.handle('bench', (request) => {
    const file = path.normalize(new URL(request.url).pathname);
    const type = file.endsWith('.html') ? 'text/html' : 'text/javascript';
    return new Response(readFileSync(built('page', file)), { headers: { ...isolated, 'Content-Type': type } });
  });
}
