package io.github.recsys4j.retrieval;

import java.util.Locale;

/**
 * Lifts JavaCPP's limit on the memory of the whole process before ND4J loads.
 *
 * <p>Unless told otherwise JavaCPP refuses to allocate once the process holds more than four times the maximum heap,
 * whoever holds it: libtorch and ONNX Runtime in the same process would make a small matrix fail. What the host
 * has set stays.
 */
final class NativeLimits {
    private static final String PROPERTY = "org.bytedeco.javacpp.maxPhysicalBytes";

    static {
        if (System.getProperty(PROPERTY) == null && System.getProperty(PROPERTY.toLowerCase(Locale.ROOT)) == null) {
            System.setProperty(PROPERTY, "0");
        }
    }

    private NativeLimits() {}

    /** Runs the class's initializer, once. */
    static void relax() {}
}
