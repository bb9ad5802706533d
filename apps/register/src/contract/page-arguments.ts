import type { WindowKind } from './messages.ts';
import type { PageDoor } from './page-door.ts';

type PageArguments = Omit<PageDoor, 'requestPort'>;

const PREFIX = '--evertill-page=';

/** What main tells a page about itself, as the one additional argument of its renderer process. */
export function writePageArguments(page: PageArguments): string {
  return PREFIX + encodeURIComponent(JSON.stringify(page));
}

/** @throws Error when the argument is missing: a page that was not opened by main gets no door. */
export function readPageArguments(argv: readonly string[]): PageArguments {
  const argument = argv.find((candidate) => candidate.startsWith(PREFIX));
  if (!argument) throw new Error('this page was not opened by the application');
  const page = JSON.parse(decodeURIComponent(argument.slice(PREFIX.length))) as Record<string, unknown>;
  return {
    windowKind: (page['windowKind'] === 'bench' ? 'bench' : 'register') satisfies WindowKind,
    runtimeNote: typeof page['runtimeNote'] === 'string' ? page['runtimeNote'] : null,
    developmentKeys: page['developmentKeys'] === true,
  };
}
