package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Suppliers;
