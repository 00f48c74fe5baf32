package io.influtrace.worker.catalog;

import java.util.Optional;

/**
 * A person who is credited.
 *
 * @param handle unique, lower case
 * @param number what tokens and rows carry, from {@link io.influtrace.protocol.click.Click#FIRST_CREATOR} on
 * @param emailHash the keyed hash of the creator's own email, by which a self-referral is known
 * @param retired true where new clicks are no longer credited
 */
public record Creator(String handle, int number, String name, Optional<String> emailHash, boolean retired) {}
