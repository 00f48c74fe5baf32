package io.influtrace.worker.catalog;

import io.influtrace.protocol.order.CouponCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The catalog as it stands at each call, also after everything was read anew. */
record Current(Supplier<Memory> memory) implements Catalog {

    @Override
    public Optional<Timeline<Creator>> creator(String handle) {
        return memory.get().creator(handle);
    }

    @Override
    public Optional<Timeline<Creator>> creator(int number) {
        return memory.get().creator(number);
    }

    @Override
    public Optional<Timeline<Campaign>> campaign(String id) {
        return memory.get().campaign(id);
    }

    @Override
    public Optional<Timeline<Link>> link(String slug) {
        return memory.get().link(slug);
    }

    @Override
    public Optional<Timeline<Link>> link(int number) {
        return memory.get().link(number);
    }

    @Override
    public List<Timeline<Coupon>> coupons(CouponCode code) {
        return memory.get().coupons(code);
    }

    @Override
    public List<CouponCode> nearest(CouponCode code) {
        return memory.get().nearest(code);
    }

    @Override
    public Optional<Timeline<Integration>> integration(String id) {
        return memory.get().integration(id);
    }

    @Override
    public List<Integer> windows() {
        return memory.get().windows();
    }

    @Override
    public long version() {
        return memory.get().version();
    }
}
