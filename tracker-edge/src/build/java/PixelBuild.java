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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Checks and minifies the pixel during the build: {@code PixelBuild SOURCE_FOLDER TARGET_FILE}. Any warning fails the
 * build, and so does a script that would weigh more on the wire than the README promises.
 */
final class PixelBuild {

    /** Bytes of {@code gzip -9}: what shops are told, at most. */
    private static final int MOST_GZIP_BYTES = 2_048;

    private PixelBuild() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path target = Path.of(args[1]);
        Compiler compiler = new Compiler(System.err);
        List<SourceFile> externs =
                new ArrayList<>(AbstractCommandLineRunner.getBuiltinExterns(CompilerOptions.Environment.BROWSER));
        externs.add(source(folder.resolve("externs.js")));
        SourceFile script = source(folder.resolve("t.js"));
        Result result = compiler.compile(externs, List.of(script), options());
        if (!result.success || !result.warnings.isEmpty()) {
            System.err.println("pixel: t.js has " + result.errors.size() + " errors and " + result.warnings.size()
                    + " warnings; both fail the build");
            System.exit(1);
        }
        byte[] minified = ("(()=>{" + compiler.toSource().strip() + "})();\n").getBytes(StandardCharsets.UTF_8);
        int zipped = gzip(minified);
        System.out.printf(
                "pixel: source %,d bytes, minified %,d, gzip -9 %,d of at most %,d%n",
                script.getCode().length(), minified.length, zipped, MOST_GZIP_BYTES);
        if (zipped > MOST_GZIP_BYTES) {
            System.err.println("pixel: too heavy for the promise of " + MOST_GZIP_BYTES + " bytes gzip");
            System.exit(1);
        }
        Files.createDirectories(target.getParent());
        Files.write(target, minified);
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
        options.setLanguageIn(LanguageMode.ECMASCRIPT_2020);
        options.setLanguageOut(LanguageMode.ECMASCRIPT_2018);
        options.setEmitUseStrict(false);
        options.setTrustedStrings(true);
        options.setLineLengthThreshold(Integer.MAX_VALUE);
        options.setAssumeForwardDeclaredForMissingTypes(false);
        return options;
    }

    private static int gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            zip.write(bytes);
        }
        return out.size();
    }
}
