package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Adds up the gradients of the parts of a batch on several threads, each with a replica of the parameters and one
 * native thread. The engine's own threads meet at the end of every operation, some hundred times a part; these meet
 * once a batch, which is faster, and on a machine that does other work too, several times faster.
 *
 * <p>Which worker takes which part depends on the parts' costs alone, and sums are formed in a fixed order: the same
 * number of workers gives the same gradients. One caller at a time, on the session's thread.
 */
final class GradientWorkers implements AutoCloseable {
    private final TorchParameters parameters;
    private final List<TorchParameters> lanes = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * Starts the workers.
     *
     * @param parameters whose gradients are added to, of a session of the calling thread
     * @param workers at least 1; the calling thread is one of them
     */
    GradientWorkers(TorchParameters parameters, int workers) {
        checkArgument(workers >= 1, "workers must be at least 1, given %s", workers);
        this.parameters = parameters;
        lanes.add(parameters);
        for (int i = 1; i < workers; i++) {
            lanes.add(parameters.replica());
        }
        this.threads = Executors.newFixedThreadPool(Math.max(1, workers - 1), GradientWorkers::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    JniUtils.setGradMode(false);
                    JniUtils.setNumThreads(1);
                    work.run();
                },
                "recsys4j-gradients");
        thread.setDaemon(true);
        return thread;
    }

    /** A part of a batch. */
    interface Part {

        /** About how long it takes, in any unit. */
        long cost();

        /** Runs forward and backward over one replica of the parameters; gives its share of the loss. */
        double addGradients(TorchParameters replica);
    }

    /** Runs all parts and adds their gradients to the parameters'; gives the sum of their losses. */
    double run(List<? extends Part> parts) {
        List<List<Part>> shares = distribute(parts);
        List<Future<Double>> others = new ArrayList<>();
        for (int lane = 1; lane < lanes.size(); lane++) {
            others.add(threads.submit(work(shares.get(lane), lanes.get(lane))));
        }
        double sum;
        try {
            sum = runAll(shares.get(0), parameters);
        } catch (RuntimeException | Error e) {
            others.forEach(GradientWorkers::await);
            throw e;
        }
        for (int lane = 1; lane < lanes.size(); lane++) {
            sum += result(others.get(lane - 1));
            parameters.takeGradients(lanes.get(lane));
        }
        return sum;
    }

    /** The costliest part first, each to the worker that has least to do. */
    private List<List<Part>> distribute(List<? extends Part> parts) {
        List<List<Part>> shares = new ArrayList<>();
        lanes.forEach(lane -> shares.add(new ArrayList<>()));
        long[] load = new long[lanes.size()];
        List<Part> costliestFirst = new ArrayList<>(parts);
        costliestFirst.sort(Comparator.comparingLong(Part::cost).reversed());
        for (Part part : costliestFirst) {
            int least = 0;
            for (int lane = 1; lane < load.length; lane++) {
                least = load[lane] < load[least] ? lane : least;
            }
            shares.get(least).add(part);
            load[least] += part.cost();
        }
        return shares;
    }

    private static Callable<Double> work(List<Part> share, TorchParameters lane) {
        return () -> runAll(share, lane);
    }

    private static double runAll(List<Part> share, TorchParameters lane) {
        double sum = 0;
        for (Part part : share) {
            sum += part.addGradients(lane);
        }
        return sum;
    }

    private static void await(Future<Double> work) {
        try {
            result(work);
        } catch (RuntimeException | Error e) {
            // the caller already has a failure to report
        }
    }

    private static double result(Future<Double> work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }

    /** Stops the workers and frees the replicas. */
    @Override
    public void close() {
        threads.shutdownNow();
        lanes.subList(1, lanes.size()).forEach(TorchParameters::close);
    }
}
