/**
 * Why a request brought nothing. Only `refused` is a decision of the server; after each of the others nobody knows whether the
 * request was carried out.
 */
export type ApiError =
  /** `errorType` as the table in sync/api's README lists it, or `ValidationError` for a question that the server's schema does not have; `info` is the error's `errorInfo`, unchecked. */
  | { readonly code: 'refused'; readonly errorType: string; readonly info: unknown }
  /** The server answered and could not: 5xx, throttled, half an answer, an error it has no name for. */
  | { readonly code: 'server-fault'; readonly detail: string }
  /** Somebody else answered: a page to sign in to the Wi-Fi, a proxy, a foreign certificate. */
  | { readonly code: 'captive-portal'; readonly detail: string }
  | { readonly code: 'unreachable'; readonly sign: UnreachableSign }
  /** There is no token, and none can be had now. */
  | { readonly code: 'no-token'; readonly detail: string };

/**
 * What the failure says about where the line is broken. `no-route`: no name, no way out: the network or the internet. `host-up`: a
 * machine answered and nobody listens there: the server. `silence`: it could be either.
 */
export type UnreachableSign = 'no-route' | 'host-up' | 'silence';

export type ApiOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ApiError };
