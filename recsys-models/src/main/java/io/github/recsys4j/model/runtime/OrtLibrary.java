package io.github.recsys4j.model.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.common.annotations.VisibleForTesting;
import com.google.common.base.Throwables;
import io.github.recsys4j.InferenceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one native library of the process: that its classes are there exactly once, and which devices it can use.
 *
 * <p>{@code OrtEnvironment.getAvailableProviders()} names what was compiled in, not what works, so a device is
 * probed by adding it to throw-away session options. The answer for {@link Device#auto()} is kept: unpacking the
 * CUDA provider takes seconds, and its absence is worth one line in the log, not one per model.
 */
final class OrtLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(OrtLibrary.class);
    private static final String MARKER = "ai/onnxruntime/OrtEnvironment.class";
    private static final String INSTALL = "To use CUDA, put com.microsoft.onnxruntime:onnxruntime_gpu on the class path"
            + " instead of com.microsoft.onnxruntime:onnxruntime, and install an NVIDIA driver, CUDA 12 and cuDNN 9"
            + " where the system finds their libraries";

    private OrtLibrary() {}

    /** Decided when the first model asks for it. */
    private static final class Auto {
        static final Device DEVICE = probe();

        private static Device probe() {
            try (SessionOptions options = new SessionOptions()) {
                options.addCUDA(0);
                LOG.info("Models on Device.auto() run on cuda:0");
                return Device.cuda(0);
            } catch (OrtException e) {
                LOG.info(
                        "Models on Device.auto() run on the CPU: cuda:0 was tried, \"{}\". {}",
                        e.getMessage(),
                        INSTALL);
                return Device.cpu();
            }
        }
    }

    static OrtEnvironment environment() {
        requireExactlyOne(OrtLibrary.class.getClassLoader());
        try {
            return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "recsys4j");
        } catch (LinkageError e) {
            throw new InferenceException(
                    "ONNX Runtime could not be started: "
                            + Throwables.getRootCause(e).getMessage() + ". It has libraries for Linux x86-64 and"
                            + " aarch64, macOS aarch64 and Windows x86-64, and unpacks them to java.io.tmpdir = "
                            + System.getProperty("java.io.tmpdir") + ", which must be writable and executable",
                    e);
        }
    }

    @VisibleForTesting
    static void requireExactlyOne(ClassLoader loader) {
        List<String> copies = copies(loader);
        if (copies.isEmpty()) {
            throw new InferenceException("ONNX Runtime is not on the class path: add"
                    + " com.microsoft.onnxruntime:onnxruntime, or onnxruntime_gpu in its place for CUDA");
        }
        if (copies.size() > 1) {
            throw new InferenceException("ONNX Runtime stands on the class path " + copies.size() + " times: "
                    + String.join(" and ", copies) + ". Exactly one is allowed, because the copies have the same class"
                    + " names and different native libraries. Keep onnxruntime for the CPU, or onnxruntime_gpu and"
                    + " exclude com.microsoft.onnxruntime:onnxruntime from recsys-models");
        }
    }

    private static List<String> copies(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(MARKER)).stream()
                    .map(URL::toString)
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the device to a session's options; what adds nothing runs on the CPU. */
    static Device use(Device device, SessionOptions options) throws OrtException {
        Device chosen = device.kind() == Device.Kind.AUTO ? Auto.DEVICE : device;
        if (chosen.kind() == Device.Kind.CUDA) {
            addCuda(chosen, options);
        }
        return chosen;
    }

    private static void addCuda(Device device, SessionOptions options) {
        try {
            options.addCUDA(device.index());
        } catch (OrtException e) {
            throw new InferenceException(
                    "Device " + device + " is not there: ONNX Runtime was asked for its CUDA provider and answered \""
                            + e.getMessage() + "\". " + INSTALL + ". Or choose Device.auto() or Device.cpu()",
                    e);
        }
    }
}
