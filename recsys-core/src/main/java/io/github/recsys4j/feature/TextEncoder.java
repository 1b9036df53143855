package io.github.recsys4j.feature;

/** Encodes text. The empty string has a vector too: what the encoder makes of no words. */
public interface TextEncoder extends Encoder<String> {}
