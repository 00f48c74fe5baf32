import com.google.javascript.jscomp.AbstractCommandLineRunner;
import com.google.javascript.jscomp.CheckLevel;
import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.DiagnosticGroup;
import com.google.javascript.jscomp.DiagnosticGroups;
import com.google.javascript.jscomp.Result;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.jscomp.WarningLevel;
import com.google.javascript.rhino.Node;
import com.google.javascript.rhino.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Checks and minifies the pixel during the build: {@code PixelBuild SOURCE_FOLDER TARGET_FOLDER}. Any warning fails the
 * build, and so does a script that would weigh more on the wire than the README promises. What {@code debug} loads is
 * checked as strictly, and ships as it is written: whoever debugs may read it.
 */
final class PixelBuild {

    /** Bytes of {@code gzip -9}: what shops are told, at most. */
    private static final int MOST_GZIP_BYTES = 1_750;

    /** Swaps of two names that are tried; after so many nothing more is found. */
    private static final int SWAPS = 8_000;

    /** Fixed, so that the same source is the same bytes. */
    private static final long SEED = 1;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_";

    private PixelBuild() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path target = Path.of(args[1]);
        Files.createDirectories(target);
        compiled(folder, "t.debug.js");
        Files.copy(folder.resolve("t.debug.js"), target.resolve("t.debug.js"), StandardCopyOption.REPLACE_EXISTING);

        Compiler compiler = compiled(folder, "t.js");
        String minified = named(compiler);
        int zipped = gzip(minified);
        System.out.printf(
                "pixel: source %,d bytes, minified %,d, gzip -9 %,d of at most %,d%n",
                Files.size(folder.resolve("t.js")), minified.length(), zipped, MOST_GZIP_BYTES);
        if (zipped > MOST_GZIP_BYTES) {
            fail("too heavy for the promise of " + MOST_GZIP_BYTES + " bytes gzip");
        }
        Files.writeString(target.resolve("t.js"), minified, StandardCharsets.US_ASCII);
    }

    private static Compiler compiled(Path folder, String name) throws IOException {
        Compiler compiler = new Compiler(System.err);
        List<SourceFile> externs =
                new ArrayList<>(AbstractCommandLineRunner.getBuiltinExterns(CompilerOptions.Environment.BROWSER));
        externs.add(source(folder.resolve("externs.js")));
        Result result = compiler.compile(externs, List.of(source(folder.resolve(name))), options());
        if (!result.success || !result.warnings.isEmpty()) {
            fail(name + " has " + result.errors.size() + " errors and " + result.warnings.size()
                    + " warnings; both fail the build");
        }
        return compiler;
    }

    private static SourceFile source(Path file) throws IOException {
        return SourceFile.fromCode(file.getFileName().toString(), Files.readString(file));
    }

    private static CompilerOptions options() {
        CompilerOptions options = new CompilerOptions();
        CompilationLevel.ADVANCED_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
        CompilationLevel.ADVANCED_OPTIMIZATIONS.setTypeBasedOptimizationOptions(options);
        WarningLevel.VERBOSE.setOptionsForWarningLevel(options);
        for (DiagnosticGroup group : List.of(
                DiagnosticGroups.CHECK_TYPES,
                DiagnosticGroups.CHECK_VARIABLES,
                DiagnosticGroups.MISSING_PROPERTIES,
                DiagnosticGroups.STRICT_CHECK_TYPES,
                DiagnosticGroups.CONST,
                DiagnosticGroups.CHECK_REGEXP,
                DiagnosticGroups.SUSPICIOUS_CODE,
                DiagnosticGroups.UNUSED_LOCAL_VARIABLE,
                DiagnosticGroups.CHECK_USELESS_CODE,
                DiagnosticGroups.DEPRECATED)) {
            options.setWarningLevel(group, CheckLevel.ERROR);
        }
        options.setLanguage(LanguageMode.ECMASCRIPT_2020);
        options.setAllowDynamicImport(true);
        options.setDynamicImportAlias("importModule");
        options.setEmitUseStrict(false);
        options.setTrustedStrings(true);
        options.setLineLengthThreshold(Integer.MAX_VALUE);
        options.setAssumeForwardDeclaredForMissingTypes(false);
        return options;
    }

    /**
     * The script, all of it in one {@code try} block, with the one-letter names that pack best. The minifier hands names
     * out by how often each occurs, while what packs are sequences that recur. Names are exchanged in the whole script
     * alike, so what was different stays different and each scope stays what it was.
     */
    private static String named(Compiler compiler) {
        hold(compiler.getRoot().getLastChild());
        String held = "try{"
                + compiler.toSource().strip().replace("importModule(", "import(")
                + "}catch{}\n";
        char[] names = LETTERS.toCharArray();
        Random random = new Random(SEED);
        String[] pieces = held.split("\\$\\$");
        int best = gzip(with(names, pieces));
        for (int swap = 0; swap < SWAPS; swap++) {
            int one = random.nextInt(names.length);
            int other = random.nextInt(names.length);
            exchange(names, one, other);
            int size = gzip(with(names, pieces));
            if (size > best) {
                exchange(names, one, other);
            } else {
                best = size;
            }
        }
        return with(names, pieces);
    }

    /**
     * Marks each name that the minifier gave; what pages and browsers named is longer. Declarations in a row become one
     * {@code let}: what is constant was checked before.
     */
    private static void hold(Node node) {
        if (node.isName() && node.getString().length() == 1) {
            node.setString("$$" + node.getString() + "$$");
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            while (declares(child) && declares(child.getNext())) {
                child.addChildrenToBack(child.getNext().detach().removeChildren());
            }
            if (declares(child)) {
                child.setToken(Token.LET);
            }
            hold(child);
        }
    }

    private static boolean declares(Node node) {
        return node != null && (node.isConst() || node.isLet());
    }

    /** Every second piece is a name. */
    private static String with(char[] names, String[] pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces.length; i++) {
            text.append(i % 2 == 0 ? pieces[i] : String.valueOf(names[LETTERS.indexOf(pieces[i])]));
        }
        return text.toString();
    }

    private static void exchange(char[] names, int one, int other) {
        char held = names[one];
        names[one] = names[other];
        names[other] = held;
    }

    private static int gzip(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.size();
    }

    private static void fail(String sentence) {
        System.err.println("pixel: " + sentence);
        System.exit(1);
    }
}
