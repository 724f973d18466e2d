import { useSyncExternalStore } from 'react';
import { decoded } from '../shared/access';

export interface Route {
  sessionId: string | null;
  alertId: string | null;
}

/** Where the address points: `#/session/ID` or `#/session/ID/alert/ID`. A fragment needs no server that knows the paths. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const found = /^#\/session\/([^/]+)(?:\/alert\/([^/]+))?$/.exec(hash);
  return {
    sessionId: found?.[1] ? decoded(found[1]) : null,
    alertId: found?.[2] ? decoded(found[2]) : null,
  };
}

export function address(sessionId?: string, alertId?: string): string {
  if (!sessionId) {
    return '#/';
  }
  return `#/session/${encodeURIComponent(sessionId)}${alertId ? `/alert/${encodeURIComponent(alertId)}` : ''}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
