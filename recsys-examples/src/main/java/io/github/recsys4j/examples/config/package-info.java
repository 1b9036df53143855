/** Configuration files: YAML that is read strictly into settings records, and written back. */
@NullMarked
package io.github.recsys4j.examples.config;

import org.jspecify.annotations.NullMarked;
