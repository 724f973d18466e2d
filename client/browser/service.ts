import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const START_MS = 300_000;

/**
 * `./invigil serve` on a port and a store of its own. INVIGIL_SERVE names another command, in which {port} and {data}
 * stand for the two.
 */
export class RealService {
  readonly #port: number;
  readonly #data: string;
  readonly #flags: readonly string[];
  #process: ChildProcess | null = null;
  #output = '';

  private constructor(port: number, data: string, flags: readonly string[]) {
    this.#port = port;
    this.#data = data;
    this.#flags = flags;
  }

  static async start(...flags: string[]): Promise<RealService> {
    const service = new RealService(await freePort(), mkdtempSync(join(tmpdir(), 'invigil-data-')), flags);
    await service.run();
    return service;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** What the service signs candidates' tokens with; it is in the data folder, for its own user alone. */
  sessionSecret(): Buffer {
    return Buffer.from(readFileSync(join(this.#data, 'session-secret'), 'utf8').trim(), 'hex');
  }

  /** Makes every candidate's token so far worthless from the next start on, as their end would. */
  forgetSessionSecret(): void {
    rmSync(join(this.#data, 'session-secret'));
  }

  /** Starts the process and waits until it answers. */
  async run(): Promise<void> {
    const command = (process.env.INVIGIL_SERVE ?? './invigil serve --port {port} --data {data}')
      .replaceAll('{port}', String(this.#port))
      .replaceAll('{data}', this.#data);
    const started = spawn('bash', ['-c', `exec ${command} "$@"`, 'serve', ...this.#flags], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-4_000)));
    }
    for (const deadline = Date.now() + START_MS; ; ) {
      if (await this.#answers()) {
        return;
      }
      if (Date.now() > deadline || started.exitCode !== null) {
        throw new Error(`the service did not start: ${this.#output}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Ends the process with no chance to say goodbye. */
  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running && running.exitCode === null) {
      const gone = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await gone;
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/health`)).ok;
    } catch {
      return false;
    }
  }
}

/** How long each kind's condition must last before it is an alert, in milliseconds, as the policy `interview` has it. */
export function holdTimesMs(): Record<string, number> {
  const shown = execFileSync('./invigil', ['policy', 'show', 'interview'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const { rules } = JSON.parse(shown) as { rules: Record<string, { hold_s: number }> };
  return Object.fromEntries(Object.entries(rules).map(([kind, { hold_s }]) => [kind, hold_s * 1_000]));
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
