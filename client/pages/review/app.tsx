import { ApiError, useLiveEvents, useLiveSessions } from '@invigil/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Access } from '../shared/access';
import { Brand } from '../shared/icons';
import { ThemeToggle } from '../shared/theme';
import { address, useRoute } from './route';
import { SessionView } from './session-view';
import { Wall } from './wall';

export function ReviewApp({ access, reload = () => location.reload() }: { access: Access; reload?: () => void }) {
  const [visit, setVisit] = useState(0);
  const queryClient = useQueryClient();
  // The stream and every cached answer must be asked for anew, in this page where a new one would not have the token.
  const enter = (token: string) => {
    if (access.use(token)) {
      reload();
    } else {
      queryClient.clear();
      setVisit(visit + 1);
    }
  };
  return <Review key={visit} access={access} onToken={enter} />;
}

function Review({ access, onToken }: { access: Access; onToken: (token: string) => void }) {
  const route = useRoute();
  // A wall may be left alone all night, so it never gives up.
  const live = useLiveEvents({ maxAttempts: Infinity });
  // Asked for here, once for the whole page: it also tells whether the token is good, whatever is on the screen.
  const sessions = useLiveSessions();
  const refusal = sessions.error instanceof ApiError && sessions.error.isUnauthorized ? sessions.error : null;
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    (main.current?.querySelector<HTMLElement>('h1') ?? main.current)?.focus();
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
        {refusal ? (
          <SignIn
            problem={!access.hasToken ? null : refusal.status === 403 ? 'This token may not review sessions. Please use one that may.' : 'This token is not accepted. It may be mistyped or no longer valid.'}
            onToken={onToken}
          />
        ) : route.sessionId ? (
          <SessionView key={route.sessionId} sessionId={route.sessionId} alertId={route.alertId} />
        ) : (
          <Wall sessions={sessions} />
        )}
      </main>
    </>
  );
}

interface SignInProps {
  /** What is wrong with the token that is there. */
  problem: string | null;
  onToken: (token: string) => void;
}

function SignIn({ problem, onToken }: SignInProps) {
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
        <input
          id="token"
          className="input"
          type="password"
          autoComplete="off"
          aria-invalid={problem !== null}
          aria-describedby={problem ? 'token-problem' : undefined}
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        {problem ? (
          <p className="field-error" id="token-problem" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <div>
        <button className="button primary" type="submit">
          Continue
        </button>
      </div>
    </form>
  );
}
