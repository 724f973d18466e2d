// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import * as client from '@invigil/client';

function Everything() {
  client.useSession('s1');
  client.useSessions();
  client.useLiveSessions();
  client.useSessionScore('s1');
  client.useCreateSession();
  client.useEndSession();
  client.usePauseSession();
  client.useResumeSession();
  client.useCalibration();
  client.useProctoringStatus('s1');
  client.useAlerts('s1');
  client.useCreateAlert();
  client.useReviewAlert();
  client.useReportDownload();
  client.useEvidence('s1', null);
  client.useHealthCheck();
  client.useDetailedHealthCheck();
  client.useLiveEvents();
  const camera = client.useCamera();
  const socket = client.useWebSocket({ sessionId: 's1' });
  client.useFrameSender({ stream: camera.stream, send: socket.sendBlob });
  client.usePageEvents({ send: socket.sendMessage });
  client.usePreCheck({ stream: camera.stream });
  return createElement('p', null, `${camera.status} ${socket.phase}`);
}

describe('on a server', () => {
  it('should render every hook without a window, and ask nothing', () => {
    expect(typeof window).toBe('undefined');
    const fetch = () => Promise.reject(new Error('a request while rendering on a server'));
    const html = renderToString(
      createElement(client.QueryProvider, { apiUrl: 'http://service.example', fetch }, createElement(Everything)),
    );
    expect(html).toContain('idle idle');
  });

  it('should import in bare Node from its build', () => {
    const names = execFileSync(process.execPath, ['--input-type=module', '-e', "console.log(Object.keys(await import('@invigil/client')).join())"], {
      cwd: new URL('..', import.meta.url),
      encoding: 'utf8',
    });
    expect(names.trim().split(',').sort()).toEqual(Object.keys(client).sort());
  });
});

describe('QueryProvider', () => {
  it('should set a stale time of 60 s, no refetch on focus and one retry, each open to change', () => {
    expect(client.createQueryClient().getDefaultOptions().queries).toMatchObject({ staleTime: 60_000, refetchOnWindowFocus: false, retry: 1 });
    expect(client.createQueryClient({ defaultOptions: { queries: { retry: 3 } } }).getDefaultOptions().queries).toMatchObject({
      staleTime: 60_000,
      retry: 3,
    });
  });
});
