/** One server-sent event. */
export interface StreamEvent {
    event: string;
    data: string;
    /** The id to resume after; empty while the stream has named none. */
    id: string;
}
/**
 * Reads server-sent events from a byte stream. The browser's own `EventSource` cannot send a bearer token, which is why
 * the stream is read by hand; the format is the HTML standard's (section 9.2.6).
 */
export declare function readEventStream(bytes: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent>;
