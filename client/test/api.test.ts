import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ApiError,
  ConfigurationError,
  createAlert,
  createApiClient,
  downloadReport,
  getAlerts,
  getEvidence,
  getHealth,
  getSession,
  healthKeys,
  MalformedAnswerError,
  NetworkError,
  precheck,
  proctoringKeys,
  resolveConfig,
  sessionKeys,
  TimeoutError,
} from '@invigil/client/api';
import { FakeService, gate, problem } from './fake-service';

let service: FakeService;
beforeEach(async () => {
  service = new FakeService();
  await service.start();
});
afterEach(() => service.stop());
const client = (options = {}) => createApiClient({ apiUrl: service.url, ...options });

describe('resolveConfig', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('should take an explicit address over the environment, and the page\'s origin without either', () => {
    vi.stubEnv('NEXT_PUBLIC_API_URL', '');
    vi.stubEnv('NEXT_PUBLIC_WS_URL', '');
    expect(resolveConfig()).toMatchObject({ apiUrl: location.origin, wsUrl: location.origin.replace('http', 'ws'), timeoutMs: 10_000 });
    vi.stubEnv('NEXT_PUBLIC_API_URL', 'https://api.example.com/');
    vi.stubEnv('NEXT_PUBLIC_WS_URL', 'wss://ws.example.com');
    expect(resolveConfig()).toMatchObject({ apiUrl: 'https://api.example.com', wsUrl: 'wss://ws.example.com' });
    expect(resolveConfig({ apiUrl: 'https://own.example.com/base//', wsUrl: 'wss://own.example.com/' })).toMatchObject({
      apiUrl: 'https://own.example.com/base',
      wsUrl: 'wss://own.example.com',
    });
  });

  it('should take the WebSocket\'s address from the REST one', () => {
    expect(resolveConfig({ apiUrl: 'https://own.example.com' }).wsUrl).toBe('wss://own.example.com');
    expect(resolveConfig({ apiUrl: 'http://localhost:8000' }).wsUrl).toBe('ws://localhost:8000');
  });

  it.each([
    [{ apiUrl: 'ftp://x' }, 'apiUrl is "ftp://x", must begin with http:// or https://'],
    [{ apiUrl: 'http://x', wsUrl: 'http://x' }, 'wsUrl is "http://x", must begin with ws:// or wss://'],
    [{ apiUrl: 'http://x', timeoutMs: 0 }, 'timeoutMs is 0, must be above 0'],
    [{ apiUrl: 'http://x', timeoutMs: Number.NaN }, 'timeoutMs is NaN, must be above 0'],
  ])('should refuse %j with the value and the allowed range', (options, message) => {
    expect(() => resolveConfig(options)).toThrow(message);
  });
});

