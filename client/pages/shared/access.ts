import type { TokenSource } from '@invigil/client';

/** Tokens of this window: one to come in with, and one for each session that was created here. */
export class Access {
  readonly #stored: string;
  readonly #sessions = new Map<string, string>();
  #token: string | null;

  constructor(name: string, reload = () => location.reload()) {
    this.#stored = `invigil.${name}.token`;
    this.#token = takeFromAddress();
    if (this.#token) {
      this.#store(this.#token);
    } else {
      this.#token = this.#read();
    }
    // Another link to the page that is open already changes the address and loads nothing.
    window.addEventListener('hashchange', () => {
      const token = takeFromAddress();
      if (token) {
        this.#token = token;
        if (this.#store(token)) {
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

  use(token: string): void {
    this.#token = token;
    this.#store(token);
  }

  bind(sessionId: string, token: string): void {
    this.#sessions.set(sessionId, token);
  }

  // Storage is refused in some private windows; the token then lasts as long as the page.
  #read(): string | null {
    try {
      return sessionStorage.getItem(this.#stored);
    } catch {
      return null;
    }
  }

  #store(token: string): boolean {
    try {
      sessionStorage.setItem(this.#stored, token);
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
