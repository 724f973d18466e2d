import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests in a real browser. They run one file at a time: each starts a Chromium.
export default defineConfig({
  resolve: {
    alias: [{ find: /^@invigil\/client$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) }],
  },
  test: {
    environment: 'node',
    include: ['browser/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // No test asks how long something takes: what is waited for has all the time that a busy machine may need.
    expect: { poll: { timeout: 30_000, interval: 100 } },
  },
});
