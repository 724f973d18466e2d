import type { FrameTuning } from './frame-worker.js';
/** How the rate and size of frames follow the service's load and the network. */
export interface PaceOptions extends FrameTuning {
    /** No interval is stretched beyond this, in milliseconds. */
    maxIntervalMs: number;
}
/** The service's load is the share of frames given up for newer ones: from this on, fewer frames are asked for. */
export declare const HIGH_LOAD = 0.3;
/** Only below this do frames become more frequent again; the gap between the two keeps the rate from swinging. */
export declare const LOW_LOAD = 0.05;
/**
 * Decides the tuning of frames from two signals: the load figure that comes with results stretches the interval, and a
 * full send buffer shrinks the pictures. Both go one step at a time and come back more slowly than they went.
 */
export declare class Pace {
    #private;
    constructor(options: PaceOptions);
    get tuning(): FrameTuning;
    /** Returns whether the tuning changed. */
    noteLoad(load: number): boolean;
    /** Returns whether the tuning changed. */
    noteSent(): boolean;
    /** A frame was skipped because the network had not taken earlier ones. Returns whether the tuning changed. */
    noteBufferFull(): boolean;
}
