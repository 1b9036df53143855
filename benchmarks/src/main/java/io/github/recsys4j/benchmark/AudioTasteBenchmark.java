package io.github.recsys4j.benchmark;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.feature.AudioEncoder;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.encoder.LogMelEncoder;
import io.github.recsys4j.model.encoder.OnnxAudioEncoder;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two towers where sound alone decides: each generated listener likes two classes of sounds and has heard real clips of
 * them; which clips that nobody has heard does the recommender offer?
 *
 * <pre>RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar
 *     io.github.recsys4j.benchmark.AudioTasteBenchmark</pre>
 *
 * <p>ESC-10: 10 classes of 3 clips; each clip is the unheard one of its class once (3 folds). FSDD: the class is the
 * speaker, 6 of 10 clips; each fold leaves out 2 digits (5 folds). Measured is the share of listeners whose best unheard
 * clip is of a class that they like, over all folds; chance is 2 of the classes. Each clip's vector comes from YAMNet or
 * from the built-in log-mel descriptor.
 */
final class AudioTasteBenchmark {
    private static final int USERS_PER_PAIR = 4;
    private static final int EPOCHS = 40;
    private static final String COMMAND = "RECSYS_DATA=/path/to/data java -Xmx2g -cp benchmarks/target/benchmarks.jar "
            + AudioTasteBenchmark.class.getName();

    private final BenchmarkReport report;

    private AudioTasteBenchmark(BenchmarkReport report) {
        this.report = report;
    }

    /** A sound, its class, and the fold that leaves it out. */
    private record Clip(String id, Path file, int kind, int fold) {}

    /** Clips, and how many classes and folds they have. */
    private record Clips(String name, List<Clip> all, int kinds, int folds) {}

    /** Generated listeners: two liked classes each, and what they heard. */
    private record Listeners(List<int[]> liked, Dataset dataset) {}

