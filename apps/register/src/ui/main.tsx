import './styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectCore } from './connection/connect.ts';
import { pageDoor } from './connection/window-door.ts';
import { markPaintedLines } from './measure/line-painted.ts';
import { RegisterWindow } from './shell/register-window.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const core = connectCore();
markPaintedLines(core);
const host = { runtimeNote: pageDoor()?.runtimeNote ?? null, developmentKeys: pageDoor()?.developmentKeys ?? false };
createRoot(root).render(
  <StrictMode>
    <RegisterWindow core={core} host={host} />
  </StrictMode>,
);
