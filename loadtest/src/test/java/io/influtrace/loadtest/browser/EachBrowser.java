package io.influtrace.loadtest.browser;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once in each engine, each started once for the whole run and cleared of cookies before every test. */
final class EachBrowser implements TestTemplateInvocationContextProvider {

    private static final Namespace SHARED = Namespace.create(EachBrowser.class);

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        InEachBrowser test = context.getRequiredTestMethod().getAnnotation(InEachBrowser.class);
        return Arrays.stream(test.value()).map(InOne::new);
    }

    private record InOne(Engine engine) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocation) {
            return engine.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Resolver(engine));
        }
    }

    private record Resolver(Engine engine) implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Browser.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Needed.programs(engine.programs());
            Shared shared = context.getRoot().getStore(SHARED).getOrComputeIfAbsent(engine, Shared::new, Shared.class);
            return shared.browser().fresh();
        }
    }

    private record Shared(Browser browser) implements AutoCloseable {

        Shared(Engine engine) {
            this(started(engine));
        }

        private static Browser started(Engine engine) {
            try {
                return engine.start();
            } catch (Exception e) {
                throw new AssertionError("cannot start " + engine + " by " + engine.programs(), e);
            }
        }

        @Override
        public void close() {
            browser.close();
        }
    }
}
