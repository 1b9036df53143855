package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.EncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
        float[] vectors = read(batch);
        if (!batch.isComplete()) {
            int[] places = batch.distinctMissing();
            for (int[] part : parts(places)) {
                store(batch, part, encodePlaced(inputs, part), vectors);
            }
            copyRepeated(batch, places, vectors, Map.of());
        }
        return vectors;
    }

    /** Encodes all that can be, and says of each input how it went. */
    void encode(List<? extends T> inputs, TolerantEncoding.Result result) {
        KeyBatch batch = KeyBatch.of(inputs);
        float[] vectors = read(batch);
        Map<Integer, String> broken = new HashMap<>();
        int[] places = batch.distinctMissing();
        for (int[] part : parts(places)) {
            encodeSound(inputs, batch, part, vectors, broken);
        }
        Map<Integer, String> brokenCopies = copyRepeated(batch, places, vectors, broken);
        for (int at = 0; at < inputs.size(); at++) {
            String reason = brokenCopies.get(at);
            if (reason == null) {
                result.encoded(at, vectors, at * info.dim());
            } else {
                result.broken(at, reason);
            }
        }
    }

    private void encodeSound(
            List<? extends T> inputs, KeyBatch batch, int[] part, float[] vectors, Map<Integer, String> broken) {
        float[] fresh = new float[part.length * info.dim()];
        int[] sound = new int[part.length];
        AtomicInteger count = new AtomicInteger();
        TolerantEncoding.<T>encode(this::encodeChecked, info.dim(), at(inputs, part), new TolerantEncoding.Result() {
            @Override
            public void encoded(int position, float[] rows, int offset) {
                int row = count.getAndIncrement();
                sound[row] = part[position];
                System.arraycopy(rows, offset, fresh, row * info.dim(), info.dim());
            }

            @Override
            public void broken(int position, String reason) {
                broken.put(part[position], reason);
            }
        });
        if (count.get() > 0) {
            store(batch, Arrays.copyOf(sound, count.get()), Arrays.copyOf(fresh, count.get() * info.dim()), vectors);
        }
    }

    private float[] read(KeyBatch batch) {
        float[] vectors = new float[Math.multiplyExact(batch.size(), info.dim())];
        memoryHits.add(memory.read(batch, vectors));
        disk.filter(folder -> !batch.isComplete()).ifPresent(folder -> readDisk(folder, batch, vectors));
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

    private List<int[]> parts(int[] places) {
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < places.length; from += step) {
            parts.add(Arrays.copyOfRange(places, from, Math.min(places.length, from + step)));
        }
        return parts;
    }

    private void store(KeyBatch batch, int[] places, float[] fresh, float[] vectors) {
        encoded.add(places.length);
        disk.ifPresent(folder -> folder.append(batch, places, fresh));
        for (int row = 0; row < places.length; row++) {
            System.arraycopy(fresh, row * info.dim(), vectors, places[row] * info.dim(), info.dim());
            memory.put(batch, places[row], fresh, row * info.dim());
            batch.found(places[row]);
        }
    }

    private float[] encodePlaced(List<? extends T> inputs, int[] places) {
        try {
            return encodeChecked(at(inputs, places));
        } catch (EncodingException e) {
            throw placed(e, places);
        }
    }

    private List<T> at(List<? extends T> inputs, int[] places) {
        List<T> part = new ArrayList<>(places.length);
        for (int place : places) {
            part.add(inputs.get(place));
        }
        return part;
    }

    private float[] encodeChecked(List<? extends T> part) {
        float[] fresh = encoder.encode(part);
        checkState(
                fresh.length == part.size() * info.dim(),
                "encoder %s must give %s floats for each of %s inputs, got %s floats in all: the encoder is at fault",
                info.id(),
                info.dim(),
                part.size(),
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

    /** Gives each repeated content what its first place has: a vector, or the reason why there is none. */
    private Map<Integer, String> copyRepeated(
            KeyBatch batch, int[] places, float[] vectors, Map<Integer, String> broken) {
        if (batch.isComplete()) {
            return broken;
        }
        KeyTable first = new KeyTable();
        for (int number = 0; number < places.length; number++) {
            first.add(number, batch.words(), batch.place(places[number]));
        }
        Map<Integer, String> all = new HashMap<>(broken);
        batch.missing().stream().forEach(at -> {
            int place = places[first.find(batch.words(), batch.place(at))];
            String reason = broken.get(place);
            if (reason == null) {
                System.arraycopy(vectors, place * info.dim(), vectors, at * info.dim(), info.dim());
                batch.found(at);
            } else {
                all.put(at, reason);
            }
        });
        return all;
    }
}
