import { defineConfig } from 'vitest/config';

// Packs and installs: needs the package registry, and minutes.
export default defineConfig({
  test: { environment: 'node', include: ['package/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 120_000, fileParallelism: false },
});
