package io.github.recsys4j.serve;

/** When an appended interaction is on the disk and not only with the operating system. */
public enum Sync {
    /**
     * Before {@code append} returns, so that a power cut loses nothing that was acknowledged; threads that append at the
     * same time share one sync.
     */
    EVERY_APPEND,
    /**
     * When the store is compacted or closed. A process that dies, even by SIGKILL, loses nothing that was acknowledged,
     * because the operating system has it; a machine that dies loses what it had not written yet.
     */
    BY_SYSTEM
}
