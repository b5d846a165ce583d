package foyer.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Prints each line, and keeps it in a file. */
final class Report implements AutoCloseable {

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PrintStream file;

  /** A report in a file of that folder. */
  Report(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      file =
          new PrintStream(
              Files.newOutputStream(folder.resolve(name)), true, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line, with the arguments as {@link String#format} puts them. */
  @SuppressWarnings("AnnotateFormatMethod")
  void line(String format, Object... arguments) {
    String text = String.format(Locale.ROOT, format, arguments);
    out.println(text);
    file.println(text);
  }

  /** A heading. */
  void part(String heading) {
    line("");
    line("== %s", heading);
  }

  @Override
  public void close() {
    file.close();
  }

  /** Median, least and most. */
  static String spread(double[] values, String form) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    String all = form + " (" + form + "–" + form + ")";
    return String.format(
        Locale.ROOT, all, percentile(sorted, 50), sorted[0], sorted[sorted.length - 1]);
  }

  /** The value that {@code percent} of the values do not exceed; 0 where there is none. */
  static double percentile(double[] values, double percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100 * sorted.length) - 1;
    return sorted.length == 0 ? 0 : sorted[Math.max(0, rank)];
  }
}
