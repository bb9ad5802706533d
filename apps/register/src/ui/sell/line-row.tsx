import type { LineView } from '@evertill/register';
import { Money, useAmountFormat } from '@evertill/ui';
import { IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { ariaKeys } from '../keys/key-map.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './line-row.module.css';

export function LineRow(props: {
  line: LineView;
  chosen: boolean;
  touched: boolean;
  revision: number;
  maxQuantity: number;
  onChoose?: ((lineId: string) => void) | undefined;
  onQuantity?: ((lineId: string, quantity: number) => void) | undefined;
  onVoid?: ((lineId: string) => void) | undefined;
}): ReactNode {
  const { line, chosen, touched, revision } = props;
  const row = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    if (chosen || touched) row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen, touched, revision]);
  const { onChoose } = props;
  return (
    <li ref={row} className={styles.row} data-chosen={chosen} data-touched={touched}>
      {onChoose ? (
        <button type="button" className={styles.face} aria-pressed={chosen} onClick={() => onChoose(line.lineId)}>
          <LineWords line={line} />
        </button>
      ) : (
        <div className={styles.face}>
          <LineWords line={line} />
        </div>
      )}
      {chosen && props.onQuantity && props.onVoid && (
        <LineTools line={line} maxQuantity={props.maxQuantity} onQuantity={props.onQuantity} onVoid={props.onVoid} />
      )}
      <LineAmounts line={line} />
    </li>
  );
}

function LineWords(props: { line: LineView }): ReactNode {
  const { line } = props;
  const words = useWords();
  const amounts = useAmountFormat();
  return (
    <>
      <span className={`${styles.quantity ?? ''} ev-figures`}>{line.quantity}</span>
      <span className={styles.what}>
        <span className={styles.name}>
          <bdi className={styles.title}>{line.name}</bdi>
          {line.variant && <bdi className={styles.variant}>{line.variant}</bdi>}
        </span>
        <span className={styles.sku}>
          <bdi>{line.sku}</bdi>
          {line.quantity > 1 && <span>{words.sell.each(amounts.withCurrency(line.unitPriceMinor))}</span>}
        </span>
      </span>
    </>
  );
}

function LineAmounts(props: { line: LineView }): ReactNode {
  const { line } = props;
  const words = useWords();
  return (
    <span className={styles.amounts}>
      <Money amountMinor={line.totalMinor} className={styles.total} />
      {line.compareAtMinor !== null && (
        <s className={styles.before}>
          <span className="ev-unseen">{words.sell.before}</span>
          <Money amountMinor={line.compareAtMinor} />
        </s>
      )}
    </span>
  );
}

function LineTools(props: {
  line: LineView;
  maxQuantity: number;
  onQuantity: (lineId: string, quantity: number) => void;
  onVoid: (lineId: string) => void;
}): ReactNode {
  const { line, onQuantity, onVoid } = props;
  const words = useWords();
  return (
    <span className={styles.tools}>
      <button
        type="button"
        className={styles.tool}
        aria-label={words.sell.less(line.name)}
        disabled={line.quantity <= 1}
        onClick={() => onQuantity(line.lineId, line.quantity - 1)}
      >
        <IconMinus size={22} aria-hidden />
      </button>
      <button
        type="button"
        className={styles.tool}
        aria-label={words.sell.more(line.name)}
        disabled={line.quantity >= props.maxQuantity}
        onClick={() => onQuantity(line.lineId, line.quantity + 1)}
      >
        <IconPlus size={22} aria-hidden />
      </button>
      <button
        type="button"
        className={styles.tool}
        data-kind="void"
        aria-label={words.sell.voidLineOf(line.name)}
        aria-keyshortcuts={ariaKeys('void-line')}
        onClick={() => onVoid(line.lineId)}
      >
        <IconTrash size={20} stroke={1.7} aria-hidden />
      </button>
    </span>
  );
}
