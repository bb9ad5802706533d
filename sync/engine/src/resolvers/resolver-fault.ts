/** A file that AppSync would not accept. Found when the API is loaded, never while it serves. */
export class ResolverRefused extends Error {
  constructor(file: string, reasons: readonly string[]) {
    super(`${file} is no APPSYNC_JS: ${reasons.join('; ')}`);
    this.name = 'ResolverRefused';
  }
}

/** An error that a resolver raised with `util.error`, or that stopped it. Its fields travel to the client as they are. */
export class ResolverError extends Error {
  readonly errorType: string;
  readonly data: unknown;
  readonly errorInfo: unknown;

  constructor(message: string, errorType: string, data: unknown = null, errorInfo: unknown = null) {
    super(message);
    this.name = 'ResolverError';
    this.errorType = errorType;
    this.data = data;
    this.errorInfo = errorInfo;
  }
}
