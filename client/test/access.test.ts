import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Access } from '../pages/shared/access';

describe('a link with a token', () => {
  /** Ends what a page listened to. */
  let left: AbortController;
  beforeEach(() => {
    left = new AbortController();
    const { signal } = left;
    const add = window.addEventListener.bind(window);
    vi.spyOn(window, 'addEventListener').mockImplementation((type: string, listener: EventListenerOrEventListenerObject | null, options) =>
      add(type, listener as EventListener, { ...(options as AddEventListenerOptions), signal }));
    sessionStorage.clear();
    history.replaceState(null, '', '/interview?session=s1');
  });
  afterEach(() => left.abort());
  /** As when a link is opened in the window that shows the page already. */
  const follow = (hash: string) => {
    const changed = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
    location.hash = hash;
    return changed;
  };

  it('should be taken in an open page too, out of the address, and load the page anew', async () => {
    const reload = vi.fn();
    const access = new Access('test', reload);
    expect(access.hasToken).toBe(false);
    await follow('#token=n%C3%A9w');
    expect(access.source({})).toBe('néw');
    expect(location.href).toMatch(/\/interview\?session=s1$/);
    expect(reload).toHaveBeenCalledOnce();
    expect(new Access('test').source({})).toBe('néw');
    await follow('#/session/s1');
    expect(reload).toHaveBeenCalledOnce();
    expect(location.hash).toBe('#/session/s1');
  });

  it('should count for more than the token of a session that was created here before, which outlasts a reload', () => {
    new Access('test').bind('s1', 'of-s1');
    expect(new Access('test').source({ sessionId: 's1' })).toBe('of-s1');
    expect(new Access('test').source({ sessionId: 's2' })).toBeNull();
    history.replaceState(null, '', '/interview?session=s1#token=newer');
    expect(new Access('test').source({ sessionId: 's1' })).toBe('newer');
    expect(new Access('test').source({ sessionId: 's1' })).toBe('newer');
    expect(Object.keys(sessionStorage)).toEqual(['invigil.test.token']);
  });

  it('should not load the page anew where that would lose the token', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const reload = vi.fn();
    const access = new Access('test', reload);
    await follow('#token=new');
    expect(access.source({})).toBe('new');
    expect(reload).not.toHaveBeenCalled();
  });
});
