import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// With REACT=18 the same tests run on React 18, installed apart in react18/ with its own copies of what renders.
const react18 = process.env.REACT === '18';
const inReact18 = (name: string) => fileURLToPath(new URL(`react18/node_modules/${name}`, import.meta.url));
const renderers = ['react', 'react-dom', '@tanstack/react-query', '@testing-library/react'];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@invigil\/client$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
      { find: /^@invigil\/client\/api$/, replacement: fileURLToPath(new URL('src/api/index.ts', import.meta.url)) },
      ...(react18 ? renderers.map((name) => ({ find: new RegExp(`^${name}(/.*)?$`), replacement: `${inReact18(name)}$1` })) : []),
    ],
  },
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
