package io.influtrace.worker.order;

/** Told of every point of a settlement at which a worker may die; tests make it die there. */
@FunctionalInterface
public interface Witness {

    /** Nobody watches. */
    Witness NOBODY = step -> {};

    /** A point between two effects. */
    enum Step {
        DECISION,
        TOUCHES,
        LEDGER
    }

    /** The step's effect stands in Redis. */
    void passed(Step step);
}
