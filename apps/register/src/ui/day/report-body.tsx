import type { SumsView, XReportView, ZReportView } from '@evertill/register';
import { Money } from '@evertill/ui';
import type { ReactNode } from 'react';
import { useFormats } from '../formats/formats-context.tsx';
import { useWords } from '../words/words-context.tsx';
import { HourSales } from './hour-sales.tsx';
import styles from './report-body.module.css';

/** The figures of an X report; with `closing`, those of the Z as well. Every sum comes ready from the register. */
export function ReportBody(props: { report: XReportView; closing?: ZReportView }): ReactNode {
  const { report, closing } = props;
  const { sums, drawer } = report;
  const words = useWords().day;
  const formats = useFormats();
  return (
    <div className={styles.body}>
      <section className={styles.figures} aria-label={words.sales}>
        <Figure label={words.total} strong>
          <Money amountMinor={sums.totalMinor} />
        </Figure>
        <Figure label={words.sales}>{formats.count(sums.transactionCount)}</Figure>
        <Figure label={words.itemsSold}>{formats.count(sums.itemCount)}</Figure>
        <Figure label={words.tax}>
          <Money amountMinor={sums.taxMinor} />
        </Figure>
      </section>
      <HourSales hours={sums.hours} totalMinor={sums.totalMinor} />
      <div className={styles.columns}>
        <Block title={words.drawer}>
          <Row label={words.float} amountMinor={drawer.floatMinor} />
          <Row label={words.cashTaken} amountMinor={drawer.cashTenderedMinor} />
          <Row label={words.changeGiven} amountMinor={-drawer.changeGivenMinor} />
          <Row label={words.expected} amountMinor={drawer.expectedMinor} strong />
          {closing && <Row label={words.counted} amountMinor={closing.countedMinor} />}
          {closing && <Row label={words.overShort} amountMinor={closing.overShortMinor} signed strong />}
        </Block>
        <TaxBlock sums={sums} />
        <Block title={words.receipts}>
          <TextRow label={words.receipts}>
            {sums.firstReceiptNumber === null || sums.lastReceiptNumber === null
              ? words.noReceipts
              : words.receiptRange(sums.firstReceiptNumber, sums.lastReceiptNumber)}
          </TextRow>
          <Row label={words.discount} amountMinor={sums.discountMinor} />
          <TextRow label={words.voidedLines}>{formats.count(sums.voidedLineCount)}</TextRow>
          <TextRow label={words.voidedTransactions}>{formats.count(sums.voidedTransactionCount)}</TextRow>
          {closing && <Row label={words.previousGrandTotal} amountMinor={closing.previousGrandTotalMinor} />}
          {closing && <Row label={words.grandTotal} amountMinor={closing.grandTotalMinor} strong />}
        </Block>
      </div>
    </div>
  );
}

function TaxBlock(props: { sums: SumsView }): ReactNode {
  const words = useWords().day;
  const formats = useFormats();
  const amountRows = props.sums.taxes.flatMap((tax) => [
    <Row key={tax.rateId} label={words.taxRate(tax.name, formats.percent(tax.ratePpm))} amountMinor={tax.taxMinor} />,
    <Row key={`${tax.rateId}-on`} label={words.taxable} amountMinor={tax.taxableMinor} quiet />,
  ]);
  return (
    <Block title={words.taxes}>
      {amountRows}
      <Row label={words.tax} amountMinor={props.sums.taxMinor} strong />
    </Block>
  );
}

function Figure(props: { label: string; strong?: boolean; children: ReactNode }): ReactNode {
  return (
    <dl className={styles.figure} data-strong={props.strong ?? false}>
      <dt>{props.label}</dt>
      <dd className="ev-figures">{props.children}</dd>
    </dl>
  );
}

function Block(props: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={styles.block}>
      <h2 className={styles.blockTitle}>{props.title}</h2>
      <dl>{props.children}</dl>
    </section>
  );
}

function Row(props: {
  label: string;
  amountMinor: number;
  strong?: boolean;
  quiet?: boolean;
  signed?: boolean;
}): ReactNode {
  return (
    <TextRow label={props.label} strong={props.strong ?? false} quiet={props.quiet ?? false}>
      <Money amountMinor={props.amountMinor} signed={props.signed ?? false} />
    </TextRow>
  );
}

function TextRow(props: { label: string; strong?: boolean; quiet?: boolean; children: ReactNode }): ReactNode {
  return (
    <div className={styles.row} data-strong={props.strong ?? false} data-quiet={props.quiet ?? false}>
      <dt>{props.label}</dt>
      <dd className="ev-figures">{props.children}</dd>
    </div>
  );
}
