package io.invigil.core.vision;

import io.invigil.api.Detector;
import io.invigil.api.Policy;
import io.invigil.core.perception.PerceptionMemory;
import java.util.Set;

/** What vision remembers of one session; each part is touched by one step only. Holds no native memory. */
final class VisionMemory implements PerceptionMemory {
    private final Set<Detector> detectors;
    /** Any face is looked for. */
    final boolean wantsFaces;
    /** Eyes are read. */
    final boolean wantsEyes;
    /** Head poses are fitted: eyes are read by them, and other looks at a face depend on them. */
    final boolean wantsPoses;
    /** Bodies or objects are looked for. */
    final boolean wantsPresence;

    private final QualityMemory quality = new QualityMemory();
    private final FaceMemory faces;
    private final PresenceMemory presence;
    private final AnswerMemory answers = new AnswerMemory();
    private final IdentityMemory identity;
    private final SpoofMemory spoof;

    VisionMemory(Policy policy) {
        detectors = policy.detectors();
        wantsFaces = detectors.contains(Detector.FACE);
        wantsEyes = detectors.contains(Detector.GAZE);
        wantsPoses = wantsEyes || detectors.contains(Detector.IDENTITY) || detectors.contains(Detector.SPOOF);
        wantsPresence = detectors.contains(Detector.BODY) || detectors.contains(Detector.OBJECTS);
        faces = new FaceMemory(policy.faceInterval().toNanos(), detectors.contains(Detector.FURTHER_FACES));
        presence = new PresenceMemory(policy);
        identity = detectors.contains(Detector.IDENTITY)
                ? new IdentityMemory(policy.identity().interval().toNanos())
                : null;
        spoof = detectors.contains(Detector.SPOOF)
                ? new SpoofMemory(policy.spoof().interval().toNanos())
                : null;
    }

    /** What the session's policy asks for; nothing else may run. */
    Set<Detector> detectors() {
        return detectors;
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
