package io.eventlane.brokers;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What threads pass, or wait at while it is shut. It is open at first. */
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean shut;

    void shut() {
        set(true);
    }

    void open() {
        set(false);
    }

    /** Returns when the gate is open. */
    void pass() throws InterruptedException {
        lock.lock();
        try {
            while (shut) {
                opened.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void set(boolean shut) {
        lock.lock();
        try {
            this.shut = shut;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
