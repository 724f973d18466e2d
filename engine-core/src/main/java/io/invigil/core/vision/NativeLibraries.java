package io.invigil.core.vision;

import ai.onnxruntime.OrtEnvironment;
import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** Loads native libraries, once in a process; they stay loaded until it ends. */
final class NativeLibraries {
    private NativeLibraries() {}

    /**
     * OpenCV.
     *
     * @throws EngineException with {@link ErrorCode#NATIVE_LOAD}
     */
    static Void loadOpenCv() {
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
                    System.getProperty("user.home") + " or " + System.getProperty("java.io.tmpdir"),
                    "-Dorg.bytedeco.javacpp.cachedir=FOLDER");
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
            throw notLoaded("ONNX Runtime", e, System.getProperty("java.io.tmpdir"), "-Djava.io.tmpdir=FOLDER");
        }
    }

    /** What is at the bottom of the failure says why; what most often helps is another folder. */
    private static EngineException notLoaded(String library, Throwable failure, String folders, String option) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return new EngineException(
                ErrorCode.NATIVE_LOAD,
                "the native libraries of " + library + " could not be loaded: " + reason
                        + ". They are unpacked into a folder that must be writable and may hold programs, below "
                        + folders + " unless " + option + " names another",
                failure);
    }
}
