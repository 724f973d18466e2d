/**
 * - `idle`: not asked for yet
 * - `requesting`: the browser is asking the person
 * - `live`: pictures are coming
 * - `muted`: the system withholds pictures for now, as a phone does during a call
 * - `denied`: the person or the system said no
 * - `not_found`: there is no camera
 * - `busy`: another application holds the camera
 * - `lost`: it was there and is gone: pulled out, switched off or its permission taken back
 * - `unsupported`: no camera access here, as on a page that is not served over HTTPS
 */
export type CameraStatus = 'idle' | 'requesting' | 'live' | 'muted' | 'denied' | 'not_found' | 'busy' | 'lost' | 'unsupported';
export interface CameraDevice {
    deviceId: string;
    /** Empty until the person has allowed the camera once. */
    label: string;
}
export interface UseCameraOptions {
    /** Picture size asked for; the camera may give another. Default 1280 x 720. */
    width?: number;
    height?: number;
    /** Frames a second asked for. Default 15, plenty for one analysed frame a second. */
    frameRate?: number;
    /** Called when a live camera is gone. */
    onLost?: () => void;
}
export interface UseCameraResult {
    status: CameraStatus;
    stream: MediaStream | null;
    devices: CameraDevice[];
    /** The device in use. */
    deviceId: string | null;
    /** What the platform says about the permission, where it tells. */
    permission: PermissionState | 'unknown';
    error: Error | null;
    /** Asks for the camera; resolves with whether it is live. */
    start: (deviceId?: string) => Promise<boolean>;
    stop: () => void;
    /** A ref for a `<video>` element that shows the camera. */
    videoRef: (element: HTMLVideoElement | null) => void;
}
/** The candidate's camera: devices, permission, loss and return. It is released on unmount. */
export declare function useCamera(options?: UseCameraOptions): UseCameraResult;
