package foyer.kiosk;

import foyer.client.DeviceKind;
import foyer.client.DeviceProgram;

/** The program of a lobby machine. */
public final class Main {

  private Main() {}

  /** Runs until it is told to stop; {@code --help} says what it can be told. */
  public static void main(String[] args) {
    DeviceProgram.run(DeviceKind.KIOSK, args);
  }
}
