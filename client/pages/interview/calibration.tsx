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
    mutate({ sessionId, ...onScreen(area.current, target), duration_s: TARGET_MS / 1_000 });
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

/** A point of the area as shares of the whole screen, which is what the camera sees the candidate look at. */
function onScreen(area: HTMLElement | null, target: { x: number; y: number }): { x: number; y: number } {
  const box = area?.getBoundingClientRect();
  if (!box || screen.width === 0 || screen.height === 0) {
    return target;
  }
  const frameTop = Math.max(0, window.outerHeight - window.innerHeight);
  const clamp = (share: number) => Math.min(1, Math.max(0, share));
  return {
    x: clamp((window.screenX + box.left + target.x * box.width) / screen.width),
    y: clamp((window.screenY + frameTop + box.top + target.y * box.height) / screen.height),
  };
}
