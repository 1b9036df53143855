package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on this machine that cuts, changes and refuses. */
class EncoderDownloadTest {
    private static final int SIZE = 300_000;

    private final byte[] content = new byte[SIZE];
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int cutAfter = Integer.MAX_VALUE;

    @TempDir
    private Path folder;

    EncoderDownloadTest() throws IOException {
        new Random(3).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/models/mini/onnx/model.onnx", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
        requests.add(range);
        int from = range.equals("null") ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
        int length = Math.min(cutAfter, content.length - from);
        exchange.getResponseBody().write(content, from, length);
        exchange.close();
    }

    private URI base() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/models/mini");
    }

    private RemoteFile file(String path) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        return new RemoteFile(path, SIZE, sha256);
    }

    @Test
    void fetch_twice_asksOnce() throws Exception {
        EncoderDownload download = EncoderDownload.from(base(), folder);
        assertThat(download.fetch(List.of(file("onnx/model.onnx")))).isEqualTo(folder);
        download.fetch(List.of(file("onnx/model.onnx")));
        assertThat(Files.readAllBytes(folder.resolve("onnx/model.onnx"))).isEqualTo(content);
        assertThat(requests).containsExactly("null");
        assertThat(folder.resolve("onnx/model.onnx.part")).doesNotExist();
    }

    @Test
    void fetch_connectionEnds_goesOnWhereItStopped() throws Exception {
        EncoderDownload download = EncoderDownload.from(base(), folder);
        Files.createDirectories(folder.resolve("onnx"));
        Files.write(folder.resolve("onnx/model.onnx.part"), Arrays.copyOf(content, 100_000));
        download.fetch(List.of(file("onnx/model.onnx")));
        assertThat(requests).containsExactly("bytes=100000-");
        assertThat(Files.readAllBytes(folder.resolve("onnx/model.onnx"))).isEqualTo(content);
    }

    @Test
    void fetch_cutOff_keepsWhatCame() throws Exception {
        cutAfter = 1000;
        EncoderDownload download = EncoderDownload.from(base(), folder);
        assertThatThrownBy(() -> download.fetch(List.of(file("onnx/model.onnx"))))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("could not be fetched to " + folder.resolve("onnx/model.onnx"))
                .hasMessageEndingWith("Call again to go on, or put the file there yourself");
        assertThat(folder.resolve("onnx/model.onnx")).doesNotExist();
        cutAfter = Integer.MAX_VALUE;
        download.fetch(List.of(file("onnx/model.onnx")));
        assertThat(Files.readAllBytes(folder.resolve("onnx/model.onnx"))).isEqualTo(content);
    }

    @Test
    void fetch_otherContent_isRefusedAndDeleted() throws Exception {
        RemoteFile expected = file("onnx/model.onnx");
        content[5] ^= 1;
        assertThatThrownBy(() -> EncoderDownload.from(base(), folder).fetch(List.of(expected)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("expected " + expected.sha256())
                .hasMessageEndingWith("It was deleted");
        assertThat(folder.resolve("onnx/model.onnx")).doesNotExist();
        assertThat(folder.resolve("onnx/model.onnx.part")).doesNotExist();
    }

    @Test
    void fetch_longerThanSaid_isRefused() throws Exception {
        RemoteFile shorter = new RemoteFile("onnx/model.onnx", 10, file("x").sha256());
        assertThatThrownBy(() -> EncoderDownload.from(base(), folder).fetch(List.of(shorter)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("the server sends more than 10 bytes");
    }

    @Test
    void fetch_missingFile_saysTheAnswer() throws Exception {
        assertThatThrownBy(() -> EncoderDownload.from(base(), folder).fetch(List.of(file("missing.onnx"))))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("the server answered 404");
    }

    @Test
    void from_otherAddressOrPath_isRefused() {
        assertThatThrownBy(() -> EncoderDownload.from(URI.create("file:///etc"), folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("base must be an http or https address, got file:///etc");
        assertThatThrownBy(() -> new RemoteFile("../x", 1, "0".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path of a remote file must be names between slashes without \"..\", got \"../x\"");
    }
}
