package io.github.recsys4j.eval.search;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The density of a parameter's values over the unit interval, estimated from some of them and a uniform prior. */
sealed interface ParzenEstimator {

    /** {@return a place in {@code [0, 1)} drawn from the density} */
    double draw(SplittableRandom random);

    /** {@return the natural logarithm of the density, up to a constant of the domain} */
    double logDensity(double unit);

    static ParzenEstimator of(Domain domain, List<Object> values) {
        return domain instanceof Domain.Range range
                ? Mixture.of(values.stream().mapToDouble(range::unit).toArray())
                : Shares.of((Domain.Choices) domain, values);
    }

    /**
     * Of a range: a mixture of equal parts, one Gaussian per value and one as wide as the interval in its middle,
     * each cut off at the ends. A value's standard deviation is the greater distance to its neighbours, the ends
     * counting as such, at least {@code 1 / min(100, 1 + parts)} so that the search does not stick to one point.
     */
    final class Mixture implements ParzenEstimator {
        private final double[] centres;
        private final double[] deviations;

        private Mixture(double[] centres, double[] deviations) {
            this.centres = centres;
            this.deviations = deviations;
        }

        static Mixture of(double[] values) {
            double[] centres = Arrays.copyOf(values, values.length + 1);
            centres[values.length] = 0.5;
            Arrays.sort(centres);
            double least = 1.0 / Math.min(100, 1 + centres.length);
            double[] deviations = new double[centres.length];
            for (int i = 0; i < centres.length; i++) {
                double below = centres[i] - (i == 0 ? 0 : centres[i - 1]);
                double above = (i == centres.length - 1 ? 1 : centres[i + 1]) - centres[i];
                deviations[i] = Math.max(least, Math.min(1, Math.max(below, above)));
            }
            deviations[Arrays.binarySearch(centres, 0.5)] = 1;
            return new Mixture(centres, deviations);
        }

        @Override
        public double draw(SplittableRandom random) {
            int part = random.nextInt(centres.length);
            double place;
            do {
                place = centres[part] + deviations[part] * random.nextGaussian();
            } while (place < 0 || place >= 1);
            return place;
        }

        @Override
        public double logDensity(double unit) {
            double sum = 0;
            for (int i = 0; i < centres.length; i++) {
                double z = (unit - centres[i]) / deviations[i];
                double inside = below((1 - centres[i]) / deviations[i]) - below(-centres[i] / deviations[i]);
                sum += Math.exp(-0.5 * z * z) / (deviations[i] * inside);
            }
            return Math.log(sum / centres.length / Math.sqrt(2 * Math.PI));
        }

        /** The standard normal distribution function, to 7.5e-8 (Abramowitz and Stegun 1964, 26.2.17). */
        static double below(double z) {
            double t = 1 / (1 + 0.2316419 * Math.abs(z));
            double series =
                    t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
            double tail = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) * series;
            return z < 0 ? tail : 1 - tail;
        }
    }

    /** Of choices: each one's share, everybody counted once beforehand. */
    final class Shares implements ParzenEstimator {
        private final double[] shares;

        private Shares(double[] shares) {
            this.shares = shares;
        }

        static Shares of(Domain.Choices choices, List<Object> values) {
            int n = choices.values().size();
            return new Shares(IntStream.range(0, n)
                    .mapToDouble(i -> (1.0 + count(values, choices.values().get(i))) / (n + values.size()))
                    .toArray());
        }

        private static long count(List<Object> values, String choice) {
            return values.stream().filter(choice::equals).count();
        }

        @Override
        public double draw(SplittableRandom random) {
            double left = random.nextDouble();
            int choice = 0;
            while (choice < shares.length - 1 && left >= shares[choice]) {
                left -= shares[choice];
                choice++;
            }
            return (choice + 0.5) / shares.length;
        }

        @Override
        public double logDensity(double unit) {
            return Math.log(shares[(int) (unit * shares.length)]);
        }
    }
}
