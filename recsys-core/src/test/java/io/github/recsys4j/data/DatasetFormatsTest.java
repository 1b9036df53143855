package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetFormatsTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) {
        return TextFiles.write(folder, name, text);
    }

    private static Dataset load(Path file, DataFormat format) {
        return Dataset.builder().interactions(file, format).build();
    }

    @Test
    void build_movieLensDat_ratingsMoviesAndUsers() {
        file("ratings.dat", "1::1193::5::978300760\n1::661::3::978302109\n2::1193::4::978298413\n");
        TextFiles.write(
                folder,
                "movies.dat",
                "661::James (1996)::Animation|Musical\n1193::Léon: a (1994)::Drama"
                        .getBytes(StandardCharsets.ISO_8859_1));
        file("users.dat", "1::F::1::10::48067\n2::M::56::16::70072\n");

        Dataset dataset =
                Dataset.builder().folder(folder, DataFormat.MOVIELENS_DAT).build();

        assertThat(TextFiles.rows(dataset))
                .containsExactly("1 1193 978300760000 5.0", "1 661 978302109000 3.0", "2 1193 978298413000 4.0");
        assertThat(column(dataset.itemTable(), "title")).containsExactly("James (1996)", "Léon: a (1994)");
        assertThat(column(dataset.itemTable(), "genres")).containsExactly("Animation|Musical", "Drama");
        assertThat(column(dataset.userTable(), "zip_code")).containsExactly("48067", "70072");
    }

    private static List<String> column(Table table, String name) {
        return table.column(name).orElseThrow().values();
    }

    @Test
    void build_movieLensCsv_ratingsAndMovies() {
        file("ratings.csv", "userId,movieId,rating,timestamp\n1,2,3.5,1112486027\n1,29,4.0,1112484676\n");
        file("movies.csv", "movieId,title,genres\n29,\"City, The (1995)\",Drama\n2,Jumanji (1995),Adventure|Fantasy\n");

        Dataset dataset =
                Dataset.builder().folder(folder, DataFormat.MOVIELENS_CSV).build();

        assertThat(TextFiles.rows(dataset)).containsExactly("1 29 1112484676000 4.0", "1 2 1112486027000 3.5");
        assertThat(column(dataset.itemTable(), "title")).containsExactly("Jumanji (1995)", "City, The (1995)");
    }

    @Test
    void build_movieLens100k_genresAreJoined() {
        file("u.data", "196\t242\t3\t881250949\n186\t302\t3\t891717742\n");
        file("u.item", "242|Kolya (1996)|24-Jan-1997||http://x|0|0|0|0|0|1|0|0|1" + "|0".repeat(10) + "\n");
        file("u.user", "196|49|M|writer|55105\n");

        Dataset dataset =
                Dataset.builder().folder(folder, DataFormat.MOVIELENS_100K).build();

        assertThat(TextFiles.rows(dataset)).containsExactly("186 302 891717742000 3.0", "196 242 881250949000 3.0");
        assertThat(column(dataset.itemTable(), "genres")).containsExactly("Comedy|Drama", "");
        assertThat(column(dataset.userTable(), "occupation")).containsExactly("", "writer");
    }

    @Test
    void build_recBole_typedHeaderInAnyOrder() {
        file("toy.inter", "item_id:token\tuser_id:token\ttimestamp:float\trating:float\nb\tu\t2.5\t4\na\tu\t1\t0.5\n");
        file("toy.item", "item_id:token\tclass:token_seq\nb\tx y\n");
        file("toy.user", "user_id:token\tage:float\nu\t30\n");

        Dataset dataset = Dataset.builder().folder(folder, DataFormat.RECBOLE).build();

        assertThat(TextFiles.rows(dataset)).containsExactly("u a 1000 0.5", "u b 2500 4.0");
        assertThat(column(dataset.itemTable(), "class")).containsExactly("", "x y");
        assertThat(column(dataset.userTable(), "age")).containsExactly("30");
    }

    @Test
    void build_recBoleSequences_extraFieldsAreIgnored() {
        Path file = file(
                "seq.train.inter",
                "user_id:token\titem_id:token\ttimestamp:float\titem_id_list:token_seq\n1\t2\t2\t1\n1\t3\t3\t1 2\n");

        assertThat(TextFiles.sequences(load(file, DataFormat.RECBOLE))).containsExactly("1: 2 3");
    }

    @Test
    void build_amazonReviews_reviewsAndMetadata() {
        Path reviews = TextFiles.gzip(folder, "Beauty.jsonl.gz", """
                {"rating": 5.0, "title": "a \\"b\\"", "images": [{"user_id": "no"}], "asin": "B1", "parent_asin": "B2",\
                 "user_id": "AE", "timestamp": 1588687728923, "helpful_vote": 0}
                {"timestamp":1588687728000,"rating":1.5,"user_id":"AE","parent_asin":"B\\u00e9"}
                """);
        Path metadata = file("meta_Beauty.jsonl", """
                {"main_category": "All Beauty", "title": "Wig", "average_rating": 3.0, "rating_number": 3, "features":\
                 ["a", "b"], "description": [], "price": null, "images": [{"large": "L", "hi_res": null}],\
                 "categories": ["Hair", "Wigs"], "parent_asin": "B2", "details": {"x": "y"}}
                """);

        Dataset dataset = Dataset.builder()
                .interactions(reviews, DataFormat.AMAZON_REVIEWS)
                .items(metadata, DataFormat.AMAZON_REVIEWS)
                .build();

        assertThat(TextFiles.rows(dataset)).containsExactly("AE Bé 1588687728000 1.5", "AE B2 1588687728923 5.0");
        assertThat(column(dataset.itemTable(), "title")).containsExactly("Wig", "");
        assertThat(column(dataset.itemTable(), "features")).containsExactly("a b", "");
        assertThat(column(dataset.itemTable(), "categories")).containsExactly("Hair|Wigs", "");
        assertThat(column(dataset.itemTable(), "image_url")).containsExactly("L", "");
        assertThat(column(dataset.itemTable(), "price")).containsExactly("", "");
        assertThat(column(dataset.itemTable(), "rating_number")).containsExactly("3", "");
    }

    /** System D read the review that a user wrote about the target as a part of the target. */
    @Test
    void build_amazonReviews_whatWasWrittenAboutAnItemIsNoPartOfIt() {
        Path reviews = file("Beauty.jsonl", """
                {"rating": 5.0, "title": "SECRET", "text": "SECRET", "parent_asin": "B2", "user_id": "A", "timestamp": 1}
                """);
        Path metadata = file("meta_Beauty.jsonl", """
                {"title": "Wig", "parent_asin": "B2"}
                """);
        Dataset dataset = Dataset.builder()
                .interactions(reviews, DataFormat.AMAZON_REVIEWS)
                .items(metadata, DataFormat.AMAZON_REVIEWS)
                .build();
        assertThat(column(dataset.itemTable(), "title")).containsExactly("Wig");
        assertThat(dataset.itemTable().columns())
                .allSatisfy(found -> assertThat(found.values()).noneMatch(value -> value.contains("SECRET")));
    }

    @Test
    void build_lastFm_trackIdOrName() {
        file("userid-timestamp-artid-artname-traid-traname.tsv", """
                user_1\t2009-05-04T23:08:57Z\ta1\tDeep "Dish"\t\tFlow
                user_1\t2009-05-04T13:54:10Z\ta2\tNew\tt9\tPsych
                user_1\t2009-05-03T00:00:00Z\ta2\tNew\tt9\tPsych
                """);
        file(
                "userid-profile.tsv",
                "#id\tgender\tage\tcountry\tregistered\nuser_1\tm\t\tJapan\tAug 13, 2006\nuser_2\tf\t\tPeru\t\n");

        Dataset dataset = Dataset.builder().folder(folder, DataFormat.LASTFM).build();

        assertThat(TextFiles.sequences(dataset)).containsExactly("user_1: t9 t9 Deep \"Dish\" - Flow", "user_2: ");
        assertThat(dataset.interactions().time(2)).isEqualTo(1241478537000L);
        assertThat(column(dataset.itemTable(), "artist")).containsExactly("Deep \"Dish\"", "New");
        assertThat(column(dataset.itemTable(), "title")).containsExactly("Flow", "Psych");
        assertThat(column(dataset.userTable(), "country")).containsExactly("Japan", "Peru");
    }

    @Test
    void build_pairs_spacesOrTabs() {
        Path file = file("pairs.txt", "2 7\n1\t9\r\n\n2  5\n");

        assertThat(TextFiles.sequences(load(file, DataFormat.PAIRS))).containsExactly("1: 9", "2: 7 5");
    }

    @Test
    void build_sequences_userIsTheNumberOfTheLine() {
        Path file = file("seq.txt", "7 5 7\n\n5\n");

        assertThat(TextFiles.sequences(load(file, DataFormat.SEQUENCES))).containsExactly("1: 7 5 7", "3: 5");
    }

    @Test
    void build_userSequences_firstTokenIsTheUser() {
        Path file = file("seq.txt", "bob 7 5\namy 5");

        assertThat(TextFiles.sequences(load(file, DataFormat.USER_SEQUENCES))).containsExactly("amy: 5", "bob: 7 5");
    }

    @ParameterizedTest(name = "{0} is {1} ms")
    @CsvSource({
        "1733011200, 1733011200000",
        "1733011200.25, 1733011200250",
        "1.5E3, 1500000",
        "0, 0",
        "-10, -10000",
        "99999999999, 99999999999000",
        "100000000000, 100000000000",
        "1733011200123, 1733011200123",
        "2024-12-01T00:00:00Z, 1733011200000",
        "2024-12-01T00:00:00, 1733011200000",
        "2024-12-01 00:00:00.5, 1733011200500",
        "2024-12-01T02:00:00+02:00, 1733011200000",
        "2024-12-01, 1733011200000",
        "2024-02-29T12:00:01Z, 1709208001000",
        "1969-12-31T23:59:59Z, -1000",
    })
    void build_timesOfEveryKind_areMilliseconds(String time, long millis) {
        Path file = file("t.csv", "user_id,item_id,timestamp\n1,2," + time + "\n");

        assertThat(load(file, DataFormat.CSV).interactions().time(0)).isEqualTo(millis);
    }

    @ParameterizedTest(name = "12345 {0} are {1} ms")
    @CsvSource({"SECONDS, 12345000", "MILLISECONDS, 12345", "MICROSECONDS, 12", "NANOSECONDS, 0"})
    void build_namedTimeUnit_isTaken(TimeUnit unit, long millis) {
        Path file = file("t.csv", "user_id,item_id,timestamp\n1,2,12345\n");

        assertThat(Dataset.builder()
                        .interactions(file)
                        .timeUnit(unit)
                        .build()
                        .interactions()
                        .time(0))
                .isEqualTo(millis);
    }

    @Test
    void label_everyFormat_isFoundByIt() {
        for (DataFormat format : DataFormat.values()) {
            assertThat(DataFormat.named(format.label())).isEqualTo(format);
        }
    }
}
