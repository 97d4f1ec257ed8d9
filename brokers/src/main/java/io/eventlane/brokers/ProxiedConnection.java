package io.eventlane.brokers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** A client's connection to the proxy and the proxy's to the target, with a thread for each direction. */
final class ProxiedConnection {

    static final int CHUNK_BYTES = 64 * 1024;

    private final Socket client;
    private final Socket target = new Socket();
    private final Passage passage;
    private final Set<Thread> pumps = ConcurrentHashMap.newKeySet();

    ProxiedConnection(Socket client, Passage passage) {
        this.client = client;
        this.passage = passage;
    }

    /** Returns when the connection is closed. */
    void run(InetSocketAddress address, ExecutorService threads) {
        try {
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            target.connect(address);
            Future<?> answers = threads.submit(() -> pump(target, client));
            pump(client, target);
            answers.get();
            client.close();
            target.close();
        } catch (IOException | InterruptedException | ExecutionException | RejectedExecutionException e) {
            reset();
        }
    }

    /** Closes both ends at once with a reset. Idempotent. */
    void reset() {
        reset(client);
        reset(target);
        // A pump that begins later finds its socket closed.
        pumps.forEach(Thread::interrupt);
    }

    private void pump(Socket from, Socket to) {
        pumps.add(Thread.currentThread());
        try {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int length = from.getInputStream().read(chunk); length >= 0; length = from.getInputStream().read(chunk)) {
                passage.await();
                to.getOutputStream().write(chunk, 0, length);
            }
            passage.await();
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            reset();
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    /** What every chunk goes through on its way. */
    interface Passage {

        /** Returns when the chunk may go on. */
        void await() throws InterruptedException;
    }
}
