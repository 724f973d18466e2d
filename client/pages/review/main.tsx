import { QueryProvider } from '@invigil/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/base.css';
import './review.css';
import { Access } from '../shared/access';
import { Fault } from '../shared/fault';
import { applyStoredTheme } from '../shared/theme';
import { ReviewApp } from './app';

applyStoredTheme();
const access = new Access('review');

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <Fault>
      <QueryProvider getToken={access.source} devtools={false}>
        <ReviewApp access={access} />
      </QueryProvider>
    </Fault>
  </StrictMode>,
);
