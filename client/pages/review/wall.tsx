import { useSessions, type Alert, type Session, type useLiveSessions } from '@invigil/client';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { clock, dateAndTime, hourAndMinute, kindName } from '../shared/format';
import { AlertIcon } from '../shared/icons';
import { useServiceNow } from '../shared/service-clock';
import { address } from './route';

type Show = 'live' | 'over';

const MOST_SHOWN = 3;
const FINISHED_SHOWN = 200;
/** How long cards stay where they are after the last move in the list: a hand may rest there all day. */
const HELD_MS = 5_000;
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

interface WallProps {
  sessions: ReturnType<typeof useLiveSessions>;
}

/** Every live session as a card: who, since when, and what is open just now. And the newest of those that are over. */
export function Wall({ sessions: live }: WallProps) {
  const [show, setShow] = useState<Show>('live');
  const [name, setName] = useState('');
  const over = useFinished(show === 'over');
  const sessions = show === 'live' ? live : over;
  const list = useRef<HTMLUListElement>(null);
  const shown = (sessions.data ?? []).filter((session) =>
    session.candidate_name.toLowerCase().includes(name.trim().toLowerCase()));
  const sorted = show === 'live' ? attentionFirst(shown) : shown;
  const wanted = useSettledOrder(sorted, list);
  const isNobodyFound = shown.length === 0 && (sessions.data?.length ?? 0) > 0;
  const isInOrder = wanted.every((session, index) => session === sorted[index]);
  const needing = live.data?.filter((session) => worstOf(session)).length ?? 0;
  const unsaved = live.data?.filter((session) => session.current?.unkept.failing).length ?? 0;

  return (
    <div className="page stack">
      <div className="page-head">
        <h1 tabIndex={-1}>Sessions</h1>
        <div className="row">
          <div className="segments" role="group" aria-label="Which sessions">
            <button type="button" aria-pressed={show === 'live'} onClick={() => setShow('live')}>
              Live <span className="numbers">{live.data?.length}</span>
            </button>
            <button type="button" aria-pressed={show === 'over'} onClick={() => setShow('over')}>
              Finished
            </button>
          </div>
          <input
            className="input compact search"
            type="search"
            placeholder="Find a candidate"
            aria-label="Find a candidate"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
      </div>

      {sessions.isError ? (
        <p className="notice bad" role="alert">
          <AlertIcon />
          The sessions cannot be loaded at the moment. This is tried again by itself.
        </p>
      ) : null}
      {unsaved > 0 ? (
        <p className="notice warm" role="status">
          <AlertIcon />
          {unsaved === 1 ? 'One session' : `${unsaved} sessions`} cannot be saved at the moment. This is tried again by itself.
        </p>
      ) : null}
      {sessions.isPending ? (
        <p className="row muted">
          <span className="spinner" aria-hidden="true" /> Loading sessions…
        </p>
      ) : null}
      {sessions.isSuccess && wanted.length === 0 ? (
        <div className="empty card">
          <h2>{isNobodyFound ? 'No session was found' : show === 'live' ? 'No session is running' : 'No session has finished yet'}</h2>
          <p className="muted">
            {isNobodyFound ? 'Nobody of that name is here.' : 'Sessions appear here by themselves as soon as candidates start them.'}
          </p>
        </div>
      ) : null}

      {show === 'live' && live.data?.length ? (
        <p className="muted small" role="status" data-testid="needing">
          {needing === 0
            ? 'Nothing is open in any session.'
            : `${needing} of ${live.data.length} ${live.data.length === 1 ? 'session has' : 'sessions have'} something open; ${
                isInOrder ? 'they come first.' : 'the list is put in order once it is left alone.'
              }`}
        </p>
      ) : null}
      {show === 'over' && over.hasOlder ? <p className="muted small">These are the newest {FINISHED_SHOWN}; there are older ones.</p> : null}
      <ul ref={list} className="wall" aria-label={show === 'live' ? 'Live sessions' : 'Finished sessions'}>
        {wanted.map((session) => (
          <SessionCard key={session.session_id} session={session} />
        ))}
      </ul>
    </div>
  );
}

/** The newest sessions that are over, asked for while they are looked at. */
function useFinished(enabled: boolean) {
  const ended = useSessions({ state: 'ended', limit: FINISHED_SHOWN }, enabled);
  const expired = useSessions({ state: 'expired', limit: FINISHED_SHOWN }, enabled);
  const all =
    ended.data && expired.data
      ? [...ended.data.sessions, ...expired.data.sessions].sort((a, b) => Date.parse(b.start_time) - Date.parse(a.start_time))
      : undefined;
  return {
    data: all?.slice(0, FINISHED_SHOWN),
    hasOlder: Boolean(ended.data?.next_cursor ?? expired.data?.next_cursor) || (all?.length ?? 0) > FINISHED_SHOWN,
    isPending: ended.isPending || expired.isPending,
    isError: ended.isError || expired.isError,
    isSuccess: ended.isSuccess && expired.isSuccess,
  };
}

