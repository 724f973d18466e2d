import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLIENT = fileURLToPath(new URL('..', import.meta.url));
const own = JSON.parse(readFileSync(join(CLIENT, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  dependencies?: Record<string, string>;
};

let folder: string;
let tarball: string;
let files: string[];

const run = (command: string, args: string[], cwd: string, env: Record<string, string> = {}) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function filesUnder(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-package-'));
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], CLIENT)) as [{ filename: string; files: { path: string }[]; size: number; unpackedSize: number }];
  tarball = join(folder, packed.filename);
  files = packed.files.map(({ path }) => path);
  console.log(`package: ${files.length} files, ${packed.size} bytes packed, ${packed.unpackedSize} unpacked`);
  expect(packed.size).toBeLessThan(64 * 1024);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('should hold its build, its licence and its readme, and nothing else', () => {
    const outside = files.filter((path) => !path.startsWith('dist/'));
    expect(outside.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(files).toContain('dist/index.js');
    expect(files).toContain('dist/index.d.ts');
    expect(files.filter((path) => !/\.(js|d\.ts)$/.test(path) && path.startsWith('dist/'))).toEqual([]);
  });

  it('should need nothing at run time beyond its peers', () => {
    expect(own.dependencies ?? {}).toEqual({});
    const imported = new Set(
      files.filter((path) => path.endsWith('.js')).flatMap((path) =>
        [...readFileSync(join(CLIENT, path), 'utf8').matchAll(/(?:from|import\()\s*'([^'.][^']*)'/g)].map((found) => found[1] as string)),
    );
    const allowed = new Set([...Object.keys(own.peerDependencies), 'react/jsx-runtime']);
    expect([...imported].filter((name) => !allowed.has(name))).toEqual([]);
  });

  it('should let a bundler drop what is not used', async () => {
    const sizes: Record<string, number> = {};
    for (const [what, code] of [
      ['keys', "import { sessionKeys } from '@invigil/client'; console.log(sessionKeys.all);"],
      ['one call', "import { createApiClient, getHealth } from '@invigil/client'; console.log(getHealth(createApiClient()));"],
      ['one query hook', "import { useSession } from '@invigil/client'; console.log(useSession);"],
      ['everything', "import * as all from '@invigil/client'; console.log(Object.keys(all).map((name) => all[name]));"],
    ] as const) {
      const entry = join(folder, 'shake', `${what.replaceAll(' ', '-')}.js`);
      write(entry, code);
      const built = await build({
        configFile: false,
        logLevel: 'error',
        resolve: { alias: [{ find: /^@invigil\/client$/, replacement: join(CLIENT, 'dist/index.js') }] },
        build: { write: false, lib: { entry, formats: ['es'] }, minify: true, rolldownOptions: { external: [...Object.keys(own.peerDependencies), 'react/jsx-runtime'] } },
        define: { 'process.env.NODE_ENV': '"production"' },
      });
      const { output } = (Array.isArray(built) ? built[0] : built) as { output: { type: string; code?: string }[] };
      const text = output.map((chunk) => chunk.code ?? '').join('');
      sizes[what] = gzipSync(text).length;
      if (what === 'keys') {
        expect(text).not.toMatch(/WebSocket|fetch|from"react"/);
      }
      if (what === 'one call') {
        expect(text).not.toMatch(/new WebSocket|from"react"|react-query/);
      }
      if (what === 'one query hook') {
        // None of what only other hooks need: the socket, the camera, the worker, the event stream, page events.
        expect(text).not.toMatch(/new WebSocket|getUserMedia|new Worker|MediaStreamTrackProcessor|Last-Event-ID|visibilitychange|createObjectURL/);
        expect(text).toMatch(/useQuery/);
      }
      expect(text).not.toContain('react-query-devtools');
    }
    console.log(`gzipped without peers: ${JSON.stringify(sizes)}`);
    expect(sizes.keys).toBeLessThan(600);
    expect(sizes['one call']).toBeLessThan(2_500);
    expect(sizes['one query hook']).toBeLessThan(4_000);
    expect(sizes.everything).toBeLessThan(17_000);
  });
});

