package io.invigil.core.rules;

import io.invigil.api.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of one stretch of time in which a condition holds: its onset, how sure, and which of its variants was seen
 * most. An alert speaks of the variant seen on most frames, in the words of that variant's surest frame.
 */
final class Episode {
    /** Variants beyond this many are counted for the confidence only; rules have fewer. */
    static final int MAX_VARIANTS = 16;

    /** How often a variant was seen, and its surest frame's words. */
    record Variant(int frames, double bestConfidence, String message, Map<String, String> details) {}

    final long startNs;
    final LinkedHashMap<String, Variant> variants = new LinkedHashMap<>();
    long lastOnNs;
    long heldNs;
    int onFrames;
    int offFrames;
    double confidenceSum;
    String leader = "";

    // Set when the alert opens.
    String id = "";
    Evidence evidence;
    double toldConfidence;
    String toldLeader = "";
    long toldNs;

    Episode(long startNs) {
        this.startNs = startNs;
    }

    /** Counts a frame on which the condition held. */
    void add(long timestampNs, Finding finding) {
        lastOnNs = timestampNs;
        onFrames++;
        confidenceSum += finding.confidence();
        Variant before = variants.get(finding.key());
        if (before == null && variants.size() >= MAX_VARIANTS) {
            return;
        }
        Variant now;
        if (before == null || finding.confidence() > before.bestConfidence) {
            now = new Variant(
                    before == null ? 1 : before.frames + 1, finding.confidence(), finding.message(), finding.details());
        } else {
            now = new Variant(before.frames + 1, before.bestConfidence, before.message, before.details);
        }
        variants.put(finding.key(), now);
        Variant leading = variants.get(leader);
        if (leading == null || now.frames > leading.frames) {
            leader = finding.key();
        }
    }

    /** Mean certainty of the frames on which the condition held, three decimals. */
    double confidence() {
        return onFrames == 0 ? 0 : Math.round(confidenceSum / onFrames * 1000) / 1000.0;
    }

    /** The variant seen most. */
    Variant leading() {
        return variants.get(leader);
    }

    static Episode exchange(StateExchange state, Episode value) {
        if (!state.of(value != null)) {
            return null;
        }
        long startNs = state.of(value == null ? 0 : value.startNs);
        Episode now = value == null ? new Episode(startNs) : value;
        now.exchange(state);
        return now;
    }

    private void exchange(StateExchange state) {
        lastOnNs = state.of(lastOnNs);
        heldNs = state.of(heldNs);
        onFrames = state.of(onFrames);
        offFrames = state.of(offFrames);
        confidenceSum = state.of(confidenceSum);
        leader = state.of(leader);
        id = state.of(id);
        toldConfidence = state.of(toldConfidence);
        toldLeader = state.of(toldLeader);
        toldNs = state.of(toldNs);
        if (state.of(evidence != null)) {
            evidence = new Evidence(
                    state.of(evidence == null ? 0 : evidence.frameIndex()),
                    state.of(evidence == null ? 0 : evidence.timestampNs()));
        }
        List<Map.Entry<String, Variant>> entries = new ArrayList<>(variants.entrySet());
        int count = state.count(entries.size(), MAX_VARIANTS);
        variants.clear();
        Variant none = new Variant(0, 0, "", Map.of());
        for (int i = 0; i < count; i++) {
            String key = state.of(i < entries.size() ? entries.get(i).getKey() : "");
            Variant variant = i < entries.size() ? entries.get(i).getValue() : none;
            variants.put(
                    key,
                    new Variant(
                            state.of(variant.frames),
                            state.of(variant.bestConfidence),
                            state.of(variant.message),
                            state.of(variant.details)));
        }
    }
}
