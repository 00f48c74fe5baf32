package io.influtrace.loadtest.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that each browser engine must pass, or those it names; it gets the {@link Browser} as its parameter. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EachBrowser.class)
public @interface InEachBrowser {

    /** Fewer where the engine makes no difference and a deployment for each would cost a build a minute. */
    Engine[] value() default {Engine.CHROMIUM, Engine.WEBKIT};
}
