import { EmptyState } from '@evertill/ui';
import { IconReceipt, IconScissors } from '@tabler/icons-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import type { BenchState } from '../../contract/bench.ts';
import { ActionButton } from '../shell/action-button.tsx';
import { useWords } from '../words/words-context.tsx';
import { useBenchSend } from './bench-context.tsx';
import styles from './paper-roll.module.css';

/** The paper as it comes out of the slot; what was printed is also there as text, for screen readers and for tests. */
export function PaperRoll(props: { roll: BenchState['roll'] }): ReactNode {
  const { roll } = props;
  const words = useWords().bench;
  const send = useBenchSend();
  const scroll = useRef<HTMLDivElement>(null);
  const toEnd = (): void => scroll.current?.scrollTo({ top: scroll.current.scrollHeight });
  useLayoutEffect(toEnd, [roll.pngUrl]);
  return (
    <section className={styles.printer} aria-label={words.paper}>
      <div className={styles.slot} aria-hidden="true" />
      {/* Without a place in the tab order nobody could scroll the paper by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={scroll} className={styles.scroll} tabIndex={0} role="group" aria-label={words.paper}>
        {roll.pngUrl ? (
          <div className={styles.paper}>
            <img className={styles.print} src={roll.pngUrl} alt={words.paperAlt(roll.lines.length)} onLoad={toEnd} />
          </div>
        ) : (
          <EmptyState
            icon={<IconReceipt size={40} stroke={1.5} />}
            title={words.paperEmpty}
            text={words.paperEmptyText}
          />
        )}
      </div>
      <pre className="ev-unseen" data-testid="paper-text">
        {roll.lines.join('\n')}
      </pre>
      <footer className={styles.foot}>
        <span>{words.cuts(roll.cutCount)}</span>
        <ActionButton
          icon={<IconScissors size={20} stroke={1.7} />}
          disabled={!roll.pngUrl}
          onPress={() => send({ method: 'newRoll' })}
        >
          {words.newRoll}
        </ActionButton>
      </footer>
    </section>
  );
}
