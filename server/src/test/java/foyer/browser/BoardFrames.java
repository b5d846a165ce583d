package foyer.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import foyer.BrokersForTests;
import foyer.Server;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures the board of 200 rooms and 2,000 bookings in one day: how long it takes to come, and how
 * long frames take while it is scrolled and while a booking is carried over it. Prints the figures;
 * no test, for they say as much about the machine as about the board. Started in the folder {@code
 * server} like {@link ConsoleScreens}.
 */
public final class BoardFrames {

  private static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");

  private static final String HOUSE =
      """
      INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, position)
      SELECT 'r' || i, 'day', '高楼', 'Tower', (i / 10 + 1) || '', '会议室 ' || i, 'Room ' || i, 4 + i % 20, 10 + i
      FROM generate_series(1, 199) i;
      INSERT INTO booking (room_id, during, occupied, zone, local_start, local_end, status, subject, meeting_type_id, level, priority,
                           convener_id, booker_id, department_id, policy_version_id, source, made_at, changed_at)
      SELECT r.id, t, t, 'Asia/Shanghai', lower(t) AT TIME ZONE 'Asia/Shanghai', upper(t) AT TIME ZONE 'Asia/Shanghai', 'confirmed',
             '会议 ' || k, 'ad-hoc', CASE WHEN k = 3 THEN 'confidential' ELSE 'internal' END, 'normal',
             (SELECT id FROM person WHERE staff_number = '1001'), NULL, 'sales', (SELECT min(id) FROM policy_version), 'demo', app_now(), app_now()
      FROM room r, generate_series(0, 9) k,
        LATERAL (SELECT tstzrange(s, s + interval '50 minutes') AS t
                 FROM (SELECT timestamptz '2026-11-23 00:15Z' + k * interval '70 minutes' AS s) at) span
      WHERE r.site_id = 'day';
      """;

  private static final String COUNT =
      """
      () => {
        window.frames = [];
        let last = performance.now();
        const tick = (now) => {
          window.frames.push(now - last);
          last = now;
          window.counting = requestAnimationFrame(tick);
        };
        window.counting = requestAnimationFrame(tick);
      }""";

  private static final String SCROLL =
      """
      () => new Promise((done) => {
        const within = (root, path) => path.reduce((at, each) => at.querySelector(each).shadowRoot ?? at.querySelector(each), root);
        const scroll = within(document, ['console-app', 'board-page', 'board-grid']).querySelector('.scroll');
        let left = 300;
        const step = () => {
          scroll.scrollTop += left > 150 ? 30 : -30;
          if (--left > 0) requestAnimationFrame(step);
          else done();
        };
        step();
      })""";

  private BoardFrames() {}

  /** Measures, and prints what was measured. */
  public static void main(String[] arguments) {
    try (TestDatabase database = TestDatabase.create();
        Browsers browsers = new Browsers()) {
      database.execute(TestServer.COMPANY);
      database.execute(HOUSE);
      database.setClock(MONDAY);
      try (Server server =
          Server.start(new Server.Options(database.address(), 4, 0, BrokersForTests.embedded()))) {
        Browser.NewContextOptions options =
            new Browser.NewContextOptions().setViewportSize(1440, 900).setLocale("zh-CN");
        try (BrowserContext context = browsers.admin(options)) {
          measure(context.newPage(), server.address());
        }
        browsers.complaints().forEach(System.out::println);
      }
    }
  }

  private static void measure(Page page, String address) {
    page.setDefaultTimeout(Duration.ofMinutes(2).toMillis());
    List<String> answers = new ArrayList<>();
    page.onResponse(
        answer -> {
          if (answer.url().contains("/api/sites/day/bookings")) {
            answers.add(
                answer.body().length / 1024
                    + " KiB in "
                    + (long) answer.request().timing().responseEnd
                    + " ms");
          }
        });
    long began = System.nanoTime();
    page.navigate(address + "/board?site=day");
    page.locator(".slip").first().waitFor();
    long shown = Duration.ofNanos(System.nanoTime() - began).toMillis();
    print(
        "shown after %d ms, %s slips and %s rows in the page",
        shown, page.locator(".slip").count(), page.locator(".row").count());
    page.waitForTimeout(3_000);
    print("bookings: %s", answers);
    frames(page, "scrolling over 200 rooms", to -> to.evaluate(SCROLL));
    page.evaluate(
        SCROLL.replace(
            "let left = 300", "let left = 1; scroll.scrollTop = 0; scroll.scrollLeft = 0"));
    page.locator(".slip.movable").first().waitFor();
    frames(page, "carrying a booking", BoardFrames::carry);
    page.keyboard().press("Escape");
  }

  private static void carry(Page page) {
    BoundingBox box = page.locator(".slip.movable").last().boundingBox();
    page.mouse().move(box.x + 20, box.y + 20);
    page.mouse().down();
    for (int i = 0; i < 240; i++) {
      page.mouse()
          .move(500 + 700 * Math.abs(Math.sin(i / 25.0)), 300 + 250 * Math.abs(Math.cos(i / 40.0)));
    }
  }

  private static void frames(Page page, String what, Consumer<Page> deed) {
    CDPSession session = page.context().newCDPSession(page);
    session.send("Performance.enable");
    double before = busy(session);
    page.evaluate(COUNT);
    deed.accept(page);
    @SuppressWarnings("unchecked") // a list of numbers, as the expression says
    List<Number> found =
        (List<Number>)
            page.evaluate(
                "() => { cancelAnimationFrame(window.counting); return window.frames.slice(2); }");
    double[] sorted = found.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    double work = (busy(session) - before) * 1000 / sorted.length;
    print(
        "%s: %d frames, p50 %.1f ms, p95 %.1f ms, worst %.1f ms; %.1f ms of work a frame",
        what, sorted.length, at(sorted, 0.5), at(sorted, 0.95), sorted[sorted.length - 1], work);
    session.detach();
  }

  /** How long the page's thread has been at work, s. */
  private static double busy(CDPSession session) {
    JsonObject metrics = session.send("Performance.getMetrics");
    for (var metric : metrics.getAsJsonArray("metrics")) {
      if (metric.getAsJsonObject().get("name").getAsString().equals("TaskDuration")) {
        return metric.getAsJsonObject().get("value").getAsDouble();
      }
    }
    throw new IllegalStateException("no TaskDuration");
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }

  private static void print(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
