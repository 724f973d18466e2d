package io.invigil.server.live;

import io.invigil.server.record.RecordStore;

/**
 * What all live sessions have in common.
 *
 * @param store keeps them
 * @param settings how they are run
 * @param clock the server's
 * @param feed tells reviewers of them
 * @param pictureRoom where their evidence waits for the store
 */
record Shared(RecordStore store, LiveSettings settings, ServerClock clock, Feed feed, PictureRoom pictureRoom) {
    static Shared of(RecordStore store, LiveSettings settings, ServerClock clock, Feed feed) {
        return new Shared(store, settings, clock, feed, new PictureRoom(settings.maxUnkeptPictureBytes()));
    }
}
