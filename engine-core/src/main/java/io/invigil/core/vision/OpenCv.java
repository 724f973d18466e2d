package io.invigil.core.vision;

import io.invigil.api.EngineException;
import io.invigil.api.ErrorCode;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;

/** The native libraries of OpenCV, which stay loaded until the process ends. */
final class OpenCv {
    private OpenCv() {}

    /**
     * Loads them, once in a process.
     *
     * @throws EngineException with {@link ErrorCode#NATIVE_LOAD}
     */
    static Void load() {
        try {
            // A frame is worked on by one thread: lanes run side by side instead.
            opencv_core.setNumThreads(1);
            Loader.load(opencv_imgproc.class);
            Loader.load(opencv_imgcodecs.class);
            return null;
        } catch (RuntimeException | LinkageError e) {
            throw new EngineException(ErrorCode.NATIVE_LOAD, "the native libraries of OpenCV", e);
        }
    }
}
