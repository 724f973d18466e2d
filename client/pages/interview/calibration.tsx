import { useCalibration } from '@invigil/client';
import { useEffect, useRef, useState } from 'react';

/** Where the candidate is asked to look, as shares of the screen. */
const TARGETS = [
  { x: 0.5, y: 0.5 },
  { x: 0.08, y: 0.12 },
  { x: 0.92, y: 0.12 },
  { x: 0.92, y: 0.88 },
  { x: 0.08, y: 0.88 },
] as const;
const TARGET_MS = 2_000;

/**
 * Five dots, one after the other. What they teach is where on the screen is "straight ahead" for this person and this
 * chair. Somebody who cannot follow dots skips them and is judged without.
 */
export function Calibration({ sessionId, onDone }: { sessionId: string; onDone: () => void }) {
  const [index, setIndex] = useState(-1);
  const { mutate } = useCalibration();
  const area = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const target = index >= 0 ? TARGETS[index] : undefined;

  useEffect(() => {
    if (!target) {
      return undefined;
    }
    const point = onScreen(area.current, target);
    if (point) {
      mutate({ sessionId, ...point, duration_s: TARGET_MS / 1_000 });
    }
    const timer = setTimeout(() => (index + 1 < TARGETS.length ? setIndex(index + 1) : onDone()), TARGET_MS);
    return () => clearTimeout(timer);
  }, [mutate, sessionId, target, index, onDone]);

  return (
    <section className="calibration" ref={area} aria-labelledby="calibration-title">
      {target ? (
        <span className={`target target-${index}`} aria-hidden="true">
          <span />
        </span>
      ) : null}
      <div className="calibration-text stack" data-running={target !== undefined}>
        <h1 id="calibration-title" ref={title} tabIndex={-1}>
          {target ? 'Look at the dot' : 'One short step: follow the dot'}
        </h1>
        <p className="muted" role="status">
          {target
            ? `Dot ${index + 1} of ${TARGETS.length}`
            : 'A dot appears at five places, two seconds each. Look at it, with your head as it is most comfortable. It helps to tell looking at your screen from looking elsewhere.'}
        </p>
        <div className="row center">
          {target ? null : (
            <button
              className="button primary"
              type="button"
              onClick={() => {
                // The button goes, and would take the focus with it.
                title.current?.focus();
                setIndex(0);
              }}
            >
              Show the dots
            </button>
          )}
          <button className="button" type="button" onClick={onDone}>
            Skip this step
          </button>
        </div>
      </div>
    </section>
  );
}

const MOST_OF_A_BAR = 200;

/**
 * Where a display begins. What is told is where windows may begin on it, which is a little further in where the system has a bar.
 * A second display that begins less than 200 px off the first in one direction, as one that stands a little lower, is still told
 * wrongly in that direction, by as much.
 */
function originOf(avail: number): number {
  return Math.abs(avail) < MOST_OF_A_BAR ? 0 : avail;
}

/**
 * A point of the area as shares of the whole screen, which is what the camera sees the candidate look at; null where it lies on
 * none, as with a window that reaches out of it. A window's place counts from the first display, whichever it is on.
 */
function onScreen(area: HTMLElement | null, target: { x: number; y: number }): { x: number; y: number } | null {
  const box = area?.getBoundingClientRect();
  if (!box || screen.width === 0 || screen.height === 0) {
    return target;
  }
  const frameTop = Math.max(0, window.outerHeight - window.innerHeight);
  const { availLeft = 0, availTop = 0 } = screen as Screen & { availLeft?: number; availTop?: number };
  const x = (window.screenX - originOf(availLeft) + box.left + target.x * box.width) / screen.width;
  const y = (window.screenY - originOf(availTop) + frameTop + box.top + target.y * box.height) / screen.height;
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : null;
}
