import { ipcRenderer } from 'electron';

ipcRenderer.on('ports', (event) => window.postMessage('ports', '*', event.ports));
