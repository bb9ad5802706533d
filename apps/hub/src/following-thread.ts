import { Worker } from 'node:worker_threads';
import type { Item } from '@evertill/engine';
import type { Following, FollowingNeeds } from './following.ts';
import type { FromThread, ToThread } from './following-messages.ts';

const RESTART_MS = 1_000;
/** A lake file that is being written is finished; whatever takes longer is read again at the next start. */
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Follows in a thread of its own, with a connection of its own: what it computes keeps no request waiting. A thread that fails is started anew, and
 * goes on from its cursors.
 */
export function followInThread({ folder, tables, turn, log, onMoved }: FollowingNeeds): Following {
  let isClosed = false;
  let restart: NodeJS.Timeout | undefined;
  let nextQuestion = 1;
  let news: Item[] = [];
  const waiting = new Map<number, () => void>();
  let worker = start();

  function start(): Worker {
    const started = new Worker(new URL('./following-worker.mjs', import.meta.url), {
      workerData: { folder, turn: turn.shared },
      execArgv: [],
    });
    started.on('message', heard);
    started.on('error', (error) => log('error', 'following-failed', { error }));
    started.on('exit', () => {
      if (!isClosed) restart = setTimeout(() => (worker = start()), RESTART_MS);
    });
    return started;
  }

  function heard(message: FromThread): void {
    if (message.kind === 'moved') onMoved(message.tenant, message.moved);
    else answered(message.question);
  }

  function answered(question: number): void {
    waiting.get(question)?.();
    waiting.delete(question);
  }

  function tell(message: ToThread): void {
    worker.postMessage(message);
  }

  function tellNews(): void {
    if (news.length > 0) tell({ kind: 'written', keys: news });
    news = [];
  }

  function ask(kind: 'settle' | 'close'): Promise<void> {
    tellNews();
    const question = nextQuestion++;
    return new Promise((resolve) => {
      waiting.set(question, resolve);
      tell({ kind, question });
    });
  }

  const stopListening = tables.listen((table, { pk, sk }) => {
    if (table !== 'ledger' || !pk || !sk) return;
    news.push({ pk, sk });
    if (news.length === 1) setImmediate(tellNews);
  });

  return {
    settled: () => ask('settle'),
    async close() {
      isClosed = true;
      stopListening();
      clearTimeout(restart);
      const timer = setTimeout(() => [...waiting.keys()].forEach(answered), CLOSE_TIMEOUT_MS);
      await ask('close');
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}
