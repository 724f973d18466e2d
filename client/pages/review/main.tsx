import { QueryProvider } from '@invigil/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../shared/base.css';
import './review.css';
import { Access } from '../shared/access';
import { Fault } from '../shared/fault';
import { ServiceClock, ServiceTime } from '../shared/service-clock';
import { applyStoredTheme } from '../shared/theme';
import { ReviewApp } from './app';

applyStoredTheme();
const access = new Access('review');
const time = new ServiceClock();

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <Fault>
      <ServiceTime.Provider value={time}>
        <QueryProvider getToken={access.source} fetch={time.fetch} devtools={false}>
          <ReviewApp access={access} />
        </QueryProvider>
      </ServiceTime.Provider>
    </Fault>
  </StrictMode>,
);
