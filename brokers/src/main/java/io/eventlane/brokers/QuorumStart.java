package io.eventlane.brokers;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Starts the nodes of a quorum together: none of them is ready before most of them run. */
final class QuorumStart {

    private static final int BIND_ATTEMPTS = 3;

    private QuorumStart() {
    }

    /**
     * Returns when all nodes serve clients; if one does not start, none is left running.
     *
     * @param directories of the nodes, one for each
     */
    static List<KafkaBroker> start(KafkaBrokerOptions options, List<WorkDirectory> directories) {
        for (int attempt = 1;; attempt++) {
            Quorum quorum = Quorum.find(directories.size(), options.port());
            List<KafkaBroker> nodes = IntStream.range(0, directories.size())
                    .mapToObj(i -> new KafkaBroker(options, quorum, i + 1, directories.get(i))).toList();
            try {
                launch(nodes);
                return nodes;
            } catch (IllegalStateException e) {
                if (attempt == BIND_ATTEMPTS || options.port() != 0
                        || !String.valueOf(e.getMessage()).contains("BindException")) {
                    throw e;
                }
            }
        }
    }

    /** Returns when all nodes serve clients; if one does not start, none is left running. */
    static void launch(List<KafkaBroker> nodes) {
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("broker-start-", 1).factory())) {
            try {
                nodes.forEach(KafkaBroker::spawn);
                CompletionService<Object> ready = new ExecutorCompletionService<>(threads);
                nodes.forEach(node -> ready.submit(node::awaitReady, null));
                for (int i = 0; i < nodes.size(); i++) {
                    ready.take().get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                nodes.forEach(KafkaBroker::kill);
                throw new IllegalStateException("Interrupted while the brokers started", e);
            } catch (ExecutionException e) {
                nodes.forEach(KafkaBroker::kill);
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                throw new IllegalStateException(cause.getMessage(), cause);
            } catch (RuntimeException | Error e) {
                nodes.forEach(KafkaBroker::kill);
                throw e;
            }
        }
    }
}
