package io.github.recsys4j.feature;

import com.google.common.util.concurrent.Striped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;

/**
 * One writer at a time in a folder, among the threads of this process and among processes. Systems hold a file's lock
 * for a process, and drop it when any of its channels to that file is closed: therefore the threads wait for each other
 * first, and only then is the file opened. A killed process gives its lock up.
 */
final class FolderLock {
    private static final String FILE = "lock";
    private static final Striped<Lock> THREADS = Striped.lock(64);

    /** What is done alone. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private FolderLock() {}

    static void alone(Path folder, Work work) throws IOException {
        Lock threads = THREADS.get(folder.toRealPath());
        threads.lock();
        try (FileChannel file =
                        FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            assert lock.isValid();
            work.run();
        } finally {
            threads.unlock();
        }
    }
}
