package io.github.recsys4j.model.train;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named arrays of floats, one after the other in one little-endian file, with its digest. */
final class TensorFile {
    private static final int CHUNK_FLOATS = 1 << 18;

    private TensorFile() {}

    /** What {@code checkpoint.json} says of a file: its name, size, digest, and the arrays in their order. */
    record Entry(String file, long bytes, String sha256, List<Item> tensors) {
        /** An array's name and length in floats. */
        record Item(String name, int size) {}
    }

    static Entry write(Path folder, String group, Map<String, float[]> tensors) throws IOException {
        String file = group + ".f32";
        MessageDigest digest = sha256();
        List<Entry.Item> items = new ArrayList<>();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long bytes = 0;
        try (FileChannel channel =
                FileChannel.open(folder.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
                float[] values = tensor.getValue();
                items.add(new Entry.Item(tensor.getKey(), values.length));
                for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
                    int count = Math.min(CHUNK_FLOATS, values.length - from);
                    chunk.clear();
                    chunk.asFloatBuffer().put(values, from, count);
                    chunk.limit(count * Float.BYTES);
                    digest.update(chunk.duplicate());
                    while (chunk.hasRemaining()) {
                        bytes += channel.write(chunk);
                    }
                }
            }
            channel.force(true);
        }
        return new Entry(file, bytes, HexFormat.of().formatHex(digest.digest()), items);
    }

    static Map<String, float[]> read(Path folder, Entry entry) throws IOException {
        MessageDigest digest = sha256();
        Map<String, float[]> tensors = new LinkedHashMap<>();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(folder.resolve(entry.file()), StandardOpenOption.READ)) {
            checkSize(folder, entry, channel.size());
            for (Entry.Item item : entry.tensors()) {
                float[] values = new float[item.size()];
                for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
                    int count = Math.min(CHUNK_FLOATS, values.length - from);
                    fill(channel, chunk.clear().limit(count * Float.BYTES));
                    digest.update(chunk.duplicate());
                    chunk.asFloatBuffer().get(values, from, count);
                }
                tensors.put(item.name(), values);
            }
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(entry.sha256())) {
            throw damaged(folder, entry.file() + " has SHA-256 " + found + ", expected " + entry.sha256());
        }
        return tensors;
    }

    private static void checkSize(Path folder, Entry entry, long size) {
        long expected =
                entry.tensors().stream().mapToLong(item -> item.size() * 4L).sum();
        if (size != entry.bytes() || size != expected) {
            throw damaged(folder, entry.file() + " has " + size + " bytes, expected " + entry.bytes());
        }
    }

    private static void fill(FileChannel channel, ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining() && channel.read(chunk) >= 0) {
            // read until the chunk is full
        }
        chunk.flip();
    }

    private static ArtifactException damaged(Path folder, String found) {
        return CheckpointStore.damaged(folder, found, new IOException(found));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
