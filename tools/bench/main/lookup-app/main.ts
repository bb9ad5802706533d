import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, MessageChannelMain, protocol, utilityProcess } from 'electron';

/**
 * The application of the look-up benchmark: one page, one process with the replica, a port between them. The last argument says where its
 * data lie.
 */
const lastArgument = process.argv.find((argument) => argument.startsWith('{')) ?? '{}';
const start = JSON.parse(lastArgument) as { profile: string; replica: unknown };
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
  const { port1, port2 } = new MessageChannelMain();
  replica.postMessage(start.replica, [port1]);
  window.webContents.postMessage('port', null, [port2]);
});
app.on('window-all-closed', () => app.quit());

/** Isolated from other origins, a page may read a fine clock. */
function servePage(): void {
  const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  protocol.handle('bench', (request) => {
    const file = path.normalize(new URL(request.url).pathname);
    const type = file.endsWith('.html') ? 'text/html' : 'text/javascript';
    return new Response(readFileSync(built('page', file)), { headers: { ...isolated, 'Content-Type': type } });
  });
}
