package io.github.recsys4j.eval;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds values up by user, because a user's cases are not independent of each other: users, not cases, are what
 * statistics draw.
 *
 * <p>The mean {@code m = sum(w v) / sum(w)} over cases is a ratio of two sums over users; its standard error is that
 * of the mean of {@code z(u) = (sum over u of w (v - m)) * users / sum(w)}, which is the ordinary one where each user
 * has one case.
 */
final class UserSums {
    private final int[] userOfCase;
    private final int users;

    UserSums(List<String> userIds) {
        userOfCase = new int[userIds.size()];
        Map<String, Integer> numbers = new HashMap<>();
        for (int index = 0; index < userOfCase.length; index++) {
            userOfCase[index] = numbers.computeIfAbsent(userIds.get(index), unused -> numbers.size());
        }
        users = numbers.size();
    }

    int size() {
        return users;
    }

    /** Cases with weight 0 do not count; their values may be NaN. */
    Column column(double[] values, double[] weights) {
        double[] sums = new double[users];
        double[] totals = new double[users];
        double sum = 0;
        double total = 0;
        for (int index = 0; index < values.length; index++) {
            if (weights[index] > 0) {
                sums[userOfCase[index]] += weights[index] * values[index];
                totals[userOfCase[index]] += weights[index];
                sum += weights[index] * values[index];
                total += weights[index];
            }
        }
        return new Column(sums, totals, sum / total);
    }

    /** Sums of weighted values and of weights, user by user, and the mean over cases. */
    static final class Column {
        private final double[] sums;
        private final double[] totals;
        private final double mean;

        private Column(double[] sums, double[] totals, double mean) {
            this.sums = sums;
            this.totals = totals;
            this.mean = mean;
        }

        double mean() {
            return mean;
        }

        /** Weighted values by user; not to be written to. */
        double[] sums() {
            return sums;
        }

        /** Weights by user; not to be written to. */
        double[] totals() {
            return totals;
        }

        int numUsers() {
            return (int) Arrays.stream(totals).filter(total -> total > 0).count();
        }

        double standardError() {
            int counted = numUsers();
            double squares = 0;
            double total = 0;
            for (int user = 0; user < sums.length; user++) {
                double residual = sums[user] - mean * totals[user];
                squares += residual * residual;
                total += totals[user];
            }
            return Math.sqrt(squares * counted / (counted - 1.0)) / total;
        }

        /** The same total of every user, or NaN if they differ. */
        double commonTotal() {
            return Arrays.stream(totals).allMatch(total -> total == totals[0]) ? totals[0] : Double.NaN;
        }
    }
}
