import '../styles.ts';
import { createRoot } from 'react-dom/client';
import { BenchWindow } from '../bench/bench-window.tsx';
import { RegisterWindow } from '../shell/register-window.tsx';
import { connectionOf, galleryScreen, screenNames, type ScreenName } from './screens.ts';
import { en, type Words } from '../words/en.ts';
import { stillBench } from './still-bench.ts';
import { stillCore } from './still-core.ts';

/**
 * Every state of the register window without a core, for looking at and for the accessibility check. Development only: it is no
 * entry of the build. `?screen=sell&colours=dark&dir=rtl`; without a screen, a list of all.
 */
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const wanted = new URLSearchParams(window.location.search);
// English from right to left: what Arabic or Hebrew words will meet.
const words: Words = { ...en, direction: wanted.get('dir') === 'rtl' ? 'rtl' : 'ltr' };
localStorage.setItem('evertill-colours', wanted.get('colours') ?? 'light');
const name = screenNames.find((each) => each === wanted.get('screen'));

createRoot(root).render(
  wanted.get('screen') === 'bench' ? (
    <BenchWindow bench={stillBench} words={words} />
  ) : name ? (
    <Shown name={name} />
  ) : (
    <List />
  ),
);

function Shown(props: { name: ScreenName }) {
  const screen = galleryScreen(props.name);
  return (
    <RegisterWindow
      core={stillCore(screen.snapshots, connectionOf(screen), screen.answers)}
      host={{ runtimeNote: wanted.get('note'), developmentKeys: wanted.has('note') }}
      startAt={screen.startAt ?? {}}
      searchText={screen.searchText}
      words={words}
    />
  );
}

function List() {
  return (
    <main style={{ padding: 32, overflow: 'auto', blockSize: '100%' }}>
      <h1>Gallery</h1>
      <ul>
        {[...screenNames, 'bench'].map((each) => (
          <li key={each}>
            <a href={`?screen=${each}`}>{each}</a> · <a href={`?screen=${each}&colours=dark`}>dark</a> ·{' '}
            <a href={`?screen=${each}&dir=rtl`}>rtl</a>
          </li>
        ))}
      </ul>
    </main>
  );
}
