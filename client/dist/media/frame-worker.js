// Runs in a worker and imports nothing, so that a bundler or a server can place it anywhere. Its timer is not slowed down
// when the page is hidden, which is when a page's own timers are; encoding does not hold up the page either.
const scope = globalThis;
let tuning = { intervalMs: 1_000, maxWidth: 1_280, quality: 0.8 };
let timer;
let newest = null;
let readsCamera = false;
let encoding = false;
let canvas = null;
scope.onmessage = ({ data: message }) => {
    switch (message.type) {
        case 'start':
            readsCamera = message.frames !== null;
            if (message.frames) {
                void keepNewest(message.frames);
            }
            tune(message.tuning);
            break;
        case 'tune':
            tune(message.tuning);
            break;
        case 'bitmap':
            void encode(message.bitmap, message.bitmap.width, message.bitmap.height);
            break;
    }
};
scope.postMessage({ type: 'ready' });
function tune(next) {
    if (timer === undefined || next.intervalMs !== tuning.intervalMs) {
        clearInterval(timer);
        timer = setInterval(tick, next.intervalMs);
    }
    tuning = next;
}
function tick() {
    if (encoding) {
        return;
    }
    if (!readsCamera) {
        scope.postMessage({ type: 'tick' });
    }
    else if (newest) {
        const frame = newest;
        newest = null;
        void encode(frame, frame.displayWidth, frame.displayHeight);
    }
}
/** A camera stalls when its frames are held, so each is let go of as soon as a newer one is there. */
async function keepNewest(frames) {
    const reader = frames.getReader();
    for (;;) {
        const { done, value } = await reader.read();
        newest?.close();
        newest = value ?? null;
        if (done) {
            return;
        }
    }
}
async function encode(picture, pictureWidth, pictureHeight) {
    encoding = true;
    const began = performance.now();
    try {
        const scale = Math.min(1, tuning.maxWidth / pictureWidth);
        const width = Math.max(1, Math.round(pictureWidth * scale));
        const height = Math.max(1, Math.round(pictureHeight * scale));
        canvas ??= new OffscreenCanvas(width, height);
        canvas.width = width;
        canvas.height = height;
        canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
        const jpeg = await (await canvas.convertToBlob({ type: 'image/jpeg', quality: tuning.quality })).arrayBuffer();
        scope.postMessage({ type: 'frame', jpeg, width, height, encodeMs: performance.now() - began }, [jpeg]);
    }
    catch (error) {
        scope.postMessage({ type: 'failed', reason: String(error) });
    }
    finally {
        picture.close();
        encoding = false;
    }
}
export {};
