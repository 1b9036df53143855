package io.github.recsys4j.feature;

/** Encodes sounds, each given as the bytes of an audio file such as WAV or FLAC. */
public interface AudioEncoder extends Encoder<byte[]> {}
