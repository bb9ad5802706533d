import { createHash, createPublicKey, sign } from 'node:crypto';
import { apiContract } from '@evertill/api/testing';
import type { Claims, Home, HomeAnswer } from '@evertill/api/testing';
import { loadHubApi } from '../src/hub-api.ts';
import { writeEnrolment } from '../src/enrolment.ts';
import { graphql, startTestHub } from './test-hub.ts';
import type { TestHub } from './test-hub.ts';

/** The hub as a home of the API: over HTTP, with tokens as its own token handler signs them. */
async function openHub(): Promise<Home> {
  const test = await startTestHub();
  const { tables } = loadHubApi(
    test.folder,
    () => Date.now(),
    () => undefined,
  );
  return {
    ask: async (who, source, variables = {}) => {
      const answer =
        who === 'projector'
          ? await test.hub.operate({ query: source, variables: { ...variables } })
          : (await graphql(test.hub, tokenOf(test, who), source, variables)).body;
      return {
        data: answer.data ?? null,
        errors: (answer.errors as HomeErrors | undefined)?.map(inWordsOfTheApi) ?? [],
      } as HomeAnswer;
    },
    enrol: (author, key) => Promise.resolve(writeEnrolment(tables, author, key.publicKey)),
    settled: () => test.hub.settled(),
    close: () => test.close(),
  };
}

type HomeErrors = HomeAnswer['errors'];

/** Who is not enrolled has no token, and a forged one ends at the edge, in AppSync's word for it; the contract says what it means. */
function inWordsOfTheApi(error: HomeErrors[number]): HomeErrors[number] {
  return error.errorType === 'UnauthorizedException' ? { ...error, errorType: 'NotAuthorised' } : error;
}

function tokenOf({ hub, folder }: TestHub, claims: Claims): string {
  const { crv, kty, x, y } = createPublicKey(folder.signingKey).export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const exp = Math.floor(Date.now() / 1000) + 60;
  const payload = { ...claims, iss: hub.url, aud: 'evertill', sub: `${claims.tenant}/${claims.register}`, exp };
  const signed = [{ alg: 'ES256', kid }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signed), { key: folder.signingKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

apiContract('the hub', openHub);