describe('a call', () => {
  it('should send no token in open mode and a bearer token from its source otherwise, asked anew each time', async () => {
    service.on('GET /health', () => ({ status: 'ok', environment: 'test', debug: false }));
    await getHealth(client());
    expect(service.last('GET /health').headers.authorization).toBeUndefined();
    let count = 0;
    const withToken = client({ getToken: async () => `t${++count}` });
    await getHealth(withToken);
    await getHealth(withToken);
    expect(service.last('GET /health').headers.authorization).toBe('Bearer t2');
  });

  it('should send with a fetch that is the window\'s own', async () => {
    service.on('GET /health', () => ({ status: 'ok', environment: 'test', debug: false }));
    function strict(this: unknown, ...call: Parameters<typeof fetch>) {
      if (this !== undefined && this !== globalThis) {
        throw new TypeError('Illegal invocation');
      }
      return fetch(...call);
    }
    expect(await getHealth(client({ fetch: strict }))).toMatchObject({ status: 'ok' });
  });

  it('should tell the token source which session it is about', async () => {
    service.on('GET /api/v1/session/s1', () => ({}));
    await getSession(client({ getToken: ({ sessionId }: { sessionId?: string }) => `for-${sessionId}` }), 's1');
    expect(service.last('GET /api/v1/session/s1').headers.authorization).toBe('Bearer for-s1');
  });

  it('should reject with the problem that the service described', async () => {
    service.on('GET /health', (_call, response) => problem(response, 503, 'Shutting down'));
    const error = await getHealth(client()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 503, isRetryable: true, isNotFound: false, message: 'GET /health answered 503: Shutting down' });
  });

  it('should name every faulty field of a refused body', async () => {
    service.on('POST /api/v1/proctoring/alerts/s1', (_call, response) =>
      problem(response, 422, [{ msg: 'type is missing' }, { msg: 'message is missing' }]));
    await expect(createAlert(client(), 's1', { type: '', message: '' })).rejects.toThrow('type is missing; message is missing');
  });

  it('should keep the status of an answer that is no problem document', async () => {
    service.on('GET /health', (_call, response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'));
    await expect(getHealth(client())).rejects.toMatchObject({ status: 502 });
  });

  it('should reject with TimeoutError when nothing is answered in time, and hang up', async () => {
    const never = gate();
    service.on('GET /health', () => never.promise);
    await expect(getHealth(client({ timeoutMs: 50 }))).rejects.toBeInstanceOf(TimeoutError);
    await vi.waitFor(() => expect(service.last('GET /health').aborted).toBe(true));
    never.open();
  });

  it('should not wait longer than that for a token either', async () => {
    const stuck = client({ timeoutMs: 50, getToken: () => new Promise(() => {}) });
    await expect(getHealth(stuck)).rejects.toBeInstanceOf(TimeoutError);
    await expect(stuck.socketAddress('s1')).rejects.toThrow('no token in time');
    expect(service.calls).toHaveLength(0);
  });

  it('should reject with the caller\'s own reason when the caller cancels', async () => {
    const never = gate();
    service.on('GET /health', () => never.promise);
    const abort = new AbortController();
    const call = getHealth(client(), { signal: abort.signal });
    const reason = new Error('no longer wanted');
    setTimeout(() => abort.abort(reason), 20);
    await expect(call).rejects.toBe(reason);
    never.open();
  });

  it('should reject with NetworkError when nobody listens and MalformedAnswerError for what is not JSON', async () => {
    await expect(getHealth(createApiClient({ apiUrl: 'http://127.0.0.1:9' }))).rejects.toBeInstanceOf(NetworkError);
    service.on('GET /health', (_call, response) => void response.writeHead(200).end('<html>'));
    await expect(getHealth(client())).rejects.toBeInstanceOf(MalformedAnswerError);
  });

  it('should let a stream outlast its time, until the caller cancels it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    service.on('GET /api/v1/events', (_call, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('one');
    });
    const abort = new AbortController();
    const { body } = await client({ timeoutMs: 1_000 }).open('/api/v1/events', { signal: abort.signal });
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('one');
    expect(service.last('GET /api/v1/events').aborted).toBe(false);
    const reason = new Error('no longer wanted');
    abort.abort(reason);
    await expect(reader.read()).rejects.toBe(reason);
    vi.useRealTimers();
    await vi.waitFor(() => expect(service.last('GET /api/v1/events').aborted).toBe(true));
  });

  it('should take any time for a download as long as more of it comes, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let body!: ReadableStreamDefaultController<Uint8Array>;
    const fetch = (_url: unknown, init?: RequestInit) => {
      const stream = new ReadableStream<Uint8Array>({ start: (controller) => void (body = controller) });
      init?.signal?.addEventListener('abort', () => body.error(new DOMException('aborted', 'AbortError')));
      return Promise.resolve(new Response(stream, { headers: { 'Content-Type': 'text/csv' } }));
    };
    const download = () => downloadReport(client({ fetch, timeoutMs: 1_000 }), 's1', 'alerts.csv');
    const whole = download();
    for (let part = 0; part < 5; part++) {
      await vi.advanceTimersByTimeAsync(900);
      body.enqueue(new TextEncoder().encode('part;'));
    }
    await vi.advanceTimersByTimeAsync(900);
    body.close();
    expect(await (await whole).text()).toBe('part;'.repeat(5));
    expect((await whole).type).toBe('text/csv');
    const stalled = expect(download()).rejects.toBeInstanceOf(TimeoutError);
    await vi.advanceTimersByTimeAsync(900);
    body.enqueue(new TextEncoder().encode('part;'));
    await vi.advanceTimersByTimeAsync(1_000);
    await stalled;
    vi.useRealTimers();
  });

  it('should say what to set when it does not know where the service is', async () => {
    const nowhere = { ...createApiClient({ apiUrl: 'http://x' }) };
    vi.stubEnv('NEXT_PUBLIC_API_URL', '');
    vi.stubGlobal('location', undefined);
    const lost = createApiClient();
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    expect(nowhere.config.apiUrl).toBe('http://x');
    await expect(getHealth(lost)).rejects.toBeInstanceOf(ConfigurationError);
    await expect(lost.socketAddress('s1')).rejects.toThrow('NEXT_PUBLIC_WS_URL');
  });

  it('should leave out parameters that are not set', async () => {
    service.on('GET /api/v1/proctoring/alerts/s1', () => ({ session_id: 's1', alerts: [], next_cursor: null }));
    await getAlerts(client(), 's1', 5, { kind: 'no_face', since: undefined });
    expect(service.last('GET /api/v1/proctoring/alerts/s1').query.toString()).toBe('limit=5&kind=no_face');
  });

  it('should send a picture as it is', async () => {
    service.on('POST /api/v1/precheck', () => ({ ok: true }));
    const { Blob: NodeBlob } = await import('node:buffer');
    await precheck(client(), new NodeBlob([new Uint8Array([255, 216, 255])], { type: 'image/jpeg' }) as Blob);
    const call = service.last('POST /api/v1/precheck');
    expect(call.headers['content-type']).toBe('image/jpeg');
    expect([...call.body]).toEqual([255, 216, 255]);
  });

  it('should never take its token to an evidence address elsewhere', async () => {
    const withToken = client({ getToken: () => 'secret' });
    for (const evidence_url of ['https://elsewhere.example/x.jpg', '//elsewhere.example/x.jpg']) {
      await expect(async () => getEvidence(withToken, { evidence_url }, 's1')).rejects.toThrow('must be an address of the service itself');
    }
    service.on('GET /api/v1/session/s1/evidence/a1.jpg', (_call, response) => void response.writeHead(200).end('jpeg'));
    expect((await getEvidence(withToken, { evidence_url: '/api/v1/session/s1/evidence/a1.jpg' }, 's1')).size).toBe(4);
    expect((await getEvidence(withToken, { evidence_url: `${service.url}/api/v1/session/s1/evidence/a1.jpg` }, 's1')).size).toBe(4);
  });
});

describe('keys', () => {
  it('should nest, so that a root invalidates what is under it', () => {
    const under = (root: readonly unknown[], key: readonly unknown[]) => expect(key.slice(0, root.length)).toEqual(root);
    under(sessionKeys.all, sessionKeys.list({ state: 'active' }));
    under(sessionKeys.lists(), sessionKeys.list());
    under(sessionKeys.detail('s1'), sessionKeys.score('s1'));
    under(proctoringKeys.session('s1'), proctoringKeys.status('s1'));
    under(proctoringKeys.alertLists('s1'), proctoringKeys.alerts('s1', 100, { severity: 'high' }));
    under(proctoringKeys.session('s1'), proctoringKeys.evidence('s1', 'a1'));
    under(healthKeys.all, healthKeys.detailed());
    expect(proctoringKeys.alerts('s1', 100)).not.toEqual(proctoringKeys.alerts('s1', 20));
  });
});
