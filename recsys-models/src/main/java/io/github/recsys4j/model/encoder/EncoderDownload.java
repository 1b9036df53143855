package io.github.recsys4j.model.encoder;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an encoder's folder, if one asks for it: nothing else in this library uses the network.
 *
 * <p>Each file is checked by size and SHA-256 before it appears under its name. A file that is there and right is not
 * fetched again; one that was interrupted goes on where it stopped, if the server can. The address is the caller's: a
 * mirror, or a shelf of one's own.
 *
 * <pre>{@code
 * Path folder = EncoderDownload.from(URI.create("https://models.example.com/minilm/"), cache.resolve("minilm"))
 *         .fetch(List.of(new RemoteFile("model.onnx", 90_387_606, "6fd5d7..."), ...));
 * }</pre>
 *
 * <p>Thread-safety: immutable; two processes that fetch the same folder at once may both fail, never leave a wrong file.
 */
public final class EncoderDownload {
    private static final Logger LOG = LoggerFactory.getLogger(EncoderDownload.class);
    private static final String PARTIAL = ".part";
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int CHUNK = 1 << 16;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(30);

    private final URI base;
    private final Path folder;

    private EncoderDownload(URI base, Path folder) {
        this.base = base;
        this.folder = folder;
    }

    /**
     * Says where files come from and where they go.
     *
     * @param base an {@code http} or {@code https} address; the files' paths are added to it
     * @param folder where the files are kept; made if it is missing
     * @return the download, not yet begun
     * @throws IllegalArgumentException if the address is of another kind
     */
    public static EncoderDownload from(URI base, Path folder) {
        String scheme = String.valueOf(base.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("base must be an http or https address, got " + base);
        }
        return new EncoderDownload(base.toString().endsWith("/") ? base : URI.create(base + "/"), folder);
    }

    /**
     * Fetches what is missing.
     *
     * @param files what the folder needs
     * @return the folder, in which every file is as it must be
     * @throws ArtifactException if a file cannot be fetched, or is not what it must be; a wrong file is deleted, one
     *     that is cut off is kept to go on with
     */
    public Path fetch(List<RemoteFile> files) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        for (RemoteFile file : files) {
            fetch(client, file);
        }
        return folder;
    }

    private void fetch(HttpClient client, RemoteFile file) {
        Path target = folder.resolve(file.path());
        URI address = base.resolve(file.path());
        try {
            if (isRight(target, file)) {
                return;
            }
            Path partial = target.resolveSibling(target.getFileName() + PARTIAL);
            Files.createDirectories(partial.toAbsolutePath().getParent());
            LOG.info("Fetching {} ({} bytes) from {}", file.path(), file.size(), base);
            transfer(client, file, address, partial);
            check(file, address, partial);
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ArtifactException(
                    "Encoder file " + address + " could not be fetched to " + target + ": " + e
                            + ". Call again to go on, or put the file there yourself",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArtifactException("Fetching " + address + " was interrupted. Call again to go on", e);
        }
    }

    private static boolean isRight(Path path, RemoteFile file) throws IOException {
        return Files.isRegularFile(path)
                && Files.size(path) == file.size()
                && Sha256.ofFile(path).equals(file.sha256());
    }

    private static void transfer(HttpClient client, RemoteFile file, URI address, Path partial)
            throws IOException, InterruptedException {
        long there = Files.exists(partial) ? Files.size(partial) : 0;
        if (there >= file.size()) {
            if (there == file.size() && file.size() > 0) {
                return;
            }
            Files.deleteIfExists(partial);
            there = 0;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(REQUEST_TIMEOUT);
        if (there > 0) {
            request.header("Range", "bytes=" + there + "-");
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean goesOn = response.statusCode() == PARTIAL_CONTENT && there > 0;
            if (response.statusCode() != OK && !goesOn) {
                throw new IOException("the server answered " + response.statusCode());
            }
            write(body, partial, goesOn ? there : 0, file);
        }
    }

    /** Never writes more than the file may be long. */
    private static void write(InputStream body, Path partial, long there, RemoteFile file) throws IOException {
        StandardOpenOption how = there > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long size = there;
        try (OutputStream out =
                Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                size += read;
                if (size > file.size()) {
                    break;
                }
                out.write(chunk, 0, read);
            }
        }
        if (size > file.size()) {
            Files.delete(partial);
            throw new IOException("the server sends more than " + file.size() + " bytes");
        }
    }

    private static void check(RemoteFile file, URI address, Path partial) throws IOException {
        long size = Files.exists(partial) ? Files.size(partial) : 0;
        if (size < file.size()) {
            throw new IOException("the connection ended after " + size + " of " + file.size() + " bytes");
        }
        String sha256 = Sha256.ofFile(partial);
        if (!sha256.equals(file.sha256())) {
            Files.delete(partial);
            throw new ArtifactException("Encoder file " + address + " has SHA-256 " + sha256 + ", expected "
                    + file.sha256() + ": it was changed, or the address is of another version. It was deleted");
        }
    }

    @Override
    public String toString() {
        return "EncoderDownload[" + base + " to " + folder + "]";
    }
}
