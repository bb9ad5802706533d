// `--windows=N` empty windows, as closed as the register's own: the runtime's Chromium, for pages that need no application.
const { app, BrowserWindow } = require('electron');

const count = Number(app.commandLine.getSwitchValue('windows') || '1');

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  for (let number = 0; number < count; number += 1) {
    const window = new BrowserWindow({
      width: 1280,
      height: 800,
      useContentSize: true,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false },
    });
    void window.loadURL('about:blank');
  }
});
