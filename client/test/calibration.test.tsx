import { fireEvent, render, screen as shown } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QueryProvider } from '@invigil/client';
import { Calibration } from '../pages/interview/calibration';
import { advance, bench, useFakeTimers } from './harness';

const at = bench();

describe('the calibration', () => {
  beforeEach(useFakeTimers);
  afterEach(() => vi.unstubAllGlobals());

  /** What is told of the five dots for a window that fills its display, but for the frame of the browser at its top. */
  async function told(display: { width: number; height: number; availLeft?: number; availTop?: number }, left: number, top: number) {
    at.service.on('POST /api/v1/session/s1/calibration', () => ({ status: 'success', message: 'Done' }));
    vi.stubGlobal('screen', display);
    vi.stubGlobal('screenX', left);
    vi.stubGlobal('screenY', top);
    vi.stubGlobal('outerHeight', display.height);
    vi.stubGlobal('innerHeight', display.height - 80);
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, display.width, display.height - 80));
    const onDone = vi.fn();
    render(
      <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options}>
        <Calibration sessionId="s1" onDone={onDone} />
      </QueryProvider>,
    );
    fireEvent.click(shown.getByRole('button', { name: 'Show the dots' }));
    for (let dots = 0; dots < 5; dots++) {
      await advance(2_000);
    }
    expect(onDone).toHaveBeenCalledOnce();
    return at.service.calls.map(({ json }) => {
      const { x, y } = json() as { x: number; y: number };
      return [Number(x.toFixed(2)), Number(y.toFixed(2))];
    });
  }
  const DOTS = [[0.5, 0.54], [0.08, 0.19], [0.92, 0.19], [0.92, 0.89], [0.08, 0.89]];

  it('should tell where the dots are on the display that shows them', async () => {
    expect(await told({ width: 1_000, height: 1_000 }, 0, 0)).toEqual(DOTS);
  });

  it('should not take the system\'s bar at the edge of the first display for another', async () => {
    expect(await told({ width: 1_000, height: 1_000, availLeft: 60, availTop: 25 }, 0, 0)).toEqual(DOTS);
  });

  it('should tell where they are on a display beside and above the first', async () => {
    expect(await told({ width: 1_000, height: 1_000, availLeft: -1_000, availTop: -500 }, -1_000, -500)).toEqual(DOTS);
  });

  it('should tell nothing of a dot that is not on the display', async () => {
    expect(await told({ width: 1_000, height: 1_000, availLeft: 0, availTop: 0 }, 300, 0)).toEqual([[0.8, 0.54], [0.38, 0.19], [0.38, 0.89]]);
  });
});
