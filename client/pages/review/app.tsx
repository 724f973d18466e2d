import { ApiError, useLiveEvents, useSessions } from '@invigil/client';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Access } from '../shared/access';
import { Brand } from '../shared/icons';
import { ThemeToggle } from '../shared/theme';
import { address, useRoute } from './route';
import { SessionView } from './session-view';
import { Wall } from './wall';

export function ReviewApp({ access }: { access: Access }) {
  const route = useRoute();
  const live = useLiveEvents();
  const probe = useSessions({ limit: 1 });
  const unauthorized = probe.error instanceof ApiError && probe.error.isUnauthorized;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    main.current?.querySelector<HTMLElement>('h1')?.focus();
  }, [route.sessionId]);

  return (
    <>
      <a className="skip-link" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the content
      </a>
      <header className="site-header">
        <a className="brand" href={address()}>
          <Brand />
          Invigil <span className="brand-part">Review</span>
        </a>
        <span className="spacer" />
        <span className={`pill ${live.isFollowing ? 'good' : 'warm'}`} role="status" data-testid="following">
          <span className="dot" aria-hidden="true" />
          {live.isFollowing ? 'Live' : 'Not live'}
        </span>
        <ThemeToggle />
      </header>
      <main ref={main} tabIndex={-1} id="main">
        {unauthorized ? (
          <SignIn
            onToken={(token) => {
              access.use(token);
              // The stream and every cached answer must be asked for anew.
              location.reload();
            }}
          />
        ) : route.sessionId ? (
          <SessionView key={route.sessionId} sessionId={route.sessionId} alertId={route.alertId} />
        ) : (
          <Wall />
        )}
      </main>
    </>
  );
}

function SignIn({ onToken }: { onToken: (token: string) => void }) {
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (token.trim()) {
      onToken(token.trim());
    }
  };
  return (
    <form className="card sign-in stack" onSubmit={submit}>
      <h1 tabIndex={-1}>Access token</h1>
      <p className="muted">This service asks for a token that may review sessions. It stays in this window only.</p>
      <div className="field">
        <label htmlFor="token">Token</label>
        <input id="token" className="input" type="password" autoComplete="off" value={token} onChange={(event) => setToken(event.target.value)} />
      </div>
      <div>
        <button className="button primary" type="submit">
          Continue
        </button>
      </div>
    </form>
  );
}
