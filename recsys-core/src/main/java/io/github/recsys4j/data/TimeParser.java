package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.concurrent.TimeUnit;

/**
 * Reads times as milliseconds since 1970.
 *
 * <p>One file has one kind of time, so that a number is never read as seconds in one row and as milliseconds in the
 * next. Unless the caller names the unit, the first row decides: a number below {@code 1e11} means seconds (until
 * the year 5138), one from there on milliseconds (since March 1973), anything else ISO 8601. A later row that does
 * not fit is a bad row. Immutable.
 */
final class TimeParser {
    private static final long MILLIS_FROM = 100_000_000_000L;
    private static final long MILLIS_TO = 100_000_000_000_000L;
    private static final long LARGEST = 1L << 53;
    private static final int ISO_SECONDS = "2009-05-04T23:08:57Z".length();
    private static final int DATE_DIGITS = "2009-05-04".length();

    /** What the file's times are. */
    private enum Kind {
        SECONDS("epoch seconds, such as 1733011200", 1000),
        MILLISECONDS("epoch milliseconds, such as 1733011200000", 1),
        MICROSECONDS("epoch microseconds, such as 1733011200000000", 1e-3),
        NANOSECONDS("epoch nanoseconds, such as 1733011200000000000", 1e-6),
        ISO("an ISO 8601 time, such as 2024-12-01T00:00:00Z", 0);

        private final String expected;
        private final double toMillis;

        Kind(String expected, double toMillis) {
            this.expected = expected;
            this.toMillis = toMillis;
        }
    }

    private final Kind kind;
    private final boolean guessed;

    private TimeParser(Kind kind, boolean guessed) {
        this.kind = kind;
        this.guessed = guessed;
    }

    /** Times in a unit that the caller named. */
    static TimeParser of(TimeUnit unit) {
        checkArgument(
                unit.compareTo(TimeUnit.SECONDS) <= 0,
                "unit must be NANOSECONDS, MICROSECONDS, MILLISECONDS or SECONDS, got %s",
                unit);
        return new TimeParser(Kind.valueOf(unit.name()), false);
    }

    /** Times of the kind that this one has; seconds if it has none. */
    static TimeParser like(String time) {
        byte[] bytes = time.getBytes(StandardCharsets.ISO_8859_1);
        double number = number(bytes, 0, bytes.length);
        boolean iso = Double.isNaN(number) && isTime(time);
        Kind numeric = Math.abs(number) >= MILLIS_FROM ? Kind.MILLISECONDS : Kind.SECONDS;
        return new TimeParser(iso ? Kind.ISO : numeric, true);
    }

    /** Whether the text is a time of any kind. */
    static boolean isTime(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return !Double.isNaN(number(bytes, 0, bytes.length))
                    || new TimeParser(Kind.ISO, true).isoMillis("timestamp", bytes, 0, bytes.length) != Long.MIN_VALUE;
        } catch (BadRow e) {
            return false;
        }
    }

    /** Milliseconds since 1970. */
    long millis(String name, byte[] bytes, int from, int to) throws BadRow {
        return kind == Kind.ISO ? isoMillis(name, bytes, from, to) : numericMillis(name, bytes, from, to);
    }

    private long numericMillis(String name, byte[] bytes, int from, int to) throws BadRow {
        long plain = Digits.parse(bytes, from, to);
        if (plain >= 0 && kind == Kind.SECONDS && plain < MILLIS_FROM) {
            return plain * 1000;
        }
        if (plain >= MILLIS_FROM && kind == Kind.MILLISECONDS && plain < MILLIS_TO) {
            return plain;
        }
        double number = number(bytes, from, to);
        double millis = number * kind.toMillis;
        if (!(Math.abs(millis) < LARGEST) || (guessed && !fits(Math.abs(number)))) {
            throw bad(name, bytes, from, to);
        }
        return plain >= 0 && kind == Kind.MILLISECONDS ? plain : Math.round(millis);
    }

    private boolean fits(double number) {
        return kind == Kind.SECONDS ? number < MILLIS_FROM : number >= MILLIS_FROM && number < MILLIS_TO;
    }

    private BadRow bad(String name, byte[] bytes, int from, int to) {
        String hint = guessed ? ", as in the file's first row (or name the unit with timeUnit)" : "";
        return BadRow.field(name, bytes, from, to, kind.expected + hint);
    }

    /** Any decimal number, or NaN. */
    private static double number(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if ("0123456789+-.eE ".indexOf(bytes[at]) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private long isoMillis(String name, byte[] bytes, int from, int to) throws BadRow {
        if (to - from == ISO_SECONDS && bytes[to - 1] == 'Z' && bytes[from + 10] == 'T') {
            long millis = isoSeconds(bytes, from) * 1000;
            if (millis >= 0) {
                return millis;
            }
        }
        try {
            return anyIso(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).trim())
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw bad(name, bytes, from, to);
        }
    }

    private static Instant anyIso(String text) {
        if (text.length() == DATE_DIGITS) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        String dateTime = text.length() > DATE_DIGITS && text.charAt(DATE_DIGITS) == ' '
                ? text.substring(0, DATE_DIGITS) + 'T' + text.substring(DATE_DIGITS + 1)
                : text;
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(dateTime, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }

    /** Seconds of {@code yyyy-MM-ddTHH:mm:ssZ} since 1970, or negative if it is no such date or an earlier one. */
    private static long isoSeconds(byte[] bytes, int from) {
        int year = digits(bytes, from, 4);
        int month = digits(bytes, from + 5, 2);
        int day = digits(bytes, from + 8, 2);
        int hour = digits(bytes, from + 11, 2);
        int minute = digits(bytes, from + 14, 2);
        int second = digits(bytes, from + 17, 2);
        boolean separated =
                bytes[from + 4] == '-' && bytes[from + 7] == '-' && bytes[from + 13] == ':' && bytes[from + 16] == ':';
        boolean inRange = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= (month == 2 ? 28 : 30);
        if (!separated || !inRange || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return -1;
        }
        return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    }

    /** Days of the civil calendar, counted in years that begin in March, so that the leap day comes last. */
    private static long daysSince1970(int year, int month, int day) {
        int y = month > 2 ? year : year - 1;
        int dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
    }

    private static int digits(byte[] bytes, int from, int count) {
        int number = 0;
        for (int at = from; at < from + count; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