export function isLive(session: Pick<Session, 'state'>): boolean {
  return session.state === 'active' || session.state === 'paused';
}

/** Those with something open first, the gravest before the rest; otherwise as they came. */
function attentionFirst(sessions: Session[]): Session[] {
  const rank = (session: Session) => {
    const severity = worstOf(session);
    return severity ? SEVERITIES.indexOf(severity) : SEVERITIES.length;
  };
  return [...sessions].sort((a, b) => rank(a) - rank(b));
}

/**
 * Keeps the order that is on the screen while somebody moves in the list, by pointer or keyboard, and for a few seconds more
 * while they stay in it: a card that moves away under the hand is worse than one in the wrong place. New sessions go to the
 * end meanwhile.
 */
function useSettledOrder(sessions: Session[], list: RefObject<HTMLElement | null>): Session[] {
  const wanted = sessions.map(({ session_id }) => session_id).join('\n');
  const [order, setOrder] = useState('');
  const isMoving = useRef(false);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      clearTimeout(timer);
      isMoving.current = true;
      timer = setTimeout(() => (isMoving.current = false), HELD_MS);
    };
    for (const type of ['pointermove', 'keydown', 'focusin']) {
      list.current?.addEventListener(type, moved, { signal: stop.signal });
    }
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [list]);
  useEffect(() => {
    const settle = () => {
      const isIn = list.current?.matches(':hover') || list.current?.contains(document.activeElement);
      if (!isIn || !isMoving.current) {
        setOrder(wanted);
      }
    };
    settle();
    const timer = setInterval(settle, 1_000);
    return () => clearInterval(timer);
  }, [list, wanted]);
  const place = new Map(order.split('\n').map((id, index) => [id, index]));
  return [...sessions].sort((a, b) => (place.get(a.session_id) ?? Infinity) - (place.get(b.session_id) ?? Infinity) || 0);
}

function SessionCard({ session }: { session: Session }) {
  const live = isLive(session);
  const open = session.current?.open_alerts ?? [];
  return (
    <li className="card session-card" data-severity={worstOf(session)}>
      <a className="session-link" href={address(session.session_id)}>
        <span className="session-name">{session.candidate_name}</span>
      </a>
      <p className="muted small">
        {session.interview_type} · {live ? `since ${hourAndMinute(session.start_time)}` : dateAndTime(session.start_time)}
      </p>
      <div className="row tight-row">
        <StatePill session={session} connected={session.current?.connected} />
        {live ? <Elapsed session={session} /> : null}
      </div>
      {live ? (
        <ul className="open-alerts" aria-label="Open now">
          {open.length === 0 ? (
            <li className="muted small">Nothing open</li>
          ) : (
            open.slice(0, MOST_SHOWN).map((alert) => (
              <li key={alert.alert_id} className="small">
                <SeverityMark severity={alert.severity} /> {kindName(alert.type)}
              </li>
            ))
          )}
          {open.length > MOST_SHOWN ? <li className="muted small">and {open.length - MOST_SHOWN} more</li> : null}
        </ul>
      ) : (
        <p className="small muted">
          Score <span className="numbers">{session.score.points.toFixed(1)}</span>
        </p>
      )}
    </li>
  );
}

const STATES = {
  active: { text: 'Running', tone: 'good' },
  paused: { text: 'Paused', tone: 'warm' },
  ended: { text: 'Ended', tone: '' },
  expired: { text: 'Expired', tone: '' },
} as const;

export function StatePill({ session, connected }: { session: Pick<Session, 'state'>; connected?: boolean | undefined }) {
  const offline = session.state === 'active' && connected === false;
  const { text, tone } = offline ? { text: 'Not connected', tone: 'warm' } : STATES[session.state];
  return (
    <span className={`pill ${tone}`}>
      <span className="dot" aria-hidden="true" />
      {text}
    </span>
  );
}

function Elapsed({ session }: { session: Session }) {
  return <span className="numbers small muted">{clock((useServiceNow() - Date.parse(session.start_time)) / 1_000)}</span>;
}

function worstOf({ current }: Session): Alert['severity'] | undefined {
  return SEVERITIES.find((severity) => current?.open_alerts.some((alert) => alert.severity === severity));
}

/** Colour and word: neither alone. */
export function SeverityMark({ severity }: { severity: Alert['severity'] }) {
  return <span className={`severity ${severity}`}>{severity}</span>;
}
