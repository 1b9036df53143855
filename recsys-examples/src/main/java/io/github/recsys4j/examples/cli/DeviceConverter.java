package io.github.recsys4j.examples.cli;

import com.google.common.primitives.Ints;
import io.github.recsys4j.model.runtime.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code auto}, {@code cpu}, {@code cuda} and {@code cuda:1}. */
final class DeviceConverter implements ITypeConverter<Device> {

    @Override
    public Device convert(String text) {
        if (text.equals("auto")) {
            return Device.auto();
        }
        if (text.equals("cpu")) {
            return Device.cpu();
        }
        Integer index = text.equals("cuda")
                ? Integer.valueOf(0)
                : text.startsWith("cuda:") ? Ints.tryParse(text.substring(5)) : null;
        if (index == null || index < 0) {
            throw new TypeConversionException("device must be auto, cpu, cuda or cuda:N, got \"" + text + "\"");
        }
        return Device.cuda(index);
    }
}
