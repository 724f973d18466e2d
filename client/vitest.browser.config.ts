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
  },
});
