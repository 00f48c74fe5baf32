package io.influtrace.edge.directory;

/**
 * Who a click is for.
 *
 * @param number the registered creator's, or one of the two that stand for none
 * @param encodedHandle the handle as a query carries it; empty where none is registered
 */
public record Creator(int number, String encodedHandle) {

    static Creator of(int number, String handle) {
        return new Creator(number, QueryText.encode(handle));
    }
}
