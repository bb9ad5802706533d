/** Each code with the sentence for whoever typed the command. */
const sentences = {
  'bad-hub-url': 'That is no address of a hub. One looks like http://127.0.0.1:4780',
  'hub-unreachable': 'The hub cannot be reached. Is it running, and is the address right?',
  'no-hub': 'Something answers at that address, but it is no hub.',
  'code-unknown': 'The hub does not know this code. Codes are good once: ask for a new one.',
  'code-expired': 'This code is too old. Codes are good for a quarter of an hour: ask for a new one.',
  'code-used': 'This code has been used by somebody else. Ask for a new one.',
  'too-many-attempts': 'The hub takes no more codes for now. Wait a minute and try again.',
  'register-taken': 'The hub already knows somebody by this name, with another key. Ask for a code that replaces it.',
  'code-refused': 'The hub refuses this code.',
  'other-author': 'This code is for somebody else.',
  'not-joined': 'This folder has not joined a hub yet. Join with a code first.',
  'pass-unreadable': 'What the hub once said to this folder cannot be read any more. Join again with a new code.',
  'token-refused': 'The hub does not know this folder’s key any more. Join again with a new code.',
} as const;

export type AuthorFaultCode = keyof typeof sentences;

/** Why an author has no way to its hub; `message` is the sentence for a person, `detail` what was found. */
export class AuthorFault extends Error {
  readonly code: AuthorFaultCode;
  readonly detail: string;

  constructor(code: AuthorFaultCode, detail = '', options?: ErrorOptions) {
    super(sentences[code], options);
    this.name = 'AuthorFault';
    this.code = code;
    this.detail = detail;
  }
}

/** What the hub says of a code, as a fault; any other word of a newer hub is a refusal too. */
export function refusalOf(word: string): AuthorFault {
  return Object.hasOwn(sentences, word)
    ? new AuthorFault(word as AuthorFaultCode)
    : new AuthorFault('code-refused', word);
}
