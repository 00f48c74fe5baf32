package io.influtrace.worker;

/** Wires the worker and starts it. */
public final class WorkerMain {

    private WorkerMain() {}

    /** Starts the process; settings come from the environment. */
    public static void main(String[] arguments) {}
}
