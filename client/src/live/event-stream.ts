/** One server-sent event. */
export interface StreamEvent {
  event: string;
  data: string;
  /** The id to resume after; empty while the stream has named none. */
  id: string;
}

/**
 * Reads server-sent events from a byte stream. The browser's own `EventSource` cannot send a bearer token, which is why
 * the stream is read by hand; the format is the HTML standard's (section 9.2.6). It ends with the bytes, and where none come
 * for `silenceMs`: a half-open connection says nothing and does not end by itself.
 */
export async function* readEventStream(bytes: ReadableStream<Uint8Array>, silenceMs = Infinity): AsyncGenerator<StreamEvent> {
  const reader = bytes.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let id = '';
  let event = '';
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), silenceMs);
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) {
            yield { event: event || 'message', data: data.join('\n'), id };
          }
          event = '';
          data = [];
          continue;
        }
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const text = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'data') {
          data.push(text);
        } else if (field === 'event') {
          event = text;
        } else if (field === 'id' && !text.includes('\0')) {
          id = text;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function within<T>(read: Promise<ReadableStreamReadResult<T>>, ms: number): Promise<{ done: boolean; value?: T | undefined }> {
  if (ms === Infinity) {
    return read;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<{ done: true; value?: undefined }>((resolve) => {
    timer = setTimeout(() => resolve({ done: true }), ms);
  });
  return Promise.race([read, silence]).finally(() => clearTimeout(timer));
}
