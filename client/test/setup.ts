import { notifyManager } from '@tanstack/react-query';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

// The query library tells its observers in a timer of no length, which a fake clock would hold back.
notifyManager.setScheduler(queueMicrotask);

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
