// @ts-nocheck: this text never runs in Node's own realm; resolver-runtime.ts evaluates it inside a resolver's context, where the
// globals are others; the assignment's value is what it gets, and the name goes with the other globals. It answers the functions that call the handlers, and keeps the host's two functions out of their reach.
globalThis.prelude = function (nowMs, uuid, stepsMax) {
  'use strict';
  const { parse, stringify } = JSON;
  const { entries, freeze } = Object;
  const { isArray } = Array;
  const { RangeError } = globalThis;

  class Raised {
    constructor(kind, detail) {
      this.kind = kind;
      this.detail = detail;
    }
  }

  let appended = [];
  let filter = null;
  // A file's own constants are made within the first call's worth.
  let stepsLeft = stepsMax;

  function step() {
    stepsLeft -= 1;
    if (stepsLeft < 0) throw new RangeError(`more than ${stepsMax} steps`);
  }

  const errorOf = (message, errorType, data, errorInfo) => ({
    message: String(message ?? ''),
    errorType: errorType ?? null,
    data: data ?? null,
    errorInfo: errorInfo ?? null,
  });

  function toDynamoDB(value) {
    if (value === null || value === undefined) return { NULL: true };
    if (typeof value === 'string') return { S: value };
    if (typeof value === 'number') return { N: value };
    if (typeof value === 'boolean') return { BOOL: value };
    if (isArray(value)) return { L: value.map(toDynamoDB) };
    return { M: toMapValues(value) };
  }
  function toMapValues(map) {
    const values = {};
    for (const [name, value] of entries(map)) define(values, name, toDynamoDB(value));
    return values;
  }
  // Assigning to `__proto__` would set a prototype.
  function define(target, name, value) {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  }

  // Text, as AppSync makes it. Fields side by side must all match: { a: { eq: 1 }, b: { eq: 2 } }.
  function toSubscriptionFilter(wanted) {
    const filters = [];
    for (const [fieldName, conditions] of entries(wanted)) {
      for (const [operator, value] of entries(conditions)) filters.push({ fieldName, operator, value });
    }
    return stringify({ filterGroup: [{ filters }] });
  }

  const pad = (number, length) => String(number).padStart(length, '0');
  // Days since 1970 to a civil date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"): there is no Date in here.
  function iso8601(ms) {
    const days = Math.floor(ms / 86400000);
    const z = days + 719468;
    const era = Math.floor(z / 146097);
    const doe = z - era * 146097;
    const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
    const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
    const mp = Math.floor((5 * doy + 2) / 153);
    const month = mp < 10 ? mp + 3 : mp - 9;
    const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
    const rest = ms - days * 86400000;
    const clock = [rest / 3600000, (rest / 60000) % 60, (rest / 1000) % 60].map((n) => pad(Math.floor(n), 2)).join(':');
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}.${pad(Math.floor(rest % 1000), 3)}Z`;
  }

  const util = freeze({
    error(message, errorType, data, errorInfo) {
      throw new Raised('error', errorOf(message, errorType, data, errorInfo));
    },
    appendError(message, errorType, data, errorInfo) {
      if (appended.length < 20) appended.push(errorOf(message, errorType, data, errorInfo));
    },
    unauthorized() {
      throw new Raised('error', errorOf('Not Authorized', 'Unauthorized'));
    },
    autoId: () => uuid(),
    time: freeze({
      nowISO8601: () => iso8601(nowMs()),
      nowEpochSeconds: () => Math.floor(nowMs() / 1000),
      nowEpochMilliSeconds: () => nowMs(),
    }),
    transform: freeze({ toSubscriptionFilter }),
    dynamodb: freeze({ toDynamoDB, toMapValues }),
  });

  const runtime = freeze({
    earlyReturn(value, options) {
      throw new Raised(options?.skipTo === 'END' ? 'end' : 'return', value ?? null);
    },
  });

  const extensions = freeze({
    setSubscriptionFilter(wanted) {
      filter = typeof wanted === 'string' ? parse(wanted) : wanted;
    },
  });

  // Each of them text, or undefined where there is none; read when a handler asks for it, because most ask for little.
  function contextOf(args, identity, source, stash, prev, result, error, env, request, info) {
    const parsed = {};
    const once = (name, text) => {
      if (!(name in parsed)) parsed[name] = text === undefined ? undefined : parse(text);
      return parsed[name];
    };
    return {
      get arguments() {
        return once('args', args);
      },
      get args() {
        return once('args', args);
      },
      get identity() {
        return once('identity', identity);
      },
      get source() {
        return once('source', source);
      },
      get prev() {
        return once('prev', prev);
      },
      get result() {
        return once('result', result);
      },
      get env() {
        return once('env', env);
      },
      get request() {
        return once('request', request);
      },
      get info() {
        return once('info', info);
      },
      stash: parse(stash),
      error: error === undefined ? undefined : parse(error),
    };
  }

  // Two lines, because the value is mostly handed on as it stands: JSON has no line breaks.
  function answered(kind, value, stash) {
    return `${stringify({ kind, stash, appended, filter })}\n${stringify(value)}`;
  }

  // Handlers see the same text AppSync would hand over, and answer text: no object of one realm is ever seen in the other.
  function call(handlers, name, ...texts) {
    stepsLeft = stepsMax;
    appended = [];
    filter = null;
    const context = contextOf(...texts);
    try {
      const value = handlers[name](context);
      return answered('value', value ?? null, context.stash);
    } catch (raised) {
      if (!(raised instanceof Raised)) throw raised;
      return answered(raised.kind, raised.detail, context.stash);
    }
  }

  // Whatever a script can reach is what APPSYNC_JS has; the rest of the realm goes.
  const kept = [
    'Object',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Math',
    'JSON',
    'parseInt',
    'parseFloat',
    'isNaN',
    'isFinite',
  ];
  const constants = ['undefined', 'NaN', 'Infinity', 'globalThis'];
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!kept.includes(name) && !constants.includes(name)) delete globalThis[name];
  }
  for (const name of kept) freeze(globalThis[name]);
  for (const shared of [Object, Array, String, Number, Boolean]) freeze(shared.prototype);
  freeze(Object.getPrototypeOf(call));
  delete globalThis.globalThis;

  return { util, runtime, extensions, step, call };
};
