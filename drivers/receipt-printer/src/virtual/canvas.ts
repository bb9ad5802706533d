/** A black and white picture that grows downwards; it starts white. */
export type Canvas = {
  readonly width: number;
  readonly height: number;
  /** Blackens a rectangle; what lies outside is cut off at the sides. */
  fill(x: number, y: number, width: number, height: number): void;
  /** Turns black to white and back. */
  flip(x: number, y: number, width: number, height: number): void;
  isBlack(x: number, y: number): boolean;
  /** Makes the picture at least so high. */
  reach(height: number): void;
};

export function canvas(width: number): Canvas {
  let height = 0;
  const rows: Uint8Array[] = [];

  function reach(wanted: number): void {
    while (rows.length < wanted) rows.push(new Uint8Array(width));
    height = Math.max(height, wanted);
  }

  function each(x: number, y: number, w: number, h: number, change: (row: Uint8Array, column: number) => void): void {
    reach(y + h);
    for (let at = y; at < y + h; at += 1) {
      const row = rows[at];
      if (row === undefined) continue;
      for (let column = Math.max(0, x); column < Math.min(width, x + w); column += 1) change(row, column);
    }
  }

  return {
    width,
    get height() {
      return height;
    },
    fill: (x, y, w, h) => each(x, y, w, h, (row, column) => (row[column] = 1)),
    flip: (x, y, w, h) => each(x, y, w, h, (row, column) => (row[column] = row[column] === 1 ? 0 : 1)),
    isBlack: (x, y) => rows[y]?.[x] === 1,
    reach,
  };
}
