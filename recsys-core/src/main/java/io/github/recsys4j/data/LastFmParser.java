package io.github.recsys4j.data;

import java.util.Arrays;

/**
 * Listening events of Last.fm: user, time, artist id, artist, track id, track. A track without an id is called
 * {@code artist - track}.
 */
final class LastFmParser extends DelimitedParser {
    static final int ARTIST = 3;
    static final int TRACK_ID = 4;
    static final int TRACK = 5;
    private static final byte[] JOIN = {' ', '-', ' '};

    private byte[] joined = new byte[256];

    LastFmParser(RowSetup setup, FieldLayout layout, TimeParser times) {
        super(setup, layout, times);
    }

    /** What a track without an id is called. */
    static String nameOf(String artist, String track) throws BadRow {
        if (artist.isEmpty() || track.isEmpty()) {
            throw nameless();
        }
        return artist + " - " + track;
    }

    private static BadRow nameless() {
        return new BadRow("the track has neither an id nor a name; expected traid, or artname and traname");
    }

    @Override
    int itemCode(byte[] bytes, int[] from, int[] to) throws BadRow {
        if (from[TRACK_ID] < to[TRACK_ID]) {
            return super.itemCode(bytes, from, to);
        }
        int artist = to[ARTIST] - from[ARTIST];
        int track = to[TRACK] - from[TRACK];
        if (artist == 0 || track == 0) {
            throw nameless();
        }
        int length = artist + JOIN.length + track;
        if (joined.length < length) {
            joined = Arrays.copyOf(joined, 2 * length);
        }
        System.arraycopy(bytes, from[ARTIST], joined, 0, artist);
        System.arraycopy(JOIN, 0, joined, artist, JOIN.length);
        System.arraycopy(bytes, from[TRACK], joined, artist + JOIN.length, track);
        return items.code(joined, 0, length);
    }
}
