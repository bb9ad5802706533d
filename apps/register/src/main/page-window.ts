import { BrowserWindow } from 'electron';
import { writePageArguments } from '../contract/page-arguments.ts';
import type { WindowKind } from '../contract/messages.ts';
import { PAGE_ORIGIN } from './page-scheme.ts';
import { RestartPolicy } from './restart-policy.ts';

export type PageWindowNeeds = {
  kind: WindowKind;
  title: string;
  width: number;
  height: number;
  preloadPath: string;
  iconPath: string;
  runtimeNote: string | null;
  developmentKeys: boolean;
  /** Called when the page asks for a port. */
  onPortWanted: () => void;
  log: (line: string) => void;
};

const pages: Readonly<Record<WindowKind, string>> = { register: '/index.html', bench: '/bench.html' };

/**
 * Opens one sandboxed page of ours. It cannot navigate, open windows or be granted a permission, and it is loaded again when its
 * process dies.
 */
export function openPageWindow(needs: PageWindowNeeds): BrowserWindow {
  const window = new BrowserWindow({
    title: needs.title,
    width: needs.width,
    height: needs.height,
    minWidth: needs.kind === 'register' ? 1024 : 960,
    minHeight: 640,
    show: false,
    backgroundColor: '#f6f7f9',
    autoHideMenuBar: true,
    icon: needs.iconPath,
    webPreferences: {
      preload: needs.preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
      additionalArguments: [
        writePageArguments({
          windowKind: needs.kind,
          runtimeNote: needs.runtimeNote,
          developmentKeys: needs.developmentKeys,
        }),
      ],
    },
  });
  const { webContents } = window;
  const ownPage = PAGE_ORIGIN + pages[needs.kind];
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // Loading itself again is the only way a page may go: that is how it leaves a contract of another version.
  webContents.on('will-navigate', (event, url) => url !== ownPage && event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.ipc.on('port-wanted', (event) => event.senderFrame === webContents.mainFrame && needs.onPortWanted());
  keepAlive(window, needs);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(ownPage);
  return window;
}

function keepAlive(window: BrowserWindow, needs: PageWindowNeeds): void {
  const policy = new RestartPolicy();
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    const delayMs = policy.died(Date.now());
    needs.log(`page ${needs.kind} ended: ${details.reason}`);
    if (delayMs !== null) setTimeout(() => !window.isDestroyed() && window.webContents.reload(), delayMs);
  });
  window.on('unresponsive', () => needs.log(`page ${needs.kind} does not answer`));
}
