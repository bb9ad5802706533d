import { code128, drawingSVG, ean13, ean8, upca, type RenderOptions } from 'bwip-js/generic';
import { useMemo, type ReactNode } from 'react';
import styles from './scanner-tray.module.css';

/** A label's bars, real ones: a hand scanner held to the screen reads them. Codes that no bars can carry have none. */
export function CodeBars(props: { code: string }): ReactNode {
  const svg = useMemo(() => barsOf(props.code), [props.code]);
  // As an image the drawing cannot run or load anything.
  return svg && <img className={styles.bars} src={`data:image/svg+xml,${encodeURIComponent(svg)}`} alt="" />;
}

function barsOf(code: string): string | null {
  return draw(code, symbologyOf(code)) ?? draw(code, code128);
}

type Symbology = typeof code128;

function symbologyOf(code: string): Symbology {
  if (/^\d{13}$/.test(code)) return ean13;
  if (/^\d{12}$/.test(code)) return upca;
  return /^\d{8}$/.test(code) ? ean8 : code128;
}

/** `null` when the symbology refuses the code, a wrong check digit for instance. */
function draw(code: string, symbology: Symbology): string | null {
  const options: RenderOptions = { bcid: 'code128', text: code, height: 10, includetext: false, barcolor: '14201b' };
  try {
    return symbology(options, drawingSVG());
  } catch {
    return null;
  }
}
