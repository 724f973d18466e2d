import type { TokenSource } from '@invigil/client';

/** Tokens of this window: one to come in with, and one for each session that was created here. */
export class Access {
  readonly #stored: string;
  readonly #storedSession: string;
  readonly #sessions = new Map<string, string>();
  #token: string | null;

  constructor(name: string, reload = () => location.reload()) {
    this.#stored = `invigil.${name}.token`;
    this.#storedSession = `invigil.${name}.session`;
    this.#token = takeFromAddress();
    if (this.#token) {
      this.#store(this.#stored, this.#token);
      // The newer link counts.
      this.#forget(this.#storedSession);
    } else {
      this.#token = this.#read(this.#stored);
      const [sessionId, token] = this.#read(this.#storedSession)?.split('\n') ?? [];
      if (sessionId && token) {
        this.#sessions.set(sessionId, token);
      }
    }
    // Another link to the page that is open already changes the address and loads nothing.
    window.addEventListener('hashchange', () => {
      const token = takeFromAddress();
      if (token) {
        this.#token = token;
        this.#forget(this.#storedSession);
        if (this.#store(this.#stored, token)) {
          reload();
        }
      }
    });
  }

  /** Whether there is a token to come in with, accepted or not. */
  get hasToken(): boolean {
    return this.#token !== null;
  }

  readonly source: TokenSource = ({ sessionId }) => (sessionId && this.#sessions.get(sessionId)) || this.#token;

  /** Takes a token to come in with; tells whether it outlasts a reload. */
  use(token: string): boolean {
    this.#token = token;
    return this.#store(this.#stored, token);
  }

  /** The token of a session that was created here; that of the newest outlasts a reload. */
  bind(sessionId: string, token: string): void {
    this.#sessions.set(sessionId, token);
    this.#store(this.#storedSession, `${sessionId}\n${token}`);
  }

  // Storage is refused in some private windows; the token then lasts as long as the page.
  #read(name: string): string | null {
    try {
      return sessionStorage.getItem(name);
    } catch {
      return null;
    }
  }

  #forget(name: string): void {
    try {
      sessionStorage.removeItem(name);
    } catch {
      // See above.
    }
  }

  #store(name: string, token: string): boolean {
    try {
      sessionStorage.setItem(name, token);
      return true;
    } catch {
      return false; // See above.
    }
  }
}

/** A host may open the page with `#token=...`: a fragment is never sent to a server, and it is taken out of sight at once. */
function takeFromAddress(): string | null {
  const found = /^#token=([^&]+)$/.exec(location.hash);
  if (!found?.[1]) {
    return null;
  }
  history.replaceState(null, '', location.pathname + location.search);
  return decoded(found[1]);
}

/** A part of an address as it was before it was encoded, or as it is where it never was. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
