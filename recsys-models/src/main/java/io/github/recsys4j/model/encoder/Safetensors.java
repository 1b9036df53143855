package io.github.recsys4j.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.StreamSupport;

/**
 * Reads a {@code .safetensors} file: eight bytes with the length of a JSON header, the header, and the numbers, all
 * little-endian.
 */
final class Safetensors {
    private static final int MAX_HEADER = 100_000_000;

    private final Path path;
    private final JsonNode header;
    private final ByteBuffer data;

    private Safetensors(Path path, JsonNode header, ByteBuffer data) {
        this.path = path;
        this.header = header;
        this.data = data;
    }

    static Safetensors read(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            long length = file.remaining() < Long.BYTES ? -1 : file.getLong(0);
            if (length < 2 || length > MAX_HEADER || length > file.remaining() - Long.BYTES) {
                throw new ArtifactException(
                        "File " + path + " is no safetensors file: its header cannot be " + length + " bytes long");
            }
            byte[] text = new byte[(int) length];
            file.get(Long.BYTES, text);
            JsonNode header = new ObjectMapper().readTree(new String(text, StandardCharsets.UTF_8));
            int start = Long.BYTES + (int) length;
            return new Safetensors(
                    path, header, file.slice(start, file.limit() - start).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new ArtifactException("File " + path + " cannot be read as safetensors: " + e.getMessage(), e);
        }
    }

    boolean has(String name) {
        return header.has(name);
    }

    long[] shape(String name) {
        return StreamSupport.stream(tensor(name).path("shape").spliterator(), false)
                .mapToLong(JsonNode::longValue)
                .toArray();
    }

    private JsonNode tensor(String name) {
        if (!has(name)) {
            throw new ArtifactException("File " + path + " has no tensor \"" + name + "\"");
        }
        return header.get(name);
    }

    /** Any real or whole numbers, as doubles. */
    double[] numbers(String name) {
        String type = tensor(name).path("dtype").asText();
        int width = switch (type) {
            case "F64", "I64" -> 8;
            case "F32", "I32" -> 4;
            case "F16", "I16" -> 2;
            default ->
                throw new ArtifactException("Tensor \"" + name + "\" of " + path + " is " + type
                        + "; F16, F32, F64, I16, I32 and I64 can be read");
        };
        long from = tensor(name).path("data_offsets").path(0).asLong(-1);
        long until = tensor(name).path("data_offsets").path(1).asLong(-1);
        if (from < 0 || until < from || until > data.limit()) {
            throw new ArtifactException("Tensor \"" + name + "\" of " + path + " lies outside the file: it is cut off");
        }
        double[] numbers = new double[(int) ((until - from) / width)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(type, (int) from + i * width);
        }
        return numbers;
    }

    private double number(String type, int at) {
        return switch (type) {
            case "F64" -> data.getDouble(at);
            case "F32" -> data.getFloat(at);
            case "F16" -> half(data.getShort(at));
            case "I64" -> data.getLong(at);
            case "I32" -> data.getInt(at);
            default -> data.getShort(at);
        };
    }

    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = exponent == 0
                ? Math.scalb((double) fraction, -24)
                : exponent == 31
                        ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                        : Math.scalb((double) (fraction + 1024), exponent - 25);
        return bits < 0 ? -size : size;
    }
}
