export { plugIn } from './plug-in.ts';
export { renderRollPng } from './render-roll-png.ts';
export { cutApart, type Roll, type RollItem } from './roll.ts';
export { rollText } from './roll-text.ts';
export {
  serveVirtualPrinter,
  type ServedVirtualPrinter,
  type ServeVirtualPrinterOptions,
} from './serve-virtual-printer.ts';
export { virtualPrinter, type VirtualPrinter, type VirtualPrinterOptions } from './virtual-printer.ts';
