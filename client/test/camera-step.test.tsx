import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { QueryProvider, type NoPictureError, type UseCameraResult } from '@invigil/client';
import { CameraStep } from '../pages/interview/camera-step';
import { bench } from './harness';

// What looks at pictures has no place in jsdom.
vi.mock('@invigil/client', async (original) => {
  const client = await original<{ NoPictureError: typeof NoPictureError }>();
  const error = new client.NoPictureError('The camera gives no picture');
  return { ...client, usePreCheck: () => ({ result: undefined, isReady: false, isChecking: false, error, check: () => {} }) };
});

const at = bench();

describe('the camera check', () => {
  const start = vi.fn(() => Promise.resolve(true));
  const tree = (status: UseCameraResult['status']) => (
    <QueryProvider queryClient={at.queryClient} devtools={false} {...at.options}>
      <CameraStep
        camera={{ status, stream: null, devices: [], deviceId: null, permission: 'granted', error: null, start, stop: () => {}, videoRef: () => {} }}
        isStarting={false}
        startError={null}
        onBack={() => {}}
        onRefused={() => {}}
        onStart={() => {}}
      />
    </QueryProvider>
  );

  it('should let a candidate restart a live camera that gives no picture, once at a time', () => {
    const { rerender } = render(tree('live'));
    expect(screen.getByRole('status').textContent).toMatch(/gives no picture.*“Restart the camera”/);
    const button = screen.getByRole('button', { name: 'Restart the camera' });
    fireEvent.click(button);
    expect(start).toHaveBeenCalledExactlyOnceWith();
    rerender(tree('requesting'));
    // The same button, so that who pressed it keeps the focus.
    expect(screen.getByRole('button', { name: 'Restart the camera' })).toBe(button);
    fireEvent.click(button);
    expect(start).toHaveBeenCalledOnce();
  });
});
