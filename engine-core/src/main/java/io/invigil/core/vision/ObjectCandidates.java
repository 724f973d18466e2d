package io.invigil.core.vision;

/**
 * Boxes with a class and a score, in arrays that are filled anew for every look, so that nothing is allocated. Holds a fixed
 * number; when it is full the weakest gives way. Not thread-safe.
 */
final class ObjectCandidates {
    private final int capacity;
    private final int[] category;
    private final float[] score;
    private final float[] rival;
    private final float[] left;
    private final float[] top;
    private final float[] right;
    private final float[] bottom;
    private int size;

    ObjectCandidates(int capacity) {
        this.capacity = capacity;
        category = new int[capacity];
        score = new float[capacity];
        rival = new float[capacity];
        left = new float[capacity];
        top = new float[capacity];
        right = new float[capacity];
        bottom = new float[capacity];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int category(int i) {
        return category[i];
    }

    float score(int i) {
        return score[i];
    }

    /** The best score of any other thing (never a person) at the same place. */
    float rival(int i) {
        return rival[i];
    }

    float left(int i) {
        return left[i];
    }

    float top(int i) {
        return top[i];
    }

    float right(int i) {
        return right[i];
    }

    float bottom(int i) {
        return bottom[i];
    }

    /** True when a candidate with this score would be kept. */
    boolean accepts(float candidateScore) {
        return size < capacity || candidateScore > score[weakest()];
    }

    void add(int itsCategory, float itsScore, float itsRival, float l, float t, float r, float b) {
        int at = size;
        if (size == capacity) {
            at = weakest();
            if (itsScore <= score[at]) {
                return;
            }
        } else {
            size++;
        }
        category[at] = itsCategory;
        score[at] = itsScore;
        rival[at] = itsRival;
        left[at] = l;
        top[at] = t;
        right[at] = r;
        bottom[at] = b;
    }

    /** Copies one candidate of another buffer, with another score. */
    void addFrom(ObjectCandidates other, int i, float itsScore) {
        add(other.category[i], itsScore, other.rival[i], other.left[i], other.top[i], other.right[i], other.bottom[i]);
    }

    /** The longer side of a box in pixels. */
    double longerSide(int i) {
        return Math.max(right[i] - left[i], bottom[i] - top[i]);
    }

    /** Cuts every box from {@code from} on to a picture of this size. */
    void clip(int from, int widthPx, int heightPx) {
        for (int i = from; i < size; i++) {
            left[i] = Math.min(Math.max(left[i], 0), widthPx);
            right[i] = Math.min(Math.max(right[i], 0), widthPx);
            top[i] = Math.min(Math.max(top[i], 0), heightPx);
            bottom[i] = Math.min(Math.max(bottom[i], 0), heightPx);
        }
    }

    /**
     * Best score first, and of two boxes of one class that overlap by more than {@code maxIou} only the better stays. Of
     * persons the better also stays alone when either box lies in the other by more than {@code maxPersonInside} of its
     * area: that is one body seen as torso and whole, or one box drawn round two. Ties keep the order of arrival.
     */
    void suppress(double maxIou, double maxPersonInside) {
        sort();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            boolean keep = true;
            for (int k = 0; k < kept && keep; k++) {
                keep = category[k] != category[i] || iou(k, i) <= maxIou && !nested(k, i, maxPersonInside);
            }
            if (keep) {
                move(i, kept++);
            }
        }
        size = kept;
    }

    private boolean nested(int a, int b, double maxPersonInside) {
        return category[a] == NanoDetClasses.PERSON && Math.max(inside(a, b), inside(b, a)) > maxPersonInside;
    }

    /** Intersection over union of two boxes of this buffer. */
    double iou(int a, int b) {
        return iou(this, a, this, b);
    }

    /** Intersection over union of two boxes of two buffers. */
    static double iou(ObjectCandidates one, int a, ObjectCandidates other, int b) {
        double shared = shared(one, a, other, b);
        double union = one.area(a) + other.area(b) - shared;
        return union <= 0 ? 0 : shared / union;
    }

    /** The share of box {@code a} that lies in box {@code b}. */
    double inside(int a, int b) {
        double area = area(a);
        return area <= 0 ? 0 : shared(this, a, this, b) / area;
    }

    double area(int i) {
        return (double) Math.max(0, right[i] - left[i]) * Math.max(0, bottom[i] - top[i]);
    }

    private static double shared(ObjectCandidates one, int a, ObjectCandidates other, int b) {
        double width = Math.min(one.right[a], other.right[b]) - Math.max(one.left[a], other.left[b]);
        double height = Math.min(one.bottom[a], other.bottom[b]) - Math.max(one.top[a], other.top[b]);
        return width <= 0 || height <= 0 ? 0 : width * height;
    }

    private int weakest() {
        int at = 0;
        for (int i = 1; i < size; i++) {
            if (score[i] < score[at]) {
                at = i;
            }
        }
        return at;
    }

    /** Insertion sort: stable, without garbage, and the lists are short. */
    private void sort() {
        for (int i = 1; i < size; i++) {
            for (int k = i; k > 0 && score[k] > score[k - 1]; k--) {
                swap(k, k - 1);
            }
        }
    }

    private void swap(int a, int b) {
        int c = category[a];
        category[a] = category[b];
        category[b] = c;
        swap(score, a, b);
        swap(rival, a, b);
        swap(left, a, b);
        swap(top, a, b);
        swap(right, a, b);
        swap(bottom, a, b);
    }

    private static void swap(float[] values, int a, int b) {
        float v = values[a];
        values[a] = values[b];
        values[b] = v;
    }

    private void move(int from, int to) {
        category[to] = category[from];
        score[to] = score[from];
        rival[to] = rival[from];
        left[to] = left[from];
        top[to] = top[from];
        right[to] = right[from];
        bottom[to] = bottom[from];
    }
}
