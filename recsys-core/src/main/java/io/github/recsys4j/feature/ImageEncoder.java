package io.github.recsys4j.feature;

/** Encodes images, each given as the bytes of an image file such as JPEG, PNG or WebP. */
public interface ImageEncoder extends Encoder<byte[]> {}
