package io.invigil.core.vision;

import io.invigil.api.Detector;
import io.invigil.api.Policy;
import io.invigil.core.perception.PerceptionMemory;
import java.util.Set;

/** What vision remembers of one session; each part is touched by one step only. Holds no native memory. */
final class VisionMemory implements PerceptionMemory {
    private final Set<Detector> detectors;
    private final QualityMemory quality = new QualityMemory();
    private final FaceMemory faces;
    private final PresenceMemory presence;
    private final AnswerMemory answers = new AnswerMemory();
    private final IdentityMemory identity;
    private final SpoofMemory spoof;

    VisionMemory(Policy policy) {
        detectors = policy.detectors();
        faces = new FaceMemory(policy.faceInterval().toNanos(), detectors.contains(Detector.FURTHER_FACES));
        presence = new PresenceMemory(policy);
        identity = detectors.contains(Detector.IDENTITY) ? new IdentityMemory() : null;
        spoof = detectors.contains(Detector.SPOOF) ? new SpoofMemory() : null;
    }

    /** What the session's policy asks for; nothing else may run. */
    Set<Detector> detectors() {
        return detectors;
    }

    /** True when the session's policy asks for any of these. */
    boolean needs(Detector... any) {
        for (Detector detector : any) {
            if (detectors.contains(detector)) {
                return true;
            }
        }
        return false;
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
