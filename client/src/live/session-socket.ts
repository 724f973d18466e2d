import { backoffDelayMs, type BackoffOptions } from './backoff.js';

/**
 * - `idle`: not asked to connect yet, or disposed of
 * - `connecting`: a dial is under way
 * - `open`: frames can be sent
 * - `waiting`: the connection was lost; another try is due
 * - `closed`: closed by its own side
 * - `ended`: the session is over, no try will follow
 * - `refused`: the service does not accept the token for this session
 * - `replaced`: another page took the session over
 * - `exhausted`: every allowed try failed
 */
export type SocketPhase = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed' | 'ended' | 'refused' | 'replaced' | 'exhausted';

export interface SocketState {
  readonly phase: SocketPhase;
  /** Tries since the last lasting connection. */
  readonly attempt: number;
}

/** What a look at the session over HTTP told; a browser hides why a handshake was refused. */
export type SessionCheck = 'alive' | 'ended' | 'refused' | 'unreachable';

/** Why a frame was not sent: no connection, or the network has not taken the earlier ones yet. */
export type SendResult = 'sent' | 'not_open' | 'buffer_full';

export interface SessionSocketOptions extends BackoffOptions {
  address: () => Promise<{ url: string; protocols: string[] }>;
  checkSession: (signal: AbortSignal) => Promise<SessionCheck>;
  onState: (state: SocketState) => void;
  onOpen: () => void;
  onClose: (event: { code: number; reason: string; willRetry: boolean }) => void;
  onText: (text: string) => void;
  onError: (error: Error) => void;
  /** With more bytes than this waiting in the socket, frames are skipped. Default 262 144. */
  maxBufferedBytes?: number | undefined;
  /** How often a ping is sent, in milliseconds; without a word for two of these the connection counts as lost. 0 for never. Default 15 000. */
  heartbeatMs?: number | undefined;
  /** A connection that lasted this long forgets earlier failures, in milliseconds. Default 5000. */
  stableAfterMs?: number | undefined;
}

/** A network that swallows what is sent lets a browser dial for minutes. */
const DIAL_MS = 15_000;

/** The service closes a socket for good with this: its session is over, or another page has taken the session. */
const CLOSE_NORMAL = 1000;

/** One session's WebSocket with its reconnecting, free of any framework. Not reusable after {@link SessionSocket.close}, except by {@link SessionSocket.reconnect}. */
export class SessionSocket {
  readonly #options: SessionSocketOptions;
  #socket: WebSocket | null = null;
  #state: SocketState = { phase: 'idle', attempt: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dialling: ReturnType<typeof setTimeout> | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #stable: ReturnType<typeof setTimeout> | undefined;
  #check: AbortController | null = null;
  /** Counts dials, so that what an abandoned dial still answers is ignored. */
  #generation = 0;
  #heardSincePing = true;

  constructor(options: SessionSocketOptions) {
    this.#options = options;
  }

  get state(): SocketState {
    return this.#state;
  }

  /** Dials at the end of the current task: a mount that is undone at once, as StrictMode's first one, never reaches the network. */
  connect(): void {
    if (this.#state.phase !== 'idle') {
      return;
    }
    this.#enter('connecting', 0);
    this.#timer = setTimeout(() => void this.#dial(), 0);
    this.#listen(true);
  }

  /** Drops what there is and dials again at once, with all tries ahead; also after {@link close}. */
  reconnect(): void {
    this.#abandon(1000, 'reconnect');
    this.#enter('connecting', 0);
    this.#listen(true);
    void this.#dial();
  }

  /** Closes for good; no try follows. */
  close(): void {
    const wasOver = this.#isOver();
    this.#abandon(1000, 'closed by the page');
    this.#listen(false);
    if (!wasOver) {
      this.#enter('closed', 0);
    }
  }

  /** Told by the service that the session is over. */
  end(): void {
    this.#abandon(1000, 'session ended');
    this.#listen(false);
    this.#enter('ended', 0);
  }

