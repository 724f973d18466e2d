import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Alert, ScoreTerm, Session } from '@invigil/client';
import { FakeService, aSession, aStatus, anAlert, pageOf, problem } from '../test/fake-service';

const PAGES = fileURLToPath(new URL('../pages-dist/', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** The strictest policy that the pages must work under; the service sends the same. */
export const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; " +
  "worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the built pages over made-up sessions, for what needs no engine: looks, accessibility, policies. */
export class StandIn extends FakeService {
  sessions: Session[] = [];
  alerts: Alert[] = [];
  streams: ServerResponse[] = [];
  precheck = { ok: true, camera: { state: 'ok', brightness: 120, contrast: 40, sharpness: 20 }, light: 'ok', faces: 1, hints: [] as string[] };

  constructor() {
    super();
    this.on('GET /interview', (_call, response) => file(response, 'interview.html'))
      .on('GET /review', (_call, response) => file(response, 'review.html'))
      .on('POST /api/v1/precheck', () => this.precheck)
      .on('POST /api/v1/session/create', (call) => {
        const session = aSession(`session-${this.sessions.length + 1}`, {
          ...(call.json() as Partial<Session>),
          start_time: new Date().toISOString(),
        });
        this.sessions.unshift(session);
        return session;
      })
      .on('GET /api/v1/sessions', ({ query }) => pageOf(this.sessions.map((session) => this.#current(session)), query))
      .on('GET /api/v1/events', (_call, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': hello\n\n');
        this.streams.push(response);
      });
    this.fallback = (call, response) => {
      if (call.path.startsWith('/assets/')) {
        file(response, call.path.slice(1));
        return undefined;
      }
      const found = /^\/api\/v1\/(session|proctoring\/status|proctoring\/alerts)\/([^/]+)(?:\/(.+))?$/.exec(call.path);
      const session = this.sessions.find(({ session_id }) => session_id === found?.[2]);
      if (!found || !session) {
        problem(response, 404, 'Session not found');
        return undefined;
      }
      return this.#about(session, found[1] as string, found[3] ?? '', call.method, call.json);
    };
  }

  /** Sends an event to every reviewer. */
  announce(event: string, data: unknown): void {
    for (const stream of this.streams) {
      stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }

  #current(session: Session): Session {
    return session.current ? { ...session, current: { ...session.current, open_alerts: this.#open(session) } } : session;
  }

  #open({ session_id }: Session): Alert[] {
    return this.alerts.filter((alert) => alert.alert_id.startsWith(`${session_id}-`) && alert.phase !== 'closed');
  }

  #about(session: Session, what: string, rest: string, method: string, json: () => unknown): unknown {
    const id = session.session_id;
    const mine = this.alerts.filter((alert) => alert.alert_id.startsWith(`${id}-`));
    if (what === 'proctoring/status') {
      const live = session.state === 'active' || session.state === 'paused';
      const unkept = session.current ? { unkept: session.current.unkept } : {};
      return aStatus(id, { open_alerts: this.#open(session), is_active: live, state: session.state, ...unkept });
    }
    if (what === 'proctoring/alerts' && method === 'PATCH') {
      const { review_state, note } = json() as { review_state: Alert['review']['state']; note?: string };
      const alert = this.alerts.find(({ alert_id }) => alert_id === rest) as Alert;
      alert.review = { state: review_state, note: note ?? alert.review.note, by: 'proctor', at: new Date().toISOString() };
      return alert;
    }
    if (what === 'proctoring/alerts') {
      return { session_id: id, alerts: mine, next_cursor: null };
    }
    if (rest === 'end') {
      Object.assign(session, { state: 'ended', status: 'ended', end_time: new Date().toISOString() });
    }
    if (rest === 'score') {
      return session.score;
    }
    return rest === '' ? session : { status: 'success', message: 'Done' };
  }
}

function file(response: ServerResponse, name: string): void {
  response
    .writeHead(200, {
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    })
    .end(readFileSync(join(PAGES, name)));
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** A room full of sessions that all run, of which every tenth has something open. */
export function crowd(service: StandIn, count: number): void {
  service.sessions = Array.from({ length: count }, (_unused, index) =>
    aSession(`c${index + 1}`, { candidate_name: `Candidate ${String(index + 1).padStart(2, '0')}`, start_time: minutesAgo(count - index) }));
  service.alerts = service.sessions.flatMap(({ session_id }, index) =>
    index % 10 === 9 ? [anAlert(`${session_id}-1`, { type: 'no_face', severity: 'medium', timestamp: minutesAgo(1) })] : []);
}

/** A working day's worth of sessions and alerts, to look at. */
export function populate(service: StandIn): void {
  const terms: ScoreTerm[] = [
    { kind: 'multiple_persons', weight: 40, duration_s: 21, share: 0.0117, points: 0.5, alert_ids: ['s1-2'] },
    { kind: 'eyes_looking_away', weight: 10, duration_s: 64, share: 0.0356, points: 0.4, alert_ids: ['s1-1', 's1-4'] },
    { kind: 'tab_switch', weight: 20, duration_s: 12, share: 0.0067, points: 0.1, alert_ids: ['s1-3'] },
  ];
  service.sessions = [
    aSession('s1', { candidate_name: 'Ada Quist', start_time: minutesAgo(30), score: { points: 1, terms } }),
    aSession('s2', { candidate_name: 'Ben Ito', start_time: minutesAgo(12), interview_type: 'system design' }),
    aSession('s3', { candidate_name: 'Carla de la Fuente y Montenegro', start_time: minutesAgo(44), state: 'paused', status: 'paused' }),
    aSession('s4', { candidate_name: 'Dmitri Ek', start_time: minutesAgo(3) }),
    aSession('s5', { candidate_name: 'Eun-ji Park', start_time: minutesAgo(190), end_time: minutesAgo(130), state: 'ended', status: 'ended' }),
  ];
  const at = (start: number, end: number, startedMinutesAgo: number) => ({
    start_s: start,
    end_s: end,
    start_time: new Date(Date.now() - startedMinutesAgo * 60_000 + start * 1_000).toISOString(),
    timestamp: new Date(Date.now() - startedMinutesAgo * 60_000 + (start + 2) * 1_000).toISOString(),
  });
  service.alerts = [
    anAlert('s1-5', { ...at(1_770, 1_800, 30), type: 'no_face', severity: 'high', message: 'Nobody has been in the picture for 3.0 s.' }),
    anAlert('s1-4', { ...at(1_240, 1_275, 30), type: 'eyes_looking_away', severity: 'medium', phase: 'closed', message: 'The head was turned to the right for 4.1 s.', details: { direction: 'image_right', modality: 'head' }, confidence: 0.81 }),
    anAlert('s1-3', { ...at(905, 917, 30), type: 'tab_switch', severity: 'medium', phase: 'closed', message: 'The page was left for 12 s.', review: { state: 'dismissed', note: 'Asked for by the interviewer.', by: 'proctor', at: minutesAgo(2) } }),
    anAlert('s1-2', { ...at(610, 631, 30), phase: 'closed', severity: 'critical', message: 'Two people have been in the picture for 2.0 s.', details: { count: '2', by: 'faces' }, review: { state: 'reviewed', note: '', by: 'proctor', at: minutesAgo(5) } }),
    anAlert('s1-1', { ...at(210, 239, 30), type: 'eyes_looking_away', severity: 'low', phase: 'closed', message: 'The eyes were turned to the left for 3.2 s.' }),
    anAlert('s2-1', { ...at(700, 720, 12), type: 'prohibited_object', severity: 'critical', message: 'A phone was seen in four of five looks.' }),
    anAlert('s3-1', { ...at(90, 99, 44), type: 'black_screen', severity: 'medium', message: 'The camera has been covered for 2.0 s.' }),
  ];
}
