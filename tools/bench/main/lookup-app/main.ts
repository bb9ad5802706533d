import path from 'node:path';
import { app, BrowserWindow, MessageChannelMain, utilityProcess } from 'electron';

/** The application of the look-up benchmark: one page, one process with the replica, a port between them. The last argument says where. */
const start = JSON.parse(process.argv.find((argument) => argument.startsWith('{')) ?? '{}') as { page: string; data: unknown };
app.setPath('userData', path.join(app.getAppPath(), 'profile'));

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 600,
    height: 300,
    webPreferences: { preload: path.join(app.getAppPath(), 'preload.cjs'), backgroundThrottling: false },
  });
  await window.loadFile(path.join(app.getAppPath(), 'page', 'index.html'));
  const replica = utilityProcess.fork(path.join(app.getAppPath(), 'replica.cjs'));
  const { port1, port2 } = new MessageChannelMain();
  replica.postMessage(start.data, [port1]);
  window.webContents.postMessage('port', null, [port2]);
});
app.on('window-all-closed', () => app.quit());