const COMPONENT = `'use client';
import { QueryProvider, useAlerts, useCamera, useCreateSession, useFrameSender, useWebSocket, type Alert } from '@invigil/client';
import { useState } from 'react';

function Session() {
  const [id, setId] = useState<string | null>(null);
  const create = useCreateSession();
  const camera = useCamera();
  const socket = useWebSocket({ sessionId: id, onAlert: (alert: Alert) => console.log(alert.alert_id) });
  const frames = useFrameSender({ stream: camera.stream, send: socket.sendBlob, enabled: socket.isConnected });
  const alerts = useAlerts(id);
  return (
    <main>
      <button onClick={() => create.mutate({ candidate_name: 'Ada', interview_type: 'technical' }, { onSuccess: (made) => setId(made.session_id) })}>Start</button>
      <p>{socket.phase} {frames.stats.sent} {alerts.data?.alerts.length}</p>
      <video ref={camera.videoRef} />
    </main>
  );
}

export function App() {
  return <QueryProvider><Session /></QueryProvider>;
}
`;

const NEXT_ENVIRONMENT = { NEXT_TELEMETRY_DISABLED: '1', NEXT_PUBLIC_API_URL: 'https://inlined.example', CI: '1' };

// With the settings that Next.js asks for, and without skipLibCheck's other half: the package's declarations are read as they are.
const NEXT_TYPES = JSON.stringify({
  compilerOptions: {
    target: 'ES2022', lib: ['ES2022', 'DOM', 'DOM.Iterable'], module: 'ESNext', moduleResolution: 'Bundler', jsx: 'react-jsx', strict: true,
    noEmit: true, skipLibCheck: true, esModuleInterop: true, allowJs: true, incremental: true, resolveJsonModule: true, isolatedModules: true,
    plugins: [{ name: 'next' }],
  },
  include: ['**/*.ts', '**/*.tsx', '.next/types/**/*.ts'],
  exclude: ['node_modules'],
});

const version = (name: string) => own.devDependencies[name] as string;

function dependencies(extra: Record<string, string> = {}, react = version('react')): Record<string, string> {
  return {
    '@invigil/client': `file:${tarball}`,
    '@tanstack/react-query': version('@tanstack/react-query'),
    '@tanstack/react-query-devtools': version('@tanstack/react-query-devtools'),
    react,
    'react-dom': react,
    typescript: version('typescript'),
    '@types/node': version('@types/node'),
    ...extra,
  };
}

