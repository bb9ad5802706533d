import '../styles.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectBench } from '../connection/connect.ts';
import { BenchWindow } from './bench-window.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <BenchWindow bench={connectBench()} />
  </StrictMode>,
);
