package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.EncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * An encoder behind memory and disk: what is in neither is encoded once, stored, and only then handed out.
 * Thread-safety: safe for many threads; two that ask for the same new content at the same time may both compute it.
 *
 * @param <T> what the encoder reads
 */
final class CachedVectors<T> {
    private final Encoder<T> encoder;
    private final EncoderInfo info;
    private final int step;
    private final MemoryVectors memory;
    private final Optional<VectorFolder> disk;
    private final LongAdder memoryHits = new LongAdder();
    private final LongAdder diskHits = new LongAdder();
    private final LongAdder encoded = new LongAdder();

    /**
     * Puts an encoder behind a cache.
     *
     * @param step how many contents are encoded before their vectors are stored
     */
    CachedVectors(Encoder<T> encoder, int step, MemoryVectors memory, Optional<VectorFolder> disk) {
        this.encoder = encoder;
        this.step = step;
        this.memory = memory;
        this.disk = disk;
        info = encoder.info();
    }

    EncoderInfo info() {
        return info;
    }

    int step() {
        return step;
    }

    Optional<VectorFolder> disk() {
        return disk;
    }

    CacheStats stats() {
        return new CacheStats(
                memoryHits.sum(),
                diskHits.sum(),
                encoded.sum(),
                disk.map(VectorFolder::damaged).orElse(0L),
                memory.size(),
                disk.map(VectorFolder::size).orElse(0));
    }

    void clear() {
        memory.clear();
        disk.ifPresent(VectorFolder::clear);
    }

    float[] encode(List<? extends T> inputs) {
        KeyBatch batch = KeyBatch.of(inputs);
        float[] vectors = new float[Math.multiplyExact(inputs.size(), info.dim())];
        memoryHits.add(memory.read(batch, vectors));
        disk.filter(folder -> !batch.isComplete()).ifPresent(folder -> readDisk(folder, batch, vectors));
        if (!batch.isComplete()) {
            encodeMissing(inputs, batch, vectors);
        }
        return vectors;
    }

    private void readDisk(VectorFolder folder, KeyBatch batch, float[] vectors) {
        BitSet found = batch.missing();
        folder.read(batch, vectors);
        if (!batch.isComplete()) {
            folder.refresh();
            folder.read(batch, vectors);
        }
        found.andNot(batch.missing());
        diskHits.add(found.cardinality());
        found.stream().forEach(at -> memory.put(batch, at, vectors, at * info.dim()));
    }

    private void encodeMissing(List<? extends T> inputs, KeyBatch batch, float[] vectors) {
        int[] places = batch.distinctMissing();
        for (int from = 0; from < places.length; from += step) {
            encodePart(inputs, batch, Arrays.copyOfRange(places, from, Math.min(places.length, from + step)), vectors);
        }
        copyRepeated(batch, places, vectors);
    }

    private void encodePart(List<? extends T> inputs, KeyBatch batch, int[] places, float[] vectors) {
        float[] fresh = encodeChecked(inputs, places);
        encoded.add(places.length);
        disk.ifPresent(folder -> folder.append(batch, places, fresh));
        for (int row = 0; row < places.length; row++) {
            System.arraycopy(fresh, row * info.dim(), vectors, places[row] * info.dim(), info.dim());
            memory.put(batch, places[row], fresh, row * info.dim());
            batch.found(places[row]);
        }
    }

    private float[] encodeChecked(List<? extends T> inputs, int[] places) {
        List<T> part = new ArrayList<>(places.length);
        for (int place : places) {
            part.add(inputs.get(place));
        }
        float[] fresh;
        try {
            fresh = encoder.encode(part);
        } catch (EncodingException e) {
            throw placed(e, places);
        }
        checkState(
                fresh.length == places.length * info.dim(),
                "encoder %s must give %s floats for each of %s inputs, got %s floats in all: the encoder is at fault",
                info.id(),
                info.dim(),
                places.length,
                fresh.length);
        for (float value : fresh) {
            checkState(
                    Float.isFinite(value),
                    "encoder %s must give finite floats, got %s: the encoder is at fault, nothing was stored",
                    info.id(),
                    value);
        }
        return fresh;
    }

    /** The failure with the position in the caller's list. */
    private static EncodingException placed(EncodingException e, int[] places) {
        int place = places[Math.min(e.position(), places.length - 1)];
        return place == e.position()
                ? e
                : new EncodingException("input " + place + " of the list: " + e.getMessage(), place, e);
    }

    /** Gives each repeated content the vector of its first place. */
    private void copyRepeated(KeyBatch batch, int[] places, float[] vectors) {
        if (batch.isComplete()) {
            return;
        }
        KeyTable first = new KeyTable();
        for (int number = 0; number < places.length; number++) {
            first.add(number, batch.words(), batch.place(places[number]));
        }
        batch.missing().stream().forEach(at -> {
            int place = places[first.find(batch.words(), batch.place(at))];
            System.arraycopy(vectors, place * info.dim(), vectors, at * info.dim(), info.dim());
            batch.found(at);
        });
    }
}
