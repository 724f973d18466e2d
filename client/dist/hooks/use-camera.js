'use client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLatest } from './use-latest.js';
/** The candidate's camera: devices, permission, loss and return. It is released on unmount. */
export function useCamera(options = {}) {
    const latest = useLatest(options);
    const [status, setStatus] = useState('idle');
    const [stream, setStream] = useState(null);
    const [error, setError] = useState(null);
    const [devices, setDevices] = useState([]);
    const [permission, setPermission] = useState('unknown');
    const current = useRef(null);
    // Counts requests, so that an answer to an abandoned one is released instead of used.
    const request = useRef(0);
    const videos = useRef(new Set());
    const listDevices = useCallback(async () => {
        const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
        setDevices(all.filter((device) => device.kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, label })));
    }, []);
    const show = useCallback((next) => {
        current.current = next;
        setStream(next);
        for (const video of videos.current) {
            attach(video, next);
        }
    }, []);
    const stop = useCallback(() => {
        request.current++;
        release(current.current);
        show(null);
        setStatus('idle');
    }, [show]);
    const start = useCallback(async (deviceId) => {
        const mine = ++request.current;
        if (!navigator.mediaDevices?.getUserMedia) {
            setStatus('unsupported');
            return false;
        }
        setStatus('requesting');
        setError(null);
        release(current.current);
        show(null);
        const { width = 1280, height = 720, frameRate = 15 } = latest.current;
        let next;
        try {
            next = await navigator.mediaDevices.getUserMedia({
                audio: false,
                video: {
                    width: { ideal: width },
                    height: { ideal: height },
                    frameRate: { ideal: frameRate },
                    ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode: 'user' }),
                },
            });
        }
        catch (cause) {
            if (mine === request.current) {
                setError(cause instanceof Error ? cause : new Error(String(cause)));
                setStatus(statusOf(cause));
            }
            return false;
        }
        if (mine !== request.current) {
            release(next);
            return false;
        }
        const track = next.getVideoTracks()[0];
        if (track) {
            track.onended = () => {
                if (current.current === next) {
                    show(null);
                    setStatus('lost');
                    latest.current.onLost?.();
                }
            };
            track.onmute = () => current.current === next && setStatus('muted');
            track.onunmute = () => current.current === next && setStatus('live');
        }
        show(next);
        setStatus(track?.muted ? 'muted' : 'live');
        // Labels are told only once the person has said yes.
        void listDevices();
        return true;
    }, [latest, listDevices, show]);
    useEffect(() => {
        const media = navigator.mediaDevices;
        void listDevices();
        media?.addEventListener?.('devicechange', listDevices);
        const requests = request;
        const watched = watchPermission(setPermission, () => {
            // Chromium ends the track by itself; others only tell of the permission.
            const track = current.current?.getVideoTracks()[0];
            if (track && track.readyState === 'live') {
                release(current.current);
                show(null);
                setStatus('lost');
                latest.current.onLost?.();
            }
        });
        return () => {
            media?.removeEventListener?.('devicechange', listDevices);
            watched();
            requests.current++;
            release(current.current);
            current.current = null;
            setStream(null);
            setStatus('idle');
        };
    }, [latest, listDevices, show]);
    const videoRef = useCallback((element) => {
        for (const video of videos.current) {
            if (!video.isConnected) {
                videos.current.delete(video);
            }
        }
        if (element) {
            videos.current.add(element);
            attach(element, current.current);
        }
    }, []);
    const deviceId = stream?.getVideoTracks()[0]?.getSettings?.().deviceId ?? null;
    return useMemo(() => ({ status, stream, devices, deviceId, permission, error, start, stop, videoRef }), [status, stream, devices, deviceId, permission, error, start, stop, videoRef]);
}
function attach(video, stream) {
    if (video.srcObject === stream) {
        return;
    }
    video.srcObject = stream;
    if (stream) {
        // Refused only where autoplay is off, and then a later gesture plays it.
        void Promise.resolve(video.play?.()).catch(() => { });
    }
}
function release(stream) {
    for (const track of stream?.getTracks() ?? []) {
        track.onended = track.onmute = track.onunmute = null;
        track.stop();
    }
}
function statusOf(error) {
    switch (error?.name) {
        case 'NotAllowedError':
        case 'SecurityError':
            return 'denied';
        case 'NotFoundError':
        case 'OverconstrainedError':
            return 'not_found';
        case 'NotReadableError':
        case 'AbortError':
            return 'busy';
        default:
            return 'unsupported';
    }
}
function watchPermission(onState, onDenied) {
    let watching = true;
    let status;
    const changed = () => {
        if (watching && status) {
            onState(status.state);
            if (status.state === 'denied') {
                onDenied();
            }
        }
    };
    // Firefox and older Safari do not know the name `camera` and reject.
    navigator.permissions
        ?.query({ name: 'camera' })
        .then((found) => {
        status = found;
        status.addEventListener('change', changed);
        if (watching) {
            onState(found.state);
        }
    })
        .catch(() => { });
    return () => {
        watching = false;
        status?.removeEventListener('change', changed);
    };
}
