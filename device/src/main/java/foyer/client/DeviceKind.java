package foyer.client;

/** The two kinds of device programs. */
public enum DeviceKind {
  /** A display at the door of a room. */
  DISPLAY("display", "room-display", "door"),
  /** A kiosk in the lobby. */
  KIOSK("kiosk", "kiosk-client", "kiosk");

  private final String word;
  private final String program;
  private final String page;

  DeviceKind(String word, String program, String page) {
    this.word = word;
    this.program = program;
    this.page = page;
  }

  /** The word on the wire. */
  public String word() {
    return word;
  }

  /** The program's name on a command line. */
  public String program() {
    return program;
  }

  /** The folder of its page. */
  public String page() {
    return page;
  }

  /** Where its page is, for the device's own rooms. */
  String home(DeviceConfig config) {
    return switch (this) {
      case DISPLAY -> "/door/?room=" + config.rooms().getFirst();
      case KIOSK -> "/kiosk/?site=" + config.site();
    };
  }
}
