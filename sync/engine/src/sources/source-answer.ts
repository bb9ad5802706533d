/** What a data source gives back: AppSync fills `ctx.result` and `ctx.error` with it, and runs the response handler in either case. */
export interface SourceAnswer {
  result: unknown;
  error?: { message: string; type: string };
}

/** A data source: takes what a request handler returned. Throws only operating faults. */
export type DataSource = (request: unknown) => SourceAnswer | Promise<SourceAnswer>;
