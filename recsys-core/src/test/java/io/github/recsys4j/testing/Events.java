package io.github.recsys4j.testing;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Small data sets from events in the order of a file.
 *
 * @param list the events, first line first
 */
public record Events(List<Event> list) {

    /**
     * One line of a file.
     *
     * @param user a user id
     * @param item an item id
     * @param time milliseconds since 1970
     */
    public record Event(String user, String item, long time) {}

    /**
     * Parses "user item time" triples, such as {@code "u a 1, u b 2"}.
     *
     * @param text triples divided by commas
     * @return the events
     */
    public static Events of(String text) {
        return new Events(Arrays.stream(text.split(",", -1))
                .map(triple -> triple.trim().split(" ", -1))
                .map(parts -> new Event(parts[0], parts[1], Long.parseLong(parts[2])))
                .toList());
    }

    /**
     * Draws users with 1 to 30 events each, no pair of user and item twice, no two events at the same time.
     *
     * @param users how many users
     * @param seed decides everything
     * @return the events, oldest first
     */
    public static Events random(int users, long seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            List<Integer> items = new ArrayList<>();
            for (int item = 0; item < 40; item++) {
                items.add(item);
            }
            Collections.shuffle(items, random);
            int count = 1 + random.nextInt(30);
            for (int i = 0; i < count; i++) {
                events.add(new Event("u" + user, "i" + items.get(i), 0));
            }
        }
        Collections.shuffle(events, random);
        List<Event> timed = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            timed.add(new Event(events.get(i).user(), events.get(i).item(), 1000L * (i + 1)));
        }
        return new Events(timed);
    }

    /**
     * {@return the same events in another order of lines}
     *
     * @param seed decides the order
     */
    public Events shuffled(long seed) {
        List<Event> other = new ArrayList<>(list);
        Collections.shuffle(other, new Random(seed));
        return new Events(other);
    }

    /** {@return a data set with times} */
    public Dataset dataset() {
        return dataset(true);
    }

    /** {@return a data set whose order is that of the list} */
    public Dataset datasetWithoutTimes() {
        return dataset(false);
    }

    private Dataset dataset(boolean timed) {
        Vocabulary users = Vocabulary.of(list.stream().map(Event::user).toList());
        Vocabulary items = Vocabulary.of(list.stream().map(Event::item).toList());
        Comparator<Event> byUser = Comparator.comparingInt(event -> users.indexOf(event.user()));
        List<Event> sorted = list.stream()
                .sorted(timed ? byUser.thenComparingLong(Event::time) : byUser)
                .toList();
        int[] offsets = new int[users.size() + 1];
        sorted.forEach(event -> offsets[users.indexOf(event.user()) + 1]++);
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] rows =
                sorted.stream().mapToInt(event -> items.indexOf(event.item())).toArray();
        long[] times = sorted.stream().mapToLong(Event::time).toArray();
        Optional<long[]> column = timed ? Optional.of(times) : Optional.empty();
        return Dataset.of(users, items, Interactions.ofSorted(offsets, rows, column, Optional.empty()));
    }
}
