import { evertillTheme, evertillVariables, LiveRegion } from '@evertill/ui';
import { DirectionProvider, Loader, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { en, type Words } from '../words/en.ts';
import { useWords, WordsProvider } from '../words/words-context.tsx';
import { BenchProvider, useBench, type BenchConnection } from './bench-context.tsx';
import styles from './bench-window.module.css';
import { DrawerCard } from './drawer-card.tsx';
import { PaperRoll } from './paper-roll.tsx';
import { PrinterCard } from './printer-card.tsx';
import { ScannerTray } from './scanner-tray.tsx';

const colorSchemes = localStorageColorSchemeManager({ key: 'evertill-colours' });

/** The counter's hardware as a window: the paper as it comes out, the drawer, the printer's faults, things to scan. */
export function BenchWindow(props: { bench: BenchConnection; words?: Words }): ReactNode {
  const words = props.words ?? en;
  return (
    <DirectionProvider initialDirection={words.direction} detectDirection={false}>
      <MantineProvider
        theme={evertillTheme}
        cssVariablesResolver={evertillVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemes}
      >
        <WordsProvider words={words}>
          <BenchProvider bench={props.bench}>
            <LiveRegion>
              <Bench />
            </LiveRegion>
          </BenchProvider>
        </WordsProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

function Bench(): ReactNode {
  const words = useWords().bench;
  const state = useBench();
  return (
    <main className={styles.bench}>
      <header className={styles.header}>
        <h1 className={styles.title}>{words.title}</h1>
        <p className={styles.subtitle}>{words.subtitle}</p>
      </header>
      {state ? (
        <>
          <PaperRoll roll={state.roll} />
          <div className={styles.side}>
            <div className={styles.pair}>
              <PrinterCard fault={state.printerFault} connected={state.connected.printer} />
              <DrawerCard kicks={state.roll.drawerKicks} />
            </div>
            <ScannerTray tray={state.tray} connected={state.connected.scanner} />
          </div>
        </>
      ) : (
        <p className={styles.waiting} role="status">
          <Loader size={28} aria-hidden />
          {words.connecting}
        </p>
      )}
    </main>
  );
}