const start = async (command: string, args: string[], cwd: string, env: Record<string, string> = {}) => {
  try {
    return (await promisify(execFile)(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } })).stdout;
  } catch (error) {
    // What a tool has to say stands in its output, not in the error.
    const { stdout, stderr, message } = error as Error & { stdout: string; stderr: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`, { cause: error });
  }
};

const install = (app: string) =>
  start('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error'], app);

describe.concurrent('a consumer', () => {
  it.each([
    ['19', version('react'), version('@types/react'), version('@types/react-dom')],
    ['18', '^18.3.0', '^18.3.0', '^18.3.0'],
  ])('should type-check and build in an empty Vite app with React %s', async (name, react, types, domTypes) => {
    const app = join(folder, `vite-${name}`);
    write(join(app, 'package.json'), JSON.stringify({
      name: 'consumer', private: true, type: 'module',
      dependencies: dependencies({ vite: version('vite'), '@types/react': types, '@types/react-dom': domTypes }, react),
    }));
    write(join(app, 'index.html'), '<div id="root"></div><script type="module" src="/main.tsx"></script>');
    write(join(app, 'app.tsx'), COMPONENT);
    write(join(app, 'main.tsx'), "import { createRoot } from 'react-dom/client';\nimport { App } from './app';\ncreateRoot(document.getElementById('root')!).render(<App />);\n");
    // Without skipLibCheck: the package's own declarations are checked too.
    write(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'ESNext', moduleResolution: 'Bundler', jsx: 'react-jsx', strict: true, noEmit: true, lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] }, include: ['*.tsx'] }));
    await install(app);
    await start('npx', ['tsc', '-p', '.'], app);
    await start('npx', ['vite', 'build'], app);
    const built = filesUnder(join(app, 'dist'));
    const scripts = built.filter((path) => path.endsWith('.js'));
    expect(scripts.some((path) => path.includes('frame-worker')), 'the worker is a file of its own').toBe(true);
    expect(scripts.map((path) => readFileSync(path, 'utf8')).join('')).not.toContain('ReactQueryDevtools');
  });

  it('should type-check and build in a Next.js app with React 19, with calls on the server and hooks in the browser', async () => {
    const app = join(folder, 'next-19');
    write(join(app, 'package.json'), JSON.stringify({
      name: 'consumer', private: true,
      dependencies: dependencies({ next: '^16.4.0', '@types/react': version('@types/react'), '@types/react-dom': version('@types/react-dom') }),
    }));
    write(join(app, 'tsconfig.json'), NEXT_TYPES);
    write(join(app, 'app/interview.tsx'), COMPONENT);
    write(join(app, 'app/layout.tsx'), "import type { ReactNode } from 'react';\nexport default function Layout({ children }: { children: ReactNode }) {\n  return <html lang=\"en\"><body>{children}</body></html>;\n}\n");
    write(join(app, 'app/page.tsx'), "import { createApiClient, sessionKeys } from '@invigil/client/api';\nimport { App } from './interview';\nexport default function Page() {\n  const client = createApiClient({ apiUrl: 'http://service.example' });\n  return <><p>{client.config.wsUrl} {sessionKeys.all.join()}</p><App /></>;\n}\n");
    await install(app);
    await start('npx', ['next', 'build'], app, NEXT_ENVIRONMENT); // which checks the types first
    const browser = filesUnder(join(app, '.next/static')).filter((path) => path.endsWith('.js')).map((path) => readFileSync(path, 'utf8')).join('');
    expect(browser).toContain('https://inlined.example');
    expect(browser).not.toContain('ReactQueryDevtools');
    const html = readFileSync(join(app, '.next/server/app/index.html'), 'utf8');
    expect(html).toContain('ws://service.example');
    expect(html).toContain('idle');
  });

  // The app router brings a React of its own; the pages router takes the one that is installed.
  it('should type-check and build in a Next.js app with React 18', async () => {
    const app = join(folder, 'next-18');
    write(join(app, 'package.json'), JSON.stringify({
      name: 'consumer', private: true,
      dependencies: dependencies({ next: '^16.4.0', '@types/react': '^18.3.0', '@types/react-dom': '^18.3.0' }, '^18.3.0'),
    }));
    write(join(app, 'tsconfig.json'), NEXT_TYPES);
    write(join(app, 'components/interview.tsx'), COMPONENT);
    write(join(app, 'pages/index.tsx'), "import { App } from '../components/interview';\nexport default function Page() {\n  return <App />;\n}\n");
    await install(app);
    expect(JSON.parse(readFileSync(join(app, 'node_modules/react/package.json'), 'utf8'))).toMatchObject({ version: expect.stringMatching(/^18\./) });
    await start('npx', ['next', 'build'], app, NEXT_ENVIRONMENT); // which checks the types first
    const html = readFileSync(join(app, '.next/server/pages/index.html'), 'utf8');
    expect(html).toContain('idle');
  });
});

describe('what the pages are made of', () => {
  it('should come with the licence of each bundled package', () => {
    const notices = readFileSync(join(CLIENT, 'pages-dist/assets/licences.md'), 'utf8');
    for (const name of ['react', 'react-dom', 'scheduler', '@tanstack/react-query', '@tanstack/query-core']) {
      expect(notices).toContain(name);
    }
    expect(notices).toContain('MIT');
    const scripts = filesUnder(join(CLIENT, 'pages-dist/assets')).filter((path) => path.endsWith('.js'));
    const total = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
    console.log(`pages: ${scripts.length} scripts, ${total} bytes gzipped, ${scripts.reduce((sum, path) => sum + statSync(path).size, 0)} bytes`);
    expect(total).toBeLessThan(140_000);
  });

  it('should use, in building and testing too, packages of known licences and sources alone', () => {
    const listed = run(process.execPath, ['scripts/licences.mjs'], CLIENT);
    console.log(listed.split('\n').slice(-4).join('\n'));
    expect(listed).toMatch(/every licence is known/);
  });

  it('should name no registry in its lockfiles, and every package by its hash', () => {
    for (const lock of ['package-lock.json', 'react18/package-lock.json']) {
      const text = readFileSync(join(CLIENT, lock), 'utf8');
      expect(text, lock).not.toMatch(/"resolved"|registry/);
      expect(text, lock).toMatch(/"integrity"/);
    }
  });
});
