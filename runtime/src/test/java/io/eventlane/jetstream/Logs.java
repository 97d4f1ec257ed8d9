package io.eventlane.jetstream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;

/** What is logged by anybody while it listens, with the exceptions' messages. */
final class Logs extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> messages = new CopyOnWriteArrayList<>();

    static Logs listen() {
        Logs logs = new Logs();
        logs.setLevel(Level.ALL);
        ROOT.addHandler(logs);
        return logs;
    }

    List<String> all() {
        return List.copyOf(messages);
    }

    List<String> containing(String text) {
        return messages.stream().filter(message -> message.contains(text)).toList();
    }

    @Override
    public void publish(LogRecord record) {
        StringBuilder text = new StringBuilder(record.getLevel() + " ")
                .append(record instanceof ExtLogRecord extended ? extended.getFormattedMessage() : record.getMessage());
        for (Throwable cause = record.getThrown(); cause != null; cause = cause.getCause()) {
            text.append("; ").append(cause);
        }
        messages.add(text.toString());
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
