package io.github.recsys4j.model.train;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import java.io.Closeable;

/** Frees every array that the thread makes while this is open, but those that are kept. */
final class Scratch implements Closeable {
    private final NDScope scope = new NDScope();

    PtNDArray keep(PtNDArray array) {
        NDScope.unregister(array);
        return array;
    }

    @Override
    public void close() {
        scope.close();
    }
}
