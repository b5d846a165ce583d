package foyer.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the zone that a TZID means: an IANA region by its name, or by the name that Windows or a
 * person gives it, else one with the offsets that the file's VTIMEZONE writes.
 */
final class Zones {

  private static final Map<String, ZoneId> NAMED = readNames();
  private static final Set<String> REGIONS = ZoneId.getAvailableZoneIds();
  private static final Set<String> UTC =
      Set.of(
          "utc",
          "gmt",
          "z",
          "zulu",
          "uct",
          "universal",
          "etc/utc",
          "etc/gmt",
          "etc/uct",
          "tzone://microsoft/utc",
          "coordinated universal time");
  private static final Pattern WITHIN = Pattern.compile("[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+)+");
  private static final Pattern SHOWN =
      Pattern.compile("\\(?(?:UTC|GMT)\\s*([+-]\\d{1,2})?(?::?(\\d{2}))?\\)?\\s*(.*)");
  private static final int LONGEST_NAME = 200;
  private static final int STEPS_TO_FIND = 1_000;
  private static final Duration MARGIN = Duration.ofDays(400);

  private final ZoneId site;
  private final Map<String, Component> written;
  private final Instant from;
  private final Instant until;
  private final Work work;
  private final Map<String, Optional<Zone>> found = new HashMap<>();

  Zones(ZoneId site, List<Component> written, Instant from, Instant until, Work work) {
    this.site = site;
    this.written = new HashMap<>();
    written.forEach(zone -> this.written.putIfAbsent(key(zone.value("TZID")), zone));
    this.from = from.minus(MARGIN);
    this.until = until.plus(MARGIN);
    this.work = work;
  }

  /** The zone of that name; an empty one is the site's, an unknown one unusable. */
  Zone of(String tzid) {
    Optional<Zone> known = found.get(tzid);
    if (known == null) {
      work.spend(STEPS_TO_FIND);
      known = Optional.ofNullable(tzid.length() > LONGEST_NAME ? null : find(tzid));
      found.put(tzid, known);
    }
    return known.orElseThrow(() -> new Unusable("zone-unknown", "zone", Texts.line(tzid, 100)));
  }

  private @Nullable Zone find(String tzid) {
    String key = key(tzid);
    if (key.isEmpty()) {
      return Zone.of(site);
    }
    Zone zone = named(tzid.strip());
    Component component = written.get(key);
    if (zone == null && component != null) {
      zone = named(component.value("X-LIC-LOCATION"));
      zone = zone == null ? ofOffsets(component) : zone;
    }
    return zone == null ? shown(tzid.strip()) : zone;
  }

  private static String key(String tzid) {
    return Texts.unescape(tzid).strip().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Zone named(String name) {
    String key = key(name);
    if (UTC.contains(key)) {
      return new Zone(ZoneOffset.UTC.getRules(), null);
    }
    ZoneId byName = NAMED.get(key);
    if (byName != null) {
      return Zone.of(byName);
    }
    if (isRegion(name)) {
      return Zone.of(ZoneId.of(name));
    }
    Matcher within = WITHIN.matcher(name);
    while (within.find()) {
      for (String part = within.group(); !part.isEmpty(); part = withoutHead(part)) {
        if (isRegion(part)) {
          return Zone.of(ZoneId.of(part));
        }
      }
    }
    return null;
  }

  private static String withoutHead(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? "" : path.substring(slash + 1);
  }

  /** Only what Java, PostgreSQL and browsers know alike. */
  private static boolean isRegion(String name) {
    return REGIONS.contains(name)
        && !name.startsWith("SystemV/")
        && !name.startsWith("Etc/")
        && (name.contains("/") || name.equals("PRC") || name.equals("Japan"));
  }

  private @Nullable Zone ofOffsets(Component component) {
    ZoneRules rules;
    try {
      rules = WrittenZone.rules(component, from, until, work);
    } catch (Unusable e) {
      return null;
    }
    return rules == null ? null : regionWith(rules);
  }

  /**
   * The site's own region if it has these offsets, else a known one that has; none for an offset
   * that never changes, since too many regions share it.
   */
  private Zone regionWith(ZoneRules rules) {
    Set<ZoneId> candidates = new LinkedHashSet<>();
    candidates.add(site);
    if (rules.nextTransition(from) != null) {
      candidates.addAll(NAMED.values());
    }
    for (ZoneId candidate : candidates) {
      if (Zone.of(candidate).agrees(rules, from, until)) {
        return Zone.of(candidate);
      }
    }
    return new Zone(rules, null);
  }

  /** Names as people see them: "(UTC+07:00) Bangkok, Hanoi, Jakarta", "GMT+8". */
  private @Nullable Zone shown(String name) {
    Matcher parts = SHOWN.matcher(name);
    if (!parts.matches()) {
      return null;
    }
    ZoneOffset offset = offset(parts.group(1), parts.group(2));
    if (offset == null) {
      return null;
    }
    for (String place : parts.group(3).split("[,;&，、]|\\\\", 20)) {
      ZoneId region = place(place.strip());
      if (region != null && region.getRules().getStandardOffset(from).equals(offset)) {
        return Zone.of(region);
      }
    }
    return parts.group(3).isBlank() ? regionWith(offset.getRules()) : null;
  }

  private static @Nullable ZoneOffset offset(@Nullable String hours, @Nullable String minutes) {
    int hour = hours == null ? 0 : Integer.parseInt(hours);
    int minute = minutes == null ? 0 : Integer.parseInt(minutes);
    if (Math.abs(hour) > 14 || minute > 59) {
      return null;
    }
    return ZoneOffset.ofHoursMinutes(hour, hour < 0 ? -minute : minute);
  }

  private static @Nullable ZoneId place(String place) {
    ZoneId named = NAMED.get(place.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    String end = "/" + place.replace(' ', '_');
    return place.length() < 3
        ? null
        : REGIONS.stream()
            .filter(region -> region.endsWith(end) && isRegion(region))
            .sorted()
            .findFirst()
            .map(ZoneId::of)
            .orElse(null);
  }

  private static Map<String, ZoneId> readNames() {
    Properties names = new Properties();
    try (InputStream in = Zones.class.getResourceAsStream("/calendar/zone-names.properties")) {
      if (in == null) {
        throw new IllegalStateException("not in the program: zone-names.properties");
      }
      names.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, ZoneId> zones = new TreeMap<>();
    names
        .stringPropertyNames()
        .forEach(
            name -> zones.put(name.toLowerCase(Locale.ROOT), ZoneId.of(names.getProperty(name))));
    return Collections.unmodifiableMap(zones);
  }
}
