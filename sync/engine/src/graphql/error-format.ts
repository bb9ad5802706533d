import { GraphQLError } from 'graphql';
import { SqliteFault } from '@evertill/sqlite';
import { ResolverError } from '../resolvers/resolver-fault.ts';

interface ApiErrorLocation {
  line: number;
  column: number;
  sourceName: null;
}

/** An error as AppSync writes it. `errorType` is the code that clients decide by. */
export interface ApiError {
  message: string;
  errorType: string | null;
  errorInfo?: unknown;
  data?: unknown;
  path?: readonly (string | number)[] | null;
  locations?: ApiErrorLocation[] | null;
}

/** What was sent may stand in a message: of a megabyte no more than this comes back, or goes into a log. */
const MESSAGE_CHARS_MAX = 500;

function cut(message: string): string {
  return message.length > MESSAGE_CHARS_MAX ? `${message.slice(0, MESSAGE_CHARS_MAX)}…` : message;
}

/** A refusal of the whole request, before any field runs. */
export function requestError(errorType: string, message: string): ApiError {
  return { message: cut(message), errorType };
}

export function validationError(error: GraphQLError): ApiError {
  return {
    path: null,
    locations: locationsOf(error),
    message: cut(`Validation error: ${error.message}`),
    errorType: 'ValidationError',
  };
}

/**
 * An error of one field. What a resolver raised goes out as it is; a fault of the hub goes out as a name and no detail, and to
 * `onFault` whole.
 */
export function fieldError(error: GraphQLError, onFault: (error: unknown) => void): ApiError {
  const place = { path: error.path ?? null, locations: locationsOf(error) };
  const original = error.originalError;
  // Without a path no field ran: a variable is not what the schema wants.
  if (error.path === undefined && (!original || original instanceof GraphQLError)) return validationError(error);
  if (original instanceof ResolverError) {
    if (original.errorType === 'Code') onFault(original);
    const { message, errorType, data, errorInfo } = original;
    return { ...place, data, errorType, errorInfo, message: errorType === 'Code' ? 'Code error' : cut(message) };
  }
  if (!original) return { ...place, data: null, errorType: null, errorInfo: null, message: cut(error.message) };
  onFault(original);
  const isDiskFull = original instanceof SqliteFault && original.code === 'disk-full';
  return {
    ...place,
    data: null,
    errorInfo: null,
    errorType: isDiskFull ? 'DiskFull' : 'InternalFailure',
    message: isDiskFull
      ? 'The disk of the hub is full; nothing was written'
      : 'The hub could not carry this out; nothing was acknowledged',
  };
}

function locationsOf(error: GraphQLError): ApiErrorLocation[] | null {
  return error.locations?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null;
}
