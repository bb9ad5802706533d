import type { SeededRandom } from '@evertill/testkit';
import type { FakeServer } from './fake-server.ts';

/** What can happen to one request, at each step of its way. */
export const NETWORK_FAULTS = [
  'before-send',
  'mid-request',
  'after-commit',
  'mid-reply',
  'doubled',
  'late',
  'server-error',
  'server-error-after-commit',
  'throttled',
  'half-an-answer',
  'token-expired',
  'portal-page',
  'portal-redirect',
  'says-ok-and-drops',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export type FaultyNetwork = {
  readonly fetch: typeof fetch;
  /** Draws the fault of each request; `null` lets it through. */
  faultOf: (operation: string) => NetworkFault | null;
  /** Requests that reached the server. */
  readonly served: () => number;
  /** Lets every late request arrive now. */
  settle(): void;
};

const SOME_TURNS = 4;

/** A network between the client and a fake server that does what it is told to, the worst included. */
export function faultyNetwork(server: FakeServer, random: SeededRandom): FaultyNetwork {
  const late: { body: string; inTurns: number }[] = [];
  let served = 0;
  const serve = (body: string): string => {
    served += 1;
    return server.handle(body);
  };
  const network: FaultyNetwork = {
    faultOf: () => null,
    served: () => served,
    settle: () => {
      for (const { body } of late.splice(0)) serve(body);
    },
    fetch: (_url, init) => {
      for (const request of late) request.inTurns -= 1;
      const arrived = late.filter(({ inTurns }) => inTurns <= 0);
      for (const request of random.shuffled(arrived)) {
        late.splice(late.indexOf(request), 1);
        serve(request.body);
      }
      if (typeof init?.body !== 'string') throw new Error('the client sends text');
      const operation = /(?:query|mutation) (\w+)/.exec(init.body)?.[1] ?? '';
      return exchange(init.body, network.faultOf(operation));
    },
  };

  async function exchange(body: string, fault: NetworkFault | null): Promise<Response> {
    switch (fault) {
      case null:
        return json(serve(body));
      case 'before-send':
        throw broken('ENETUNREACH');
      case 'mid-request':
        throw broken('ECONNRESET');
      case 'after-commit':
        serve(body);
        throw broken('ECONNRESET');
      case 'mid-reply': {
        const answer = serve(body);
        return json(answer.slice(0, random.int(answer.length)));
      }
      case 'doubled':
        serve(body);
        return json(serve(body));
      case 'late':
        late.push({ body, inTurns: 1 + random.int(SOME_TURNS) });
        throw broken('ETIMEDOUT');
      case 'server-error':
        return new Response('', { status: 503 });
      case 'server-error-after-commit':
        serve(body);
        return new Response('', { status: 502 });
      case 'throttled':
        return json('{"errors":[{"errorType":"TooManyRequests","message":"slow down"}]}', 429);
      case 'half-an-answer':
        return json('{"data":{}}');
      case 'token-expired':
        return json('{"errors":[{"errorType":"UnauthorizedException","message":"Token has expired."}]}', 401);
      case 'portal-page':
        return new Response('<html>Welcome to our Wi-Fi</html>', { headers: { 'content-type': 'text/html' } });
      case 'portal-redirect':
        return new Response('', { status: 302, headers: { location: 'http://wifi.example/' } });
      case 'says-ok-and-drops':
        return json(liedAnswer(body));
    }
  }
  return network;
}

/** An acknowledgement of a segment that nobody kept. */
function liedAnswer(body: string): string {
  const { variables } = JSON.parse(body) as {
    variables: { input?: { fromSeq: number; epoch: number; records: { hash: string }[] } };
  };
  const { input } = variables;
  if (!input) return '{"data":{"head":null}}';
  const seq = input.fromSeq + input.records.length - 1;
  const head = { epoch: input.epoch, seq, hash: input.records[input.records.length - 1]!.hash, contested: false };
  return JSON.stringify({ data: { appendSegment: { head, accepted: input.records.length, duplicate: 0 } } });
}

function json(text: string, status = 200): Response {
  return new Response(text, { status, headers: { 'content-type': 'application/json;charset=UTF-8' } });
}

function broken(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
