package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Pattern;

/**
 * A file of an encoder's folder that can be fetched, and what it must be.
 *
 * @param path below the folder and below the address, such as {@code onnx/model.onnx}
 * @param size in bytes
 * @param sha256 64 hexadecimal digits in lower case
 */
public record RemoteFile(String path, long size, String sha256) {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._@+-]+(/[A-Za-z0-9._@+-]+)*");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the parts.
     *
     * @param path letters, digits and {@code . _ @ + -} between slashes, and never upwards
     * @param size at least 0
     * @param sha256 64 hexadecimal digits in lower case
     * @throws IllegalArgumentException if one of them is not as said
     */
    public RemoteFile {
        checkArgument(
                PATH.matcher(path).matches() && !path.contains(".."),
                "path of a remote file must be names between slashes without \"..\", got \"%s\"",
                path);
        checkArgument(size >= 0, "size of %s must be at least 0, got %s", path, size);
        checkArgument(
                SHA_256.matcher(sha256).matches(),
                "sha256 of %s must be 64 hexadecimal digits in lower case, got \"%s\"",
                path,
                sha256);
    }
}
