package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.regex.Pattern;

/**
 * What an encoder is: enough to tell whether two vectors may be compared.
 *
 * @param id a short readable name, such as {@code mobilenet-v1-025}
 * @param modality what it reads
 * @param dim floats in each vector, at least 1
 * @param fingerprint 64 hexadecimal digits in lower case: the SHA-256 of everything that decides a vector (the model
 *     file, the settings of preprocessing and pooling, the version of the code of a built-in encoder). Equal
 *     fingerprints promise equal vectors for equal content
 */
public record EncoderInfo(String id, Modality modality, int dim, String fingerprint) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the parts.
     *
     * @param id letters, digits and {@code . _ @ + -}, at most 100, the first one a letter or digit
     * @param modality what it reads
     * @param dim at least 1
     * @param fingerprint 64 hexadecimal digits in lower case
     * @throws IllegalArgumentException if one of them is not as said
     */
    public EncoderInfo {
        checkArgument(
                ID.matcher(id).matches(),
                "id of an encoder must be 1 to 100 letters, digits or . _ @ + - beginning with a letter or digit,"
                        + " got \"%s\"",
                id);
        checkArgument(dim >= 1, "dim of encoder %s must be at least 1, got %s", id, dim);
        checkArgument(
                SHA_256.matcher(fingerprint).matches(),
                "fingerprint of encoder %s must be a SHA-256 as 64 hexadecimal digits in lower case, got \"%s\"",
                id,
                fingerprint);
    }
}
