package io.invigil.core.vision;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads native libraries, once in a process; they stay loaded until it ends. */
final class NativeLibraries {
    private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

    private NativeLibraries() {}

    /**
     * OpenCV.
     *
     * @throws EngineException with {@link ErrorCode#NATIVE_LOAD}
     */
    static Void loadOpenCv() {
        unlimit();
        try {
            // A frame is worked on by one thread: lanes run side by side instead.
            opencv_core.setNumThreads(1);
            Loader.load(opencv_imgproc.class);
            Loader.load(opencv_imgcodecs.class);
            return null;
        } catch (RuntimeException | LinkageError e) {
            throw notLoaded(
                    "OpenCV",
                    e,
                    "They come in jars for each platform, and are unpacked below "
                            + System.getProperty("user.home") + " or " + System.getProperty("java.io.tmpdir")
                            + " unless -Dorg.bytedeco.javacpp.cachedir=FOLDER says where");
        }
    }

    /**
     * Lets JavaCPP allocate whatever is resident, unless the host said otherwise. By itself it takes four times the largest heap for
     * the most that a process may hold: models and pictures are outside the heap, so with a small one every allocation would
     * collect garbage, wait for a second and fail. It is read once, when the first of JavaCPP's classes is loaded.
     */
    private static void unlimit() {
        if (System.getProperty(MAX_PHYSICAL_BYTES) == null
                && System.getProperty(MAX_PHYSICAL_BYTES.toLowerCase(Locale.ROOT)) == null) {
            System.setProperty(MAX_PHYSICAL_BYTES, "0");
        }
    }

    /**
     * ONNX Runtime.
     *
     * @throws EngineException with {@link ErrorCode#NATIVE_LOAD}
     */
    static OrtEnvironment loadOnnxRuntime() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (RuntimeException | LinkageError e) {
            throw notLoaded(
                    "ONNX Runtime",
                    e,
                    "They are unpacked below " + System.getProperty("java.io.tmpdir")
                            + " unless -Djava.io.tmpdir=FOLDER says where");
        }
    }

    /** What is at the bottom of the failure says why. */
    private static EngineException notLoaded(String library, Throwable failure, String place) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new EngineException(
                ErrorCode.NATIVE_LOAD,
                "the native libraries of " + library + " could not be loaded (" + reason + "). " + place
                        + "; the folder must be writable, and programs may run from it",
                failure);
    }
}
