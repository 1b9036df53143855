package io.github.recsys4j.retrieval;

import com.google.common.base.Throwables;
import io.github.recsys4j.InferenceException;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Starts ND4J, first lifting JavaCPP's limit on the memory of the whole process.
 *
 * <p>Unless told otherwise JavaCPP refuses to allocate once the process holds more than four times the maximum heap,
 * whoever holds it: libtorch and ONNX Runtime in the same process would make a small matrix fail. What the host
 * has set stays.
 */
final class NativeMath {
    private static final String PROPERTY = "org.bytedeco.javacpp.maxPhysicalBytes";

    static {
        if (System.getProperty(PROPERTY) == null && System.getProperty(PROPERTY.toLowerCase(Locale.ROOT)) == null) {
            System.setProperty(PROPERTY, "0");
        }
    }

    private NativeMath() {}

    /**
     * Starts it, or finds it started.
     *
     * @throws InferenceException if its native libraries cannot be unpacked or loaded
     */
    static void start() {
        try {
            Nd4j.factory();
        } catch (LinkageError | RuntimeException e) {
            throw new InferenceException(
                    "ND4J could not be started: " + Throwables.getRootCause(e).getMessage() + ". It has libraries for"
                            + " Linux x86-64 and arm64, macOS and Windows x86-64, and unpacks them into a cache folder,"
                            + " usually ~/.javacpp, which must be writable and executable: name another one with"
                            + " -Dorg.bytedeco.javacpp.cachedir=FOLDER",
                    e);
        }
    }
}
