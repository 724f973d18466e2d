package io.invigil.core.vision;

import io.invigil.api.AlertType;
import io.invigil.api.Policy;
import io.invigil.core.perception.PerceptionMemory;

/** What vision remembers of one session; each part is touched by one step only. Holds no native memory. */
final class VisionMemory implements PerceptionMemory {
    private final QualityMemory quality = new QualityMemory();
    private final FaceMemory faces;
    private final PresenceMemory presence;
    private final AnswerMemory answers = new AnswerMemory();
    private final IdentityMemory identity;
    private final SpoofMemory spoof;

    VisionMemory(Policy policy) {
        faces = new FaceMemory(policy.faceInterval().toNanos());
        presence = new PresenceMemory(policy);
        identity = policy.rule(AlertType.IDENTITY_CHANGED).enabled() ? new IdentityMemory() : null;
        spoof = policy.rule(AlertType.SPOOF).enabled() ? new SpoofMemory() : null;
    }

    /** Of the decode step. */
    QualityMemory quality() {
        return quality;
    }

    /** Of the face step. */
    FaceMemory faces() {
        return faces;
    }

    /** Of the gaze step; null when the policy does not ask who sits there. */
    IdentityMemory identity() {
        return identity;
    }

    /** Of the gaze step; null when the policy does not ask for attacks. */
    SpoofMemory spoof() {
        return spoof;
    }

    /** Of the presence step. */
    PresenceMemory presence() {
        return presence;
    }

    /** Of the observe step. */
    AnswerMemory answers() {
        return answers;
    }

    @Override
    public void close() {
        faces.dropAll();
        if (identity != null) {
            identity.close();
        }
    }
}
