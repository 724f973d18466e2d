import { QueryProvider } from '@invigil/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/base.css';
import './interview.css';
import { Access } from '../shared/access';
import { Fault } from '../shared/fault';
import { applyStoredTheme } from '../shared/theme';
import { InterviewApp } from './app';

applyStoredTheme();
const access = new Access('interview');

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <Fault>
      <QueryProvider getToken={access.source} devtools={false}>
        <InterviewApp access={access} />
      </QueryProvider>
    </Fault>
  </StrictMode>,
);
