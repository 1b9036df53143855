package io.github.recsys4j.model;

import com.google.common.collect.ImmutableList;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.retrieval.ItemFilter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The history of a request as the model sees it: the items it knows, by index, and the ids it does not know. */
final class KnownHistory {
    private final int[] items;
    private final List<String> unknown;

    private KnownHistory(int[] items, List<String> unknown) {
        this.items = items;
        this.unknown = unknown;
    }

    static KnownHistory of(RecommendationRequest request, UserHistories histories, Vocabulary catalogue) {
        if (request.history().isPresent()) {
            return of(request.history().get(), catalogue);
        }
        Optional<String> user = request.userId();
        if (histories instanceof StoredHistories stored) {
            return new KnownHistory(user.flatMap(stored::indices).orElse(new int[0]), List.of());
        }
        return of(user.flatMap(histories::find).orElse(List.of()), catalogue);
    }

    private static KnownHistory of(List<String> ids, Vocabulary catalogue) {
        ImmutableList.Builder<String> unknown = ImmutableList.builder();
        int[] known = new int[ids.size()];
        int count = 0;
        for (String id : ids) {
            int item = catalogue.indexOf(id);
            if (item == Vocabulary.UNKNOWN) {
                unknown.add(id);
            } else {
                known[count++] = item;
            }
        }
        return new KnownHistory(Arrays.copyOf(known, count), unknown.build());
    }

    boolean isEmpty() {
        return items.length == 0;
    }

    /** Item indices, oldest first; not to be written to. */
    int[] items() {
        return items;
    }

    List<String> unknown() {
        return unknown;
    }

    /** Candidates, less what was seen and what is excluded. */
    ItemFilter filter(RecommendationRequest request, Vocabulary catalogue) {
        ItemFilter filter = request.candidates()
                .map(candidates -> ItemFilter.only(indices(candidates, catalogue)))
                .orElse(ItemFilter.none());
        if (request.seenExcluded()) {
            filter = filter.andExcluding(
                    request.seen().map(seen -> indices(seen, catalogue)).orElse(items));
        }
        return request.exclusions().isEmpty() ? filter : filter.andExcluding(indices(request.exclusions(), catalogue));
    }

    private static int[] indices(Collection<String> ids, Vocabulary catalogue) {
        return ids.stream()
                .mapToInt(catalogue::indexOf)
                .filter(item -> item != Vocabulary.UNKNOWN)
                .toArray();
    }
}
