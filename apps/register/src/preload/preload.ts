import { contextBridge, ipcRenderer } from 'electron';
import { PORT_MESSAGE, type PageDoor } from '../contract/page-door.ts';
import { readPageArguments } from '../contract/page-arguments.ts';

const door: PageDoor = Object.freeze({
  ...readPageArguments(process.argv),
  requestPort: () => ipcRenderer.send('port-wanted'),
});
contextBridge.exposeInMainWorld('evertill', door);

ipcRenderer.on('port', (event) => window.postMessage(PORT_MESSAGE, window.location.origin, event.ports));
