package io.invigil.bench.peers;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import io.invigil.models.ModelCatalog;
import io.invigil.models.ModelId;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * The same models as a newcomer would call them first: ImageIO, a tensor a frame, the runtime's default settings, values as
 * arrays, one step after another.
 */
final class PlainJavaPeer implements Peer {
    private static final int DETECTOR_SIDE = 192;
    private static final int MESH_SIDE = 192;
    private static final int OBJECT_SIDE = 416;
    private static final int GRID = 48;
    private static final int CELL = 4;

    private final List<byte[]> files;
    private final boolean withObjects;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession detector;
    private final OrtSession mesh;
    private final OrtSession objects;
    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private int turn;

    PlainJavaPeer(List<byte[]> files, boolean withObjects) {
        this.files = files;
        this.withObjects = withObjects;
        ModelCatalog catalog = ModelCatalog.bundled();
        detector = load(catalog, ModelId.FACE_DETECTION_FULL_RANGE);
        mesh = load(catalog, ModelId.FACE_MESH_ATTENTION);
        objects = load(catalog, ModelId.NANODET);
    }

    private OrtSession load(ModelCatalog catalog, ModelId id) {
        try {
            return environment.createSession(catalog.load(id));
        } catch (OrtException e) {
            throw new IllegalStateException("the model " + id.key() + " could not be loaded", e);
        }
    }

    @Override
    public String title() {
        return "plain Java, every model on every frame" + (withObjects ? ", with objects" : "");
    }

    @Override
    public Cost round(int frames) {
        int found = 0;
        long beganNs = process.getProcessCpuTime();
        for (int i = 0; i < frames; i++) {
            found += look(files.get(turn++ % files.size())) ? 1 : 0;
        }
        return new Cost((process.getProcessCpuTime() - beganNs) / 1e6 / frames, found);
    }

    private boolean look(byte[] file) {
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
            double scale = DETECTOR_SIDE / (double) Math.max(picture.getWidth(), picture.getHeight());
            float[][][] boxes;
            float[][][] scores;
            try (OnnxTensor input = tensor(scaled(picture, scale, DETECTOR_SIDE), DETECTOR_SIDE);
                    OrtSession.Result result = detector.run(Map.of("image", input))) {
                boxes = (float[][][]) result.get("boxes").orElseThrow().getValue();
                scores = (float[][][]) result.get("scores").orElseThrow().getValue();
            }
            int best = 0;
            for (int i = 1; i < scores[0].length; i++) {
                best = scores[0][i][0] > scores[0][best][0] ? i : best;
            }
            if (scores[0][best][0] < 0) {
                return false;
            }
            float[] box = boxes[0][best];
            double centerX = (box[0] + CELL * (best % GRID) + CELL / 2.0) / scale;
            double centerY = (box[1] + CELL * (best / GRID) + CELL / 2.0) / scale;
            double side = 1.5 * Math.max(box[2], box[3]) / scale;
            BufferedImage crop = crop(picture, centerX - side / 2, centerY - side / 2, side);
            boolean seen;
            try (OnnxTensor input = tensor(crop, MESH_SIDE);
                    OrtSession.Result result = mesh.run(Map.of("image", input))) {
                seen = ((float[][]) result.get("face_flag").orElseThrow().getValue())[0][0] > 0;
            }
            if (withObjects) {
                double toObjects = OBJECT_SIDE / (double) Math.max(picture.getWidth(), picture.getHeight());
                try (OnnxTensor input = tensor(scaled(picture, toObjects, OBJECT_SIDE), OBJECT_SIDE);
                        OrtSession.Result result = objects.run(Map.of("image", input))) {
                    seen &= result.get("scores_8").orElseThrow().getValue() != null;
                }
            }
            return seen;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("a model failed", e);
        }
    }

    private static BufferedImage scaled(BufferedImage picture, double scale, int side) {
        return draw(picture, side, 0, 0, (int) Math.round(picture.getWidth() * scale), (int)
                Math.round(picture.getHeight() * scale));
    }

    private static BufferedImage crop(BufferedImage picture, double left, double top, double side) {
        double scale = MESH_SIDE / side;
        return draw(
                picture,
                MESH_SIDE,
                (int) Math.round(-left * scale),
                (int) Math.round(-top * scale),
                (int) Math.round(picture.getWidth() * scale),
                (int) Math.round(picture.getHeight() * scale));
    }

    private static BufferedImage draw(BufferedImage picture, int side, int x, int y, int width, int height) {
        BufferedImage drawn = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = drawn.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(picture, x, y, width, height, null);
        canvas.dispose();
        return drawn;
    }

    private OnnxTensor tensor(BufferedImage image, int side) throws OrtException {
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        return OnnxTensor.createTensor(
                environment, ByteBuffer.wrap(pixels), new long[] {1, side, side, 3}, OnnxJavaType.UINT8);
    }

    @Override
    public void close() {
        try {
            detector.close();
            mesh.close();
            objects.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a model could not be closed", e);
        }
    }
}
