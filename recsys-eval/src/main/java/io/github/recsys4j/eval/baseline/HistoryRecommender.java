package io.github.recsys4j.eval.baseline;
