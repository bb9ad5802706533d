import { evertillTheme, evertillVariables, LiveRegion } from '@evertill/ui';
import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConnectionProvider, type CoreConnection } from '../connection/connection-context.tsx';
import { KeyProvider } from '../keys/key-context.tsx';
import { KeyRouter } from '../keys/key-router.ts';
import { en, type Words } from '../words/en.ts';
import { WordsProvider } from '../words/words-context.tsx';
import { HostProvider, type Host } from './host.tsx';
import { RegisterShell } from './register-shell.tsx';
import type { TaskState } from './task.ts';
import { TaskProvider } from './task-context.tsx';
import { Toasts } from './toasts.tsx';

const colorSchemes = localStorageColorSchemeManager({ key: 'evertill-colours' });

/** Everything a register window is made of, given a connection to a core: the real one, or a still one in the gallery. */
export function RegisterWindow(props: {
  core: CoreConnection;
  host: Host;
  startAt?: Partial<TaskState>;
  searchText?: string | undefined;
  /** The language of the window; English until a language is chosen per person. */
  words?: Words;
}): ReactNode {
  const words = props.words ?? en;
  const [router] = useState(() => new KeyRouter());
  return (
    <DirectionProvider initialDirection={words.direction} detectDirection={false}>
      <MantineProvider
        theme={evertillTheme}
        cssVariablesResolver={evertillVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemes}
      >
        <HostProvider host={props.host}>
          <WordsProvider words={words}>
            <ConnectionProvider core={props.core}>
              <KeyProvider router={router}>
                <TaskProvider startAt={props.startAt ?? {}}>
                  <LiveRegion>
                    <Toasts>
                      <RegisterShell searchText={props.searchText} />
                    </Toasts>
                  </LiveRegion>
                </TaskProvider>
              </KeyProvider>
            </ConnectionProvider>
          </WordsProvider>
        </HostProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
