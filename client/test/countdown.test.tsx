import { act, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Countdown } from '../pages/interview/countdown';
import { ServiceClock, ServiceTime } from '../pages/shared/service-clock';

const session = { start_time: '2026-01-02T09:00:00Z', duration_minutes: 60 };
const at = (time: string) => vi.setSystemTime(new Date(time));
const counting = (time: ServiceClock) => (
  <ServiceTime.Provider value={time}>
    <Countdown session={session} />
  </ServiceTime.Provider>
);
const shown = () => screen.getByRole('timer').textContent;

describe('Countdown', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] }));

  it('should go on where it was when the page is opened again', () => {
    at('2026-01-02T09:10:00Z');
    const first = render(counting(new ServiceClock()));
    expect(shown()).toBe('50:00');
    act(() => void vi.advanceTimersByTime(60_000));
    expect(shown()).toBe('49:00');
    first.unmount();
    render(counting(new ServiceClock()));
    expect(shown()).toBe('49:00');
  });

  it('should go by the service\'s clock where the computer\'s is another, and is set meanwhile', () => {
    at('2026-01-02T07:00:00Z');
    const time = new ServiceClock();
    render(counting(time));
    // Of two answers the one that was under way for less long tells more.
    time.note('2026-01-02T09:19:57Z');
    time.note('2026-01-02T09:20:00Z');
    time.note('2026-01-02T09:19:58Z');
    act(() => void vi.advanceTimersByTime(1_000));
    expect(shown()).toBe('39:59');
    at('2026-01-02T12:00:00Z');
    act(() => void vi.advanceTimersByTime(1_000));
    expect(shown()).toBe('39:58');
  });

  it('should count what is over the planned time, and never more than what is planned', () => {
    at('2026-01-02T10:05:00Z');
    const late = render(counting(new ServiceClock()));
    expect(shown()).toBe('05:00');
    expect(screen.getByText('over the planned time')).toBeTruthy();
    late.unmount();
    at('2026-01-02T08:00:00Z');
    render(counting(new ServiceClock()));
    expect(shown()).toBe('1:00:00');
  });

  it('should go by the times at which the service answers calls, the latest of one second', async () => {
    at('2026-01-02T07:00:00Z');
    const time = new ServiceClock();
    const answered = ['Fri, 02 Jan 2026 09:20:00 GMT', 'Fri, 02 Jan 2026 09:20:00 GMT', null];
    vi.stubGlobal('fetch', () => Promise.resolve({ headers: new Headers(answered[0] ? { Date: answered.shift() as string } : {}) }));
    await time.fetch('/');
    vi.advanceTimersByTime(900);
    await time.fetch('/');
    await time.fetch('/');
    vi.unstubAllGlobals();
    expect(time.now()).toBe(Date.parse('2026-01-02T09:20:00.900Z'));
  });

  it('should not be put out by an answer without a time', () => {
    at('2026-01-02T09:10:00Z');
    const time = new ServiceClock();
    time.note('soon');
    expect(time.now()).toBe(Date.parse('2026-01-02T09:10:00Z'));
  });
});
