package io.invigil.core.vision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CandidateOrderTest {
    private static final long FRAME_NS = 200_000_000L;

    private final FaceMemory memory = new FaceMemory(FRAME_NS, true);
    private final FacesInFrame faces = new FacesInFrame();
    private long nowNs;

    /** A face that is seen. */
    private FaceTrack face(double widthPx, double heightPx) {
        FaceTrack track = memory.newTrack(nowNs);
        track.live = true;
        track.confirmed = true;
        track.widthPx = widthPx;
        track.heightPx = heightPx;
        return track;
    }

    private int candidate() {
        nowNs += FRAME_NS;
        faces.clear();
        CandidateOrder.sort(memory, nowNs, faces);
        return faces.slots[0].trackId;
    }

    @Test
    void shouldKeepTheSeatWhenTheCandidateIsLostForAFrame() {
        FaceTrack candidate = face(120, 150);
        FaceTrack bystander = face(80, 100);
        for (int i = 0; i < 20; i++) {
            candidate.live = i != 5;
            assertThat(candidate()).as("frame %d", i).isEqualTo(i == 5 ? bystander.id : candidate.id);
            assertThat(faces.candidateAway).as("frame %d", i).isEqualTo(i == 5);
        }
    }

    @Test
    void shouldGiveTheSeatToTheOtherFaceOnceTheCandidateIsForgotten() {
        FaceTrack candidate = face(120, 150);
        FaceTrack bystander = face(80, 100);
        candidate();
        candidate.live = false;
        candidate();
        memory.drop(0);

        assertThat(candidate()).isEqualTo(bystander.id);
        assertThat(faces.candidateAway).isFalse();
        face(120, 150);
        assertThat(candidate()).isEqualTo(bystander.id);
    }

    @Test
    void shouldGiveTheSeatAwayAtOnceWhenTheCandidateIsDwarfed() {
        FaceTrack candidate = face(120, 150);
        FaceTrack nearer = face(80, 100);
        candidate();
        nearer.widthPx = 240;
        nearer.heightPx = 300;
        assertThat(candidate()).isEqualTo(nearer.id);
        nearer.widthPx = 120;
        nearer.heightPx = 150;

        assertThat(candidate()).isEqualTo(nearer.id);
        assertThat(faces.candidateAway).isFalse();
        assertThat(candidate.besideId).isEqualTo(nearer.id);
    }

    /** Somebody who moves far within a frame is followed under another id. */
    @Test
    void shouldTakeAFaceForTheCandidatesWhenItTurnsUpAsTheCandidatesIsLost() {
        FaceTrack before = face(120, 150);
        candidate();
        before.live = false;
        FaceTrack after = face(120, 150);

        assertThat(candidate()).isEqualTo(after.id);
        assertThat(faces.candidateAway).isFalse();
    }

    @Test
    void shouldGiveTheSeatBackToACandidateWhoWasHiddenAsSomebodyCameIn() {
        FaceTrack candidate = face(120, 150);
        candidate();
        candidate.live = false;
        face(80, 100);
        candidate();
        candidate.live = true;

        assertThat(candidate()).isEqualTo(candidate.id);
    }
}
