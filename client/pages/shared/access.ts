import type { TokenSource } from '@invigil/client';

/** Tokens of this window: one to come in with, and one for each session that was created here. */
export class Access {
  readonly #stored: string;
  readonly #sessions = new Map<string, string>();
  #token: string | null;

  constructor(name: string) {
    this.#stored = `invigil.${name}.token`;
    this.#token = takeFromAddress() ?? sessionStorage.getItem(this.#stored);
    if (this.#token) {
      sessionStorage.setItem(this.#stored, this.#token);
    }
  }

  readonly source: TokenSource = ({ sessionId }) => (sessionId && this.#sessions.get(sessionId)) || this.#token;

  use(token: string): void {
    this.#token = token;
    sessionStorage.setItem(this.#stored, token);
  }

  bind(sessionId: string, token: string): void {
    this.#sessions.set(sessionId, token);
  }
}

/** A host may open the page with `#token=...`: a fragment is never sent to a server, and it is taken out of sight at once. */
function takeFromAddress(): string | null {
  const found = /^#token=([^&]+)$/.exec(location.hash);
  if (!found?.[1]) {
    return null;
  }
  history.replaceState(null, '', location.pathname + location.search);
  return decodeURIComponent(found[1]);
}
