/** Each code with the sentence for whoever typed the command. */
const sentences = {
  'not-a-channel':
    'The hub let this folder in, but not as a channel of a store that it knows. Set the store up at the hub, and ask for a code of role channel.',
  'no-catalog': 'There is no catalog here yet, and none could be fetched: prices come from it.',
  'catalog-refused': 'The catalog that the hub offers is not the one that its publisher signed. It was not taken.',
  'stock-unknown': 'The hub could not be asked about stock, and nothing is kept here from before.',
} as const;

export type ShopFaultCode = keyof typeof sentences;

/** Why the shop cannot go on; `message` is the sentence for a person, `detail` what was found. */
export class ShopFault extends Error {
  readonly code: ShopFaultCode;
  readonly detail: string;

  constructor(code: ShopFaultCode, detail = '', options?: ErrorOptions) {
    super(sentences[code], options);
    this.name = 'ShopFault';
    this.code = code;
    this.detail = detail;
  }
}
