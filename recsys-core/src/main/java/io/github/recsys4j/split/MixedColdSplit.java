package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.BitSet;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Makes the least active users and the least popular items cold, and measures warm and cold apart, so that one
 * run tells where a model breaks.
 *
 * <p>Warm users' interactions with warm items are cut by time as in {@link UserRatioSplit}: training, validation
 * and test. Three {@linkplain Split#groups() groups} come beside them:
 *
 * <ul>
 *   <li>{@value #COLD_ITEM}: warm users, cold items; the history is what else the user did before test
 *   <li>{@value #COLD_USER}: cold users, warm items; a user's earlier warm items are given, the later are targets
 *   <li>{@value #COLD_BOTH}: cold users, cold items; the history is the user's given warm items
 * </ul>
 *
 * <p>Nothing is random: fewer interactions are colder, and of equals the lower index. A warm user with too few
 * interactions with warm items to hold any back keeps those in training. A cold user with a single warm item has
 * no history. What it does not prevent: cold rows are held back whatever their time, and training holds what
 * others did after a target.
 */
public final class MixedColdSplit implements Splitter {
    /** The group of warm users and cold items. */
    public static final String COLD_ITEM = "cold-item";

    /** The group of cold users and warm items. */
    public static final String COLD_USER = "cold-user";

    /** The group of cold users and cold items. */
    public static final String COLD_BOTH = "cold-both";

    /** The share of users and of items that is cold unless the caller says otherwise. */
    public static final double STANDARD_COLD = 0.1;

    private static final byte ITEM_GROUP = Layout.FIRST_GROUP;
    private static final byte USER_GROUP = Layout.FIRST_GROUP + 1;
    private static final byte BOTH_GROUP = Layout.FIRST_GROUP + 2;

    private final Ratios warm;
    private final double coldUsers;
    private final double coldItems;

    private MixedColdSplit(Ratios warm, double coldUsers, double coldItems) {
        this.warm = warm;
        this.coldUsers = coldUsers;
        this.coldItems = coldItems;
    }

    /**
     * Makes one tenth of users and items cold.
     *
     * @param warm which shares of a warm user's interactions with warm items are held back
     * @return the splitter
     */
    public static MixedColdSplit of(Ratios warm) {
        return new MixedColdSplit(warm, STANDARD_COLD, STANDARD_COLD);
    }

    /**
     * {@return this splitter with another share of cold users}
     *
     * @param share above 0 and below 1; one user at least is cold
     * @throws IllegalArgumentException if the share is out of range
     */
    public MixedColdSplit withColdUsers(double share) {
        return new MixedColdSplit(warm, checkShare("coldUsers", share), coldItems);
    }

    /**
     * {@return this splitter with another share of cold items}
     *
     * @param share above 0 and below 1; one item at least is cold
     * @throws IllegalArgumentException if the share is out of range
     */
    public MixedColdSplit withColdItems(double share) {
        return new MixedColdSplit(warm, coldUsers, checkShare("coldItems", share));
    }

    private static double checkShare(String name, double share) {
        checkArgument(share > 0 && share < 1, "%s must be a share above 0 and below 1, got %s", name, share);
        return share;
    }

    @Override
    public Split split(Dataset dataset) {
        Interactions rows = dataset.interactions();
        int[] itemCounts = rows.itemCounts(dataset.items().size());
        BitSet coldest = rarest("users", rows.numUsers(), rows::count, coldUsers);
        BitSet rare = rarest("items", itemCounts.length, item -> itemCounts[item], coldItems);
        Assignment assignment = new Assignment(dataset, COLD_ITEM, COLD_USER, COLD_BOTH);
        for (int user = 0; user < rows.numUsers(); user++) {
            boolean cold = coldest.get(user);
            int[] warmRows = assignCold(assignment, user, rare, cold ? BOTH_GROUP : ITEM_GROUP);
            if (cold) {
                assignColdUser(assignment, warmRows);
            } else if (!assignment.isShort(warmRows.length, warm.minimum())) {
                assignWarmUser(assignment, warmRows);
            }
        }
        assignment.note("cold users and items never train; cold rows are held back whatever their time");
        assignment.note("held back per user, not by one instant: training holds what others did after a target");
        return assignment.toSplit(protocol());
    }

    /** Those with the fewest rows, among all who have any. */
    private BitSet rarest(String what, int size, IntUnaryOperator rowsOf, double share) {
        int[] known =
                IntStream.range(0, size).filter(i -> rowsOf.applyAsInt(i) > 0).toArray();
        if (known.length < 2) {
            throw new DatasetException(protocol() + " needs at least 2 " + what
                    + " with interactions to make one of them cold, found " + known.length + ": use LeaveOneOut.");
        }
        BitSet rarest = new BitSet();
        IntStream.of(known)
                .boxed()
                .sorted(Comparator.comparingInt(rowsOf::applyAsInt))
                .limit(Math.max(1, Ratios.floor(known.length, share)))
                .forEach(rarest::set);
        return rarest;
    }

    /** Gives the user's rows of cold items to the group and returns the others. */
    private static int[] assignCold(Assignment assignment, int user, BitSet coldItem, byte group) {
        Interactions rows = assignment.rows();
        IntStream.range(rows.start(user), rows.end(user))
                .filter(row -> coldItem.get(rows.item(row)))
                .forEach(row -> assignment.set(row, group));
        return IntStream.range(rows.start(user), rows.end(user))
                .filter(row -> !coldItem.get(rows.item(row)))
                .toArray();
    }

    private static void assignColdUser(Assignment assignment, int[] warmRows) {
        int given = Math.min(warmRows.length - 1, Ratios.floor(warmRows.length, WholeUserSplit.STANDARD_HISTORY));
        for (int i = 0; i < warmRows.length; i++) {
            assignment.set(warmRows[i], i < given ? Layout.CONTEXT : USER_GROUP);
        }
    }

    private void assignWarmUser(Assignment assignment, int[] warmRows) {
        int test = warmRows.length - warm.testOf(warmRows.length);
        int validation = test - warm.validationOf(warmRows.length);
        for (int i = validation; i < warmRows.length; i++) {
            assignment.set(warmRows[i], i < test ? Layout.VALIDATION : Layout.TEST);
        }
    }

    private String protocol() {
        return "mixed-cold(" + warm + ", cold users=" + coldUsers + ", cold items=" + coldItems + ")";
    }
}
