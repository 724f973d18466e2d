import type { QueryClient } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, beforeEach, vi } from 'vitest';
import { createQueryClient, QueryProvider, type ClientOptions } from '@invigil/client';
import { FakeService } from './fake-service';

// Taken before any test replaces the clock: the network runs in real time while timers are the test's.
const realSetTimeout = globalThis.setTimeout;
const LONGEST_WAIT_MS = 5_000;

/** Only what code under test waits with; the network's own clock stays real. */
export function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
}

/** Lets the network and React do what is due, without moving the fake clock. */
export function settle(realMs = 30): Promise<void> {
  return act(() => new Promise<void>((resolve) => void realSetTimeout(resolve, realMs)));
}

/** Moves the fake clock and lets the network do what became due. */
export async function advance(ms: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(ms));
  await settle();
}

/** Waits for the network in real time, with the fake clock standing still. */
export async function until(condition: () => boolean, what = condition.toString()): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > LONGEST_WAIT_MS) {
      throw new Error(`still not: ${what}`);
    }
    await settle(5);
  }
}

export interface Bench {
  service: FakeService;
  queryClient: QueryClient;
  options: ClientOptions;
}

/** A fake service and an empty cache for each test of the file. */
export function bench(): Bench {
  const made = { options: {} } as Bench;
  beforeEach(async () => {
    made.service = new FakeService();
    await made.service.start();
    // Tests read results outside of rendering, where the library does not see which fields are of interest.
    made.queryClient = createQueryClient({ defaultOptions: { queries: { notifyOnChangeProps: 'all' } } });
    made.options = { apiUrl: made.service.url };
  });
  afterEach(async () => {
    made.queryClient.clear();
    await made.service.stop();
  });
  return made;
}

export function render<T, P>(at: Bench, hook: (props: P) => T, initialProps?: P, strict = false) {
  const wrapper = ({ children }: { children: ReactNode }) => {
    const tree = (
      <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options}>
        {children}
      </QueryProvider>
    );
    return strict ? <StrictMode>{tree}</StrictMode> : tree;
  };
  return renderHook(hook, { wrapper, ...(initialProps === undefined ? {} : { initialProps }) });
}
