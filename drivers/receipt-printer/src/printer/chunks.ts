/** Packs pieces into chunks of about `chunkBytes`. A piece is never divided: a real-time request may follow any chunk. */
export function chunks(pieces: readonly Uint8Array[], chunkBytes: number): Uint8Array[] {
  const packed: Uint8Array[] = [];
  let waiting: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (length > 0 && length + piece.length > chunkBytes) {
      packed.push(joined(waiting, length));
      waiting = [];
      length = 0;
    }
    waiting.push(piece);
    length += piece.length;
  }
  if (length > 0) packed.push(joined(waiting, length));
  return packed;
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
