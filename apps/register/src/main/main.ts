import path from 'node:path';
import { app, dialog, MessageChannelMain, protocol, safeStorage, session, type BrowserWindow } from 'electron';
import type { WindowKind } from '../contract/messages.ts';
import type { CoreConfig } from '../core/core-config.ts';
import { twinsReadySchema, type TwinsReady } from '../twins/twins-messages.ts';
import { readLaunchOptions, type LaunchOptions } from './launch-options.ts';
import { declarePageScheme, servePages } from './page-scheme.ts';
import { openPageWindow } from './page-window.ts';
import { openRegisterKey, type RegisterKey, type Sealer } from './register-key.ts';
import { SupervisedProcess } from './supervised-process.ts';

/** What lives as long as the application. */
type Application = {
  options: LaunchOptions;
  key: RegisterKey;
  core: SupervisedProcess;
  twins: SupervisedProcess | null;
  windows: Map<WindowKind, BrowserWindow>;
};

const built = (file: string): string => path.join(app.getAppPath(), 'dist', file);
const log = (line: string): void => void process.stderr.write(`${line}\n`);

declarePageScheme(protocol);
const launch = readLaunchOptions(process.argv, process.env, {
  dataFolder: path.join(app.getPath('appData'), 'evertill'),
});
if (!launch.ok) {
  log(launch.words);
  app.exit(2);
} else {
  run(launch.options);
}

function run(options: LaunchOptions): void {
  app.setPath('userData', path.join(options.dataFolder, `electron-${options.registerNumber}`));
  // Two applications on one ledger would be two registers with one name.
  if (!app.requestSingleInstanceLock()) {
    log(`Register ${options.registerNumber} is already open on this computer.`);
    app.exit(3);
    return;
  }
  void app
    .whenReady()
    .then(() => start(options))
    .catch(fatal);
}

function start(options: LaunchOptions): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  servePages(protocol, built('ui'));
  const key = openRegisterKey(
    path.join(options.dataFolder, `register-${options.registerNumber}`, 'keys'),
    systemSealer,
  );
  const windows = new Map<WindowKind, BrowserWindow>();
  let twinsReady: TwinsReady | null = null;
  const core = new SupervisedProcess({
    name: 'evertill-core',
    modulePath: built('core.cjs'),
    startMessage: () => ({ type: 'start', config: coreConfig(options, key, twinsReady) }),
    onMessage: (message) => twins?.post(message),
    onStarted: () => sendPort(application, 'register'),
    onGivenUp: () =>
      dialog.showErrorBox(
        'Evertill',
        'The register stopped several times. Everything sold is safe on this disk. Restart the computer, then call support.',
      ),
    log,
    nowMs: Date.now,
  });
  const twins = options.virtualDevices
    ? superviseTwins(options, (ready) => {
        const first = twinsReady === null;
        twinsReady = ready;
        if (first) core.start();
        sendPort(application, 'bench');
      })
    : null;
  const application: Application = { options, key, core, twins, windows };
  openWindows(application);
  if (twins) twins.start();
  else core.start();
  endTogether(application);
}

function openWindows(application: Application): void {
  const { options, key, windows } = application;
  const common = {
    preloadPath: built('preload.cjs'),
    iconPath: path.join(app.getAppPath(), 'build-resources', 'icon.png'),
    runtimeNote: options.runtimeNote,
    developmentKeys: key.development,
    log,
  };
  const open = (kind: WindowKind, title: string, width: number, height: number): void => {
    const window = openPageWindow({
      ...common,
      kind,
      title,
      width,
      height,
      onPortWanted: () => sendPort(application, kind),
    });
    window.on('closed', () => windows.delete(kind));
    windows.set(kind, window);
  };
  if (options.virtualDevices) open('bench', 'Evertill hardware bench', 1040, 860);
  open('register', 'Evertill', 1280, 800);
  // The register is the application; the bench is only its desk.
  windows.get('register')?.on('closed', () => app.quit());
}

function superviseTwins(options: LaunchOptions, onReady: (ready: TwinsReady) => void): SupervisedProcess {
  let ports: { printer: number; scanner: number } | null = null;
  return new SupervisedProcess({
    name: 'evertill-twins',
    modulePath: built('twins.cjs'),
    startMessage: () => ({
      type: 'start',
      folder: path.join(options.dataFolder, 'twins', `register-${options.registerNumber}`),
      ports,
    }),
    onMessage: (message) => {
      const ready = twinsReadySchema.safeParse(message);
      if (!ready.success) return;
      ports = { printer: ready.data.printerPort, scanner: ready.data.scannerPort };
      onReady(ready.data);
    },
    onStarted: () => undefined,
    onGivenUp: () => log('the virtual devices stopped too often'),
    log,
    nowMs: Date.now,
  });
}

/** Joins a window to the process that serves it by a new channel; an older one is dropped by both ends. */
function sendPort(application: Application, kind: WindowKind): void {
  const window = application.windows.get(kind);
  const server = kind === 'register' ? application.core : application.twins;
  if (!window || window.isDestroyed() || !server?.running) return;
  const { port1, port2 } = new MessageChannelMain();
  server.post({ type: 'port', windowKind: kind }, [port1]);
  window.webContents.postMessage('port', null, [port2]);
}

function coreConfig(options: LaunchOptions, key: RegisterKey, twins: TwinsReady | null): CoreConfig {
  const local = (port: number): CoreConfig['devices']['printer'] => ({ kind: 'tcp', host: '127.0.0.1', port });
  return {
    storeFolder: path.join(options.dataFolder, 'store'),
    registerNumber: options.registerNumber,
    registerFolder: path.join(options.dataFolder, `register-${options.registerNumber}`),
    marksFolder: path.join(options.dataFolder, 'marks', `register-${options.registerNumber}`),
    secondCopyFolder: path.join(options.dataFolder, 'second-copy', `register-${options.registerNumber}`),
    demoShop: options.demoShopItems === null ? null : { items: options.demoShopItems, seed: 1 },
    devices: {
      printer: options.printer ?? (twins ? local(twins.printerPort) : null),
      scanner: options.scanner ?? (twins ? local(twins.scannerPort) : null),
    },
    signingSeedHex: key.seedHex,
    // A worker thread reads its file without the archive's help, so it lies beside the archive.
    hub: options.hub,
    importWorkerPath: built('import-worker.cjs').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked'),
    version: app.getVersion(),
  };
}

const systemSealer: Sealer = {
  available: () =>
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text'),
  seal: (text) => safeStorage.encryptString(text),
  open: (sealed) => safeStorage.decryptString(sealed),
};

function endTogether(application: Application): void {
  let ended = false;
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => application.windows.get('register')?.focus());
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    ended = true;
    void Promise.all([application.core.end(), application.twins?.end()]).then(() => app.quit());
  });
}

function fatal(cause: unknown): void {
  const words = cause instanceof Error ? cause.message : String(cause);
  log(`Evertill could not start: ${words}`);
  dialog.showErrorBox('Evertill could not start', words);
  app.exit(1);
}
