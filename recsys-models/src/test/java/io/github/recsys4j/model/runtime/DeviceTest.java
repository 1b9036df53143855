package io.github.recsys4j.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.recsys4j.InferenceException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The tests run with the CPU artifact of ONNX Runtime, so CUDA is never there. */
class DeviceTest {

    @Test
    void auto_withoutCuda_runsOnTheCpuAndLogsWhyOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(OrtLibrary.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        for (int load = 0; load < 2; load++) {
            try (OrtModel model = OrtModel.of("adder", SmallModels.add(), OrtOptions.on(Device.auto()))) {
                assertThat(model.device()).isEqualTo(Device.cpu());
            }
        }
        logger.detachAppender(lines);
        List<String> messages =
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0))
                .contains("run on the CPU: cuda:0 was tried", "onnxruntime_gpu", "CUDA 12", "cuDNN 9");
    }

    @Test
    void cuda_notThere_saysWhatWasTriedAndWhatToInstall() {
        assertThatThrownBy(() -> OrtModel.of("adder", SmallModels.add(), OrtOptions.on(Device.cuda(1))))
                .isInstanceOf(InferenceException.class)
                .hasMessageStartingWith("Device cuda:1 is not there: ONNX Runtime was asked for its CUDA provider")
                .hasMessageContainingAll(
                        "Failed to find CUDA shared provider",
                        "com.microsoft.onnxruntime:onnxruntime_gpu on the class path instead of",
                        "CUDA 12 and cuDNN 9",
                        "Device.auto()");
    }

    @Test
    void cuda_negativeIndex_saysWhereToCountFrom() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Device.cuda(-1))
                .withMessage("index of a CUDA device must be at least 0, got -1: count them from 0");
    }

    @Test
    void equals_sameDevice_isEqual() {
        assertThat(Device.cuda(2)).isEqualTo(Device.cuda(2)).hasSameHashCodeAs(Device.cuda(2));
        assertThat(Device.cuda(2)).isNotEqualTo(Device.cuda(3)).hasToString("cuda:2");
        assertThat(Device.auto()).isNotEqualTo(Device.cpu()).hasToString("auto");
    }

    @Test
    void options_noThreads_saysHowMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrtOptions.on(Device.cpu()).withThreads(0))
                .withMessage("threads must be at least 1, got 0");
    }

    @Test
    void classPath_twoCopiesOfOnnxRuntime_isRefusedNamingBoth(@TempDir Path folder) throws IOException {
        try (URLClassLoader loader = loaderOf(copy(folder, "cpu"), copy(folder, "gpu"))) {
            assertThatThrownBy(() -> OrtLibrary.requireExactlyOne(loader))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageStartingWith("ONNX Runtime stands on the class path 2 times: ")
                    .hasMessageContainingAll("/cpu/ai/", "/gpu/ai/", "Exactly one is allowed", "exclude");
        }
    }

    @Test
    void classPath_oneCopy_isAccepted(@TempDir Path folder) throws IOException {
        try (URLClassLoader loader = loaderOf(copy(folder, "cpu"))) {
            assertThatCode(() -> OrtLibrary.requireExactlyOne(loader)).doesNotThrowAnyException();
        }
    }

    @Test
    void classPath_withoutOnnxRuntime_saysWhatToAdd() throws IOException {
        try (URLClassLoader loader = loaderOf()) {
            assertThatThrownBy(() -> OrtLibrary.requireExactlyOne(loader))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("is not on the class path: add com.microsoft.onnxruntime:onnxruntime");
        }
    }

    private static URL copy(Path folder, String name) throws IOException {
        Path root = folder.resolve(name);
        Path marker = root.resolve("ai/onnxruntime/OrtEnvironment.class");
        Files.createDirectories(marker.getParent());
        Files.write(marker, new byte[] {1});
        return root.toUri().toURL();
    }

    private static URLClassLoader loaderOf(URL... roots) {
        return new URLClassLoader(roots, ClassLoader.getPlatformClassLoader());
    }
}
