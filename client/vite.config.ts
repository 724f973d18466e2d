import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const service = process.env.INVIGIL_URL ?? 'http://127.0.0.1:8000';

// The pages are built on the built package, as any consumer's would be.
export default defineConfig({
  root: here('pages'),
  base: '/',
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@invigil\/client$/, replacement: here('dist/index.js') },
      { find: /^@invigil\/client\/api$/, replacement: here('dist/api/index.js') },
    ],
  },
  worker: { format: 'es' },
  build: {
    outDir: here('pages-dist'),
    emptyOutDir: true,
    // The pages' content security policy allows files of the service and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'assets/licences.md' },
    rolldownOptions: { input: { interview: here('pages/interview.html'), review: here('pages/review.html') } },
  },
  server: {
    proxy: {
      '/api': service,
      '/health': service,
      '/ws': { target: service, ws: true },
    },
  },
});
