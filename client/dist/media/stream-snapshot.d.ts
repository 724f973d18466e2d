/** One picture, encoded. */
export interface Snapshot {
    jpeg: Blob;
    width: number;
    height: number;
}
/** The size of a picture that keeps its shape and is at most `maxWidth` wide. */
export declare function scaledSize(width: number, height: number, maxWidth: number): {
    width: number;
    height: number;
};
/** Takes single pictures out of a camera's stream on the main thread. */
export declare class StreamSnapshot {
    #private;
    constructor(stream: MediaStream);
    /** Whether there is a picture to take. */
    get isReady(): boolean;
    /** Resolves once there is a picture to take. */
    ready(signal: AbortSignal): Promise<void>;
    /** The picture of the moment, for a worker to encode. */
    bitmap(): Promise<ImageBitmap>;
    /** The picture of the moment as JPEG, or `null` where there is none. */
    take(maxWidth: number, quality: number): Promise<Snapshot | null>;
    dispose(): void;
}
