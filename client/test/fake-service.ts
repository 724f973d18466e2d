import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Alert, ProctoringStatus, Session, SessionList } from '@invigil/client';

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Buffer;
  json: () => unknown;
  /** Whether the client went away before the answer. */
  aborted: boolean;
}

export type Handler = (call: Call, response: ServerResponse) => unknown;

export interface Connection {
  socket: WebSocket;
  sessionId: string;
  protocols: string;
  query: URLSearchParams;
  received: (string | Buffer)[];
}

/** A real HTTP and WebSocket server on a port of its own, whose answers a test decides. */
export class FakeService {
  readonly calls: Call[] = [];
  readonly connections: Connection[] = [];
  /** Every handshake asked for, refused ones too. */
  handshakes = 0;
  /** A status to refuse handshakes with. */
  refuseWith: number | null = null;
  /** Whether handshakes are left without any answer. */
  swallows = false;
  /** Answers calls that no route is set for. */
  fallback: Handler = (_call, response) => problem(response, 404, 'Not Found');
  readonly #handlers = new Map<string, Handler>();
  readonly #swallowed: Duplex[] = [];
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, handleProtocols: (protocols) => [...protocols][0] ?? false });

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on('upgrade', (request, socket, head) => {
      this.handshakes++;
      const url = new URL(request.url ?? '/', 'http://fake');
      if (this.swallows) {
        this.#swallowed.push(socket);
        return;
      }
      if (this.refuseWith !== null) {
        socket.end(`HTTP/1.1 ${this.refuseWith} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const connection: Connection = {
          socket: webSocket,
          sessionId: decodeURIComponent(url.pathname.slice('/ws/'.length)),
          protocols: request.headers['sec-websocket-protocol'] ?? '',
          query: url.searchParams,
          received: [],
        };
        webSocket.on('message', (data, isBinary) => connection.received.push(isBinary ? (data as Buffer) : String(data)));
        webSocket.on('error', () => {});
        this.connections.push(connection);
      });
    });
  }

  /** Listens on any free port, or on one that another was stopped on. */
  start(port = 0): Promise<void> {
    return new Promise((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.connections.forEach(({ socket }) => socket.terminate());
    this.#swallowed.forEach((socket) => socket.destroy());
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Answers a call with JSON: a value for 200, or a handler that may write the answer itself. */
  on(route: string, answer: Handler): this {
    this.#handlers.set(route, answer);
    return this;
  }

  /** What answers a call at the moment, to put it back later. */
  route(route: string): Handler {
    return this.#handlers.get(route) ?? this.fallback;
  }

  count(route: string): number {
    return this.calls.filter((call) => `${call.method} ${call.path}` === route).length;
  }

  last(route: string): Call {
    const found = this.calls.filter((call) => `${call.method} ${call.path}` === route).at(-1);
    if (!found) {
      throw new Error(`no call of ${route}; there were ${this.calls.map((call) => `${call.method} ${call.path}`).join(', ')}`);
    }
    return found;
  }

  get connection(): Connection {
    const connection = this.connections.at(-1);
    if (!connection) {
      throw new Error('nobody connected');
    }
    return connection;
  }

  push(message: unknown): void {
    this.connection.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const body = Buffer.concat(chunks);
    const call: Call = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      json: () => JSON.parse(body.toString()) as unknown,
      aborted: false,
    };
    this.calls.push(call);
    response.on('close', () => {
      call.aborted = !response.writableFinished;
    });
    const handler = this.#handlers.get(`${call.method} ${call.path}`) ?? this.fallback;
    const value = await handler(call, response);
    if (value !== undefined && !response.headersSent) {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    }
  }
}

export function problem(response: ServerResponse, status: number, detail: unknown): void {
  response
    .writeHead(status, { 'Content-Type': 'application/problem+json' })
    .end(JSON.stringify({ type: 'about:blank', title: 'Refused', status, detail, instance: '/' }));
}

/** A promise that a test settles when it likes. */
export function gate<T = void>(): { promise: Promise<T>; open: (value: T) => void } {
  let open!: (value: T) => void;
  const promise = new Promise<T>((resolve) => (open = resolve));
  return { promise, open };
}

export function anAlert(id: string, changes: Partial<Alert> = {}): Alert {
  return {
    alert_id: id,
    type: 'multiple_persons',
    severity: 'high',
    message: 'Two people are in the picture.',
    timestamp: '2026-01-02T10:00:00Z',
    requires_attention: true,
    phase: 'open',
    start_time: '2026-01-02T09:59:58Z',
    end_time: '2026-01-02T10:00:00Z',
    start_s: 58,
    end_s: 60,
    confidence: 0.9,
    details: {},
    evidence_url: null,
    review: { state: 'open', note: '', by: null, at: null },
    ...changes,
  };
}

const FRAMES = { offered: 0, analysed: 0, sampled_out: 0, superseded: 0, rejected: 0, failed: 0, in_flight: 0 };

export const KEPT = { failing: false, waiting: 0, lost_events: 0, lost_trace_points: 0, lost_pictures: 0 };

export function aSession(id: string, changes: Partial<Session> = {}): Session {
  const over = changes.state === 'ended' || changes.state === 'expired';
  return {
    ...(over ? {} : { current: { connected: true, open_alerts: [], unkept: KEPT } }),
    session_id: id,
    candidate_name: 'Ada',
    interview_type: 'technical',
    start_time: '2026-01-02T09:59:00Z',
    status: 'active',
    state: 'active',
    duration_minutes: 60,
    end_time: null,
    policy: 'interview',
    accommodations: [],
    keep_evidence: false,
    metadata: {},
    frames: FRAMES,
    score: { points: 0, terms: [] },
    ...changes,
  };
}

/** A page of sessions as the service cuts it: those of one state where one is asked for, 50 unless told, after the cursor. */
export function pageOf(sessions: readonly Session[], query: URLSearchParams): SessionList {
  const state = query.get('state');
  const found = sessions.filter((session) => !state || session.state === state);
  const begin = Number(query.get('cursor') ?? 0);
  const end = begin + Number(query.get('limit') ?? 50);
  return { sessions: found.slice(begin, end), next_cursor: end < found.length ? String(end) : null };
}

export function aStatus(id: string, changes: Partial<ProctoringStatus> = {}): ProctoringStatus {
  return {
    session_id: id,
    is_active: true,
    alerts: [],
    current_violations: [],
    state: 'active',
    connected: true,
    attention: { answer: 'not_away', doubt: null, direction: 'center', modality: 'none', confidence: 1 },
    camera: { state: 'ok', brightness: 120, contrast: 40, sharpness: 20 },
    load: 0,
    shedding: 'none',
    frames: FRAMES,
    open_alerts: [],
    score: { points: 0, terms: [] },
    unkept: KEPT,
    ...changes,
  };
}

export function aResult(sessionId: string, alerts: Alert[] = [], updates: Alert[] = [], load = 0) {
  return {
    type: 'proctoring_result',
    session_id: sessionId,
    data: {
      timestamp: '2026-01-02T10:00:00Z',
      session_id: sessionId,
      violations: [],
      alerts,
      face_detection: {},
      eye_tracking: {},
      object_detection: {},
      status: 'ok',
      frame_processed: true,
      frame_index: 0,
      load,
      alert_updates: updates,
    },
  };
}
