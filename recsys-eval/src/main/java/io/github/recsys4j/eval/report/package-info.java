/** Reports for people: one self-contained page with tables and charts, and a sentence that says who wins. */
@NullMarked
package io.github.recsys4j.eval.report;

import org.jspecify.annotations.NullMarked;