    /**
     * Runs all and writes {@code audio-taste.json}.
     *
     * @param arguments the folder of the result file, {@code benchmarks/results} by default
     * @throws IOException if a clip cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Path results = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/results");
        Path data = Path.of(System.getenv().getOrDefault("RECSYS_DATA", "../shared/data"));
        BenchmarkReport report =
                new BenchmarkReport("audio-taste", COMMAND, Runtime.getRuntime().availableProcessors());
        AudioTasteBenchmark benchmark = new AudioTasteBenchmark(report);
        for (Clips clips : List.of(esc10(data.resolve("audio-esc10")), fsdd(data.resolve("audio-fsdd")))) {
            try (AudioEncoder yamnet = OnnxAudioEncoder.load(data.resolve("encoders/yamnet_w8.onnx"))) {
                benchmark.measure(clips, "YAMNet", yamnet);
            }
            benchmark.measure(clips, "built-in log-mel", LogMelEncoder.create());
            report.write(results);
        }
        System.out.println("written to " + report.write(results));
    }

    private static Clips esc10(Path folder) throws IOException {
        List<Clip> clips = new ArrayList<>();
        List<Path> kinds = sorted(folder).stream().filter(Files::isDirectory).toList();
        for (int kind = 0; kind < kinds.size(); kind++) {
            List<Path> files = sorted(kinds.get(kind));
            for (int i = 0; i < files.size(); i++) {
                clips.add(new Clip(files.get(i).getFileName().toString(), files.get(i), kind, i));
            }
        }
        return new Clips("ESC-10", clips, kinds.size(), 3);
    }

    private static Clips fsdd(Path folder) throws IOException {
        List<Path> files = sorted(folder).stream()
                .filter(file -> file.toString().endsWith(".wav"))
                .toList();
        List<String> speakers = files.stream()
                .map(AudioTasteBenchmark::speaker)
                .distinct()
                .sorted()
                .toList();
        List<Clip> clips = files.stream()
                .map(file ->
                        new Clip(file.getFileName().toString(), file, speakers.indexOf(speaker(file)), digit(file) / 2))
                .toList();
        return new Clips("FSDD speakers", clips, speakers.size(), 5);
    }

    private static String speaker(Path file) {
        return file.getFileName().toString().split("_", -1)[1];
    }

    private static int digit(Path file) {
        return file.getFileName().toString().charAt(0) - '0';
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void measure(Clips clips, String name, AudioEncoder encoder) throws IOException {
        FeatureMatrix sounds = encode(clips, encoder);
        int right = 0;
        int asked = 0;
        for (int fold = 0; fold < clips.folds(); fold++) {
            Listeners listeners = listeners(clips, fold);
            asked += listeners.liked().size();
            right += rightFor(clips, sounds, listeners, fold);
        }
        report.add(clips.name() + ", " + name + ", best unheard clip is of a liked class", "", new double[] {
                    (double) right / asked
                })
                .put("chance", 2.0 / clips.kinds())
                .put("listeners", asked);
        System.out.println(clips.name() + ", " + name + ": " + right + " of " + asked);
    }

    private static FeatureMatrix encode(Clips clips, AudioEncoder encoder) throws IOException {
        FeatureMatrix.Builder matrix = FeatureMatrix.builder(
                Modality.AUDIO, clips.all().size(), encoder.info().dim());
        for (int i = 0; i < clips.all().size(); i++) {
            matrix.put(
                    i,
                    encoder.encode(List.of(Files.readAllBytes(clips.all().get(i).file()))));
        }
        return matrix.build();
    }

    private static Listeners listeners(Clips clips, int fold) {
        List<int[]> liked = new ArrayList<>();
        List<int[]> histories = new ArrayList<>();
        Random random = new Random(fold);
        for (int one = 0; one < clips.kinds(); one++) {
            for (int other = one + 1; other < clips.kinds(); other++) {
                for (int copy = 0; copy < USERS_PER_PAIR; copy++) {
                    int[] pair = {one, other};
                    liked.add(pair);
                    histories.add(heard(clips, pair, fold, random));
                }
            }
        }
        return new Listeners(liked, dataset(clips, histories));
    }

    private static int[] heard(Clips clips, int[] pair, int fold, Random random) {
        List<Integer> heard = new ArrayList<>();
        for (int i = 0; i < clips.all().size(); i++) {
            Clip clip = clips.all().get(i);
            if (clip.fold() != fold && (clip.kind() == pair[0] || clip.kind() == pair[1])) {
                heard.add(i);
            }
        }
        Collections.shuffle(heard, random);
        return heard.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Dataset dataset(Clips clips, List<int[]> histories) {
        int[] offsets = new int[histories.size() + 1];
        for (int user = 0; user < histories.size(); user++) {
            offsets[user + 1] = offsets[user] + histories.get(user).length;
        }
        return Dataset.of(
                Vocabulary.inOrder(IntStream.range(0, histories.size())
                        .mapToObj(user -> "listener" + user)
                        .toList()),
                Vocabulary.inOrder(clips.all().stream().map(Clip::id).toList()),
                Interactions.ofSorted(
                        offsets,
                        histories.stream().flatMapToInt(IntStream::of).toArray(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private int rightFor(Clips clips, FeatureMatrix sounds, Listeners listeners, int fold) {
        TrainingOptions options = TrainingOptions.builder()
                .optimizer(Optimizer.adam().withLearningRate(0.003))
                .batchSize(64)
                .build();
        Architecture towers = Architecture.twoTower().withDim(32).withMaxLength(20);
        Architecture content = towers.withItemTower(towers.itemTower().withIdDropout(0.5));
        report.settings().put("architecture", content.toString()).put("options", options.toString());
        List<String> unheard = clips.all().stream()
                .filter(clip -> clip.fold() == fold)
                .map(Clip::id)
                .toList();
        int right = 0;
        try (MultimodalRecommender trained = MultimodalRecommender.builder()
                .architecture(content)
                .options(options)
                .epochs(EPOCHS)
                .features(sounds)
                .train(listeners.dataset())) {
            for (int user = 0; user < listeners.liked().size(); user++) {
                int[] pair = listeners.liked().get(user);
                int best = best(clips, trained, "listener" + user, unheard);
                right += best == pair[0] || best == pair[1] ? 1 : 0;
            }
        }
        return right;
    }

    private static int best(Clips clips, MultimodalRecommender trained, String user, List<String> unheard) {
        Recommendation first = trained.getRecommendations(RecommendationRequest.forUser(user)
                        .candidates(unheard)
                        .k(1)
                        .build())
                .get(0);
        return clips.all().stream()
                .filter(clip -> clip.id().equals(first.itemId()))
                .findFirst()
                .orElseThrow()
                .kind();
    }
}
