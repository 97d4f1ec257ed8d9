package io.eventlane.it.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.eventlane.it.guarantees.Workload.Keyed;

/**
 * Has a process publish events to itself, over a connection to its {@code Feed}. What it has not answered when it ends was
 * not acknowledged.
 */
final class MemoryOutlet implements Outlet {

    private final Socket socket;
    private final PrintWriter events;
    private final Consumer<String[]> hearer;
    /** By the places of the events among those that were sent. */
    private final Map<Long, Answer> waiting = new HashMap<>();
    private long sent;
    private boolean ended;

    /**
     * @param hearer hears the words of what the process says
     */
    MemoryOutlet(Socket socket, Consumer<String[]> hearer) {
        this.socket = socket;
        this.hearer = hearer;
        try {
            events = new PrintWriter(socket.getOutputStream(), true, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().name("answers").daemon().start(this::listen);
    }

    @Override
    public void send(Keyed event, Answer answer) {
        synchronized (waiting) {
            waiting.put(sent++, answer);
        }
        events.println(event.key() + " " + event.work());
    }

    @Override
    public void flush() {
        synchronized (waiting) {
            try {
                while (!waiting.isEmpty() && !ended) {
                    waiting.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether the process says nothing any more. */
    boolean isEnded() {
        synchronized (waiting) {
            return ended;
        }
    }

    private void listen() {
        try (BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                hear(line.split(" ", 4));
            }
        } catch (IOException e) {
            // The process has ended, or this end was closed.
        }
        synchronized (waiting) {
            ended = true;
            waiting.notifyAll();
        }
    }

    private void hear(String[] words) {
        hearer.accept(words);
        switch (words[0]) {
            case "acknowledged" -> answered(words[1]).acknowledged(words[2]);
            case "failed" -> answered(words[1]).failed(new IOException(String.join(" ", words)));
            default -> {
                // It concerns no publisher.
            }
        }
    }

    private Answer answered(String number) {
        synchronized (waiting) {
            waiting.notifyAll();
            return waiting.remove(Long.parseLong(number));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