  sendText(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) {
      return false;
    }
    this.#socket.send(text);
    return true;
  }

  sendFrame(jpeg: Blob | ArrayBuffer): SendResult {
    const socket = this.#socket;
    if (socket?.readyState !== OPEN) {
      return 'not_open';
    }
    if (socket.bufferedAmount > (this.#options.maxBufferedBytes ?? 262_144)) {
      return 'buffer_full';
    }
    socket.send(jpeg);
    return 'sent';
  }

  async #dial(): Promise<void> {
    const generation = ++this.#generation;
    let socket: WebSocket;
    try {
      const { url, protocols } = await this.#options.address();
      if (generation !== this.#generation) {
        return;
      }
      socket = new WebSocket(url, protocols);
    } catch (error) {
      if (generation === this.#generation) {
        this.#options.onError(error instanceof Error ? error : new Error(String(error)));
        this.#retry();
      }
      return;
    }
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#dialling = setTimeout(() => this.#giveUp('the dial was not answered'), DIAL_MS);
    socket.onopen = () => this.#opened();
    socket.onmessage = (event: MessageEvent) => {
      this.#heardSincePing = true;
      if (typeof event.data === 'string') {
        this.#options.onText(event.data);
      }
    };
    socket.onerror = () => this.#options.onError(new Error('The WebSocket reported an error; the browser does not tell which'));
    socket.onclose = (event: CloseEvent) => this.#lost(event.code, event.reason);
  }

  #opened(): void {
    clearTimeout(this.#dialling);
    this.#enter('open', this.#state.attempt);
    this.#heardSincePing = true;
    const heartbeatMs = this.#options.heartbeatMs ?? 15_000;
    if (heartbeatMs > 0) {
      this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    }
    this.#stable = setTimeout(() => this.#enter('open', 0), this.#options.stableAfterMs ?? 5_000);
    this.#options.onOpen();
  }

  #beat(): void {
    if (this.#heardSincePing) {
      this.#heardSincePing = false;
      this.sendText('{"type":"ping"}');
      return;
    }
    // A half-open connection may take minutes to fail by itself.
    this.#giveUp('no answer to a ping');
  }

  #giveUp(reason: string): void {
    this.#abandon(4408, reason);
    this.#options.onClose({ code: 4408, reason, willRetry: this.#hasTriesLeft() });
    this.#retry();
  }

  #lost(code: number, reason: string): void {
    this.#release();
    const isForGood = code === CLOSE_NORMAL;
    this.#options.onClose({ code, reason, willRetry: !isForGood && this.#hasTriesLeft() });
    if (!isForGood) {
      this.#retry();
    } else {
      void this.#tellEndFromTakeOver();
    }
  }

  /** Two pages that each dialled again would take a session from one another for ever. */
  async #tellEndFromTakeOver(): Promise<void> {
    this.#enter('waiting', this.#state.attempt);
    const found = await this.#look();
    if (found === 'unreachable') {
      this.#retry();
    } else if (found !== null) {
      this.#listen(false);
      this.#enter(found === 'alive' ? 'replaced' : found, 0);
    }
  }

  #hasTriesLeft(): boolean {
    return this.#state.attempt < (this.#options.maxAttempts ?? 10);
  }

  #retry(): void {
    if (!this.#hasTriesLeft()) {
      this.#enter('exhausted', this.#state.attempt);
      return;
    }
    const attempt = this.#state.attempt + 1;
    this.#enter('waiting', attempt);
    this.#timer = setTimeout(() => void this.#checkThenDial(), backoffDelayMs(attempt, this.#options));
  }

  /** What became of the session, or `null` when the question is no longer of interest. */
  async #look(): Promise<SessionCheck | null> {
    const generation = ++this.#generation;
    this.#check = new AbortController();
    const found = await this.#options.checkSession(this.#check.signal);
    return generation === this.#generation ? found : null;
  }

  async #checkThenDial(): Promise<void> {
    const found = await this.#look();
    if (found === null) {
      return;
    }
    switch (found) {
      case 'alive':
        this.#enter('connecting', this.#state.attempt);
        void this.#dial();
        break;
      case 'unreachable':
        this.#retry();
        break;
      default:
        this.#listen(false);
        this.#enter(found, 0);
    }
  }

  readonly #online = () => {
    if (this.#state.phase === 'waiting' || this.#state.phase === 'exhausted') {
      clearTimeout(this.#timer);
      this.#enter('waiting', 1);
      void this.#checkThenDial();
    }
  };

  #listen(on: boolean): void {
    if (typeof window !== 'undefined') {
      window.removeEventListener('online', this.#online);
      if (on) {
        window.addEventListener('online', this.#online);
      }
    }
  }

  #isOver(): boolean {
    return ['ended', 'refused', 'replaced'].includes(this.#state.phase);
  }

  /** Forgets the current connection and everything that waits; nothing of it is heard any more. */
  #abandon(code: number, reason: string): void {
    this.#generation++;
    clearTimeout(this.#timer);
    this.#check?.abort();
    const socket = this.#socket;
    this.#release();
    if (socket) {
      socket.close(code, reason);
    }
  }

  #release(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#stable);
    clearTimeout(this.#dialling);
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onmessage = this.#socket.onerror = this.#socket.onclose = null;
      this.#socket = null;
    }
  }

  #enter(phase: SocketPhase, attempt: number): void {
    if (phase !== this.#state.phase || attempt !== this.#state.attempt) {
      this.#state = { phase, attempt };
      this.#options.onState(this.#state);
    }
  }
}

const OPEN = 1;
