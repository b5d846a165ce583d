package foyer.demo;

import foyer.wire.Names;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The demo company's sites, rooms and departments. */
final class House {

  /** When both sites open, local time, every day. */
  static final LocalTime OPENS = LocalTime.of(7, 30);

  /** When both sites close, local time, every day. */
  static final LocalTime CLOSES = LocalTime.of(21, 30);

  /** The department whose meetings follow its own rules (F). */
  static final String CUSTOMER_SERVICE = "customer-service";

  record Site(String id, Names names, ZoneId zone) {}

  record Room(
      String id,
      Site site,
      Names building,
      String floor,
      Names names,
      int capacity,
      List<String> equipment) {}

  /**
   * A department.
   *
   * @param leader rank in the top management of the leader who supervises it and approves its
   *     meetings
   */
  record Department(String id, Names names, String policy, String site, int people, int leader) {}

  static final Site SHANGHAI =
      new Site("shanghai", new Names("上海总部", "Shanghai Headquarters"), ZoneId.of("Asia/Shanghai"));
  static final Site MUNICH =
      new Site("munich", new Names("慕尼黑分部", "Munich Office"), ZoneId.of("Europe/Berlin"));

  static final List<Site> SITES = List.of(SHANGHAI, MUNICH);

  /** The first is the top management, whose people supervise the others. */
  static final List<Department> DEPARTMENTS =
      List.of(
          department("management", "总经理办公室", "General Management", "shanghai", 5, 1),
          department("administration", "行政部", "Administration", "shanghai", 10, 2),
          new Department(
              CUSTOMER_SERVICE, new Names("客户服务部", "Customer Service"), "F", "shanghai", 16, 3),
          department("sales", "销售部", "Sales", "shanghai", 18, 3),
          department("marketing", "市场部", "Marketing", "shanghai", 9, 3),
          department("research", "研发部", "Research and Development", "shanghai", 22, 4),
          department("product", "产品部", "Product", "shanghai", 8, 4),
          department("finance", "财务部", "Finance", "shanghai", 7, 2),
          department("personnel", "人力资源部", "Human Resources", "shanghai", 7, 2),
          department("legal", "法务部", "Legal", "shanghai", 4, 2),
          department("munich", "慕尼黑分公司", "Munich Branch", "munich", 14, 4));

  static final List<Room> ROOMS =
      rooms(
          """
          sh-0801 | A座 | Tower A       | 8 | 外滩厅     | The Bund Hall         | 60
          sh-0802 | A座 | Tower A       | 8 | 西湖       | West Lake             | 12
          sh-0803 | A座 | Tower A       | 8 | 太湖       | Lake Tai              | 8
          sh-0804 | A座 | Tower A       | 8 | 洱海       | Lake Erhai            | 6
          sh-0805 | A座 | Tower A       | 8 | 千岛湖     | Thousand Island Lake  | 10
          sh-0901 | A座 | Tower A       | 9 | 泰山       | Mount Tai             | 20
          sh-0902 | A座 | Tower A       | 9 | 黄山       | Mount Huang           | 14
          sh-0903 | A座 | Tower A       | 9 | 华山       | Mount Hua             | 8
          sh-0904 | A座 | Tower A       | 9 | 峨眉山     | Mount Emei            | 6
          sh-0905 | A座 | Tower A       | 9 | 武夷山     | Mount Wuyi            | 4
          sh-0906 | A座 | Tower A       | 9 | 庐山       | Mount Lu              | 4
          sh-0201 | B座 | Tower B       | 2 | 荷花接待厅 | Lotus Reception Hall  | 24
          sh-0202 | B座 | Tower B       | 2 | 梅花接待室 | Plum Blossom Reception Room | 10
          sh-0203 | B座 | Tower B       | 2 | 兰花接待室 | Orchid Reception Room | 8
          sh-0204 | B座 | Tower B       | 2 | 竹苑       | Bamboo Room           | 6
          sh-0205 | B座 | Tower B       | 2 | 菊园       | Chrysanthemum Room    | 6
          mu-0101 | 主楼 | Main Building | 1 | 伊萨尔厅   | Isar Hall             | 40
          mu-0102 | 主楼 | Main Building | 1 | 英国花园   | English Garden        | 12
          mu-0103 | 主楼 | Main Building | 1 | 玛利亚广场 | Marienplatz           | 8
          mu-0201 | 主楼 | Main Building | 2 | 楚格峰     | Zugspitze             | 16
          mu-0202 | 主楼 | Main Building | 2 | 施塔恩贝格湖 | Lake Starnberg      | 10
          mu-0203 | 主楼 | Main Building | 2 | 国王湖     | Königssee             | 6
          mu-0204 | 主楼 | Main Building | 2 | 宁芬堡     | Nymphenburg           | 4
          mu-0205 | 主楼 | Main Building | 2 | 基姆湖     | Chiemsee              | 4
          """);

  /** The halls, which the admin department gives out itself (K-4.1.2). */
  static final List<String> BY_APPROVAL = List.of("sh-0801", "mu-0101");

  /** A room that is booked without asking for two hours at most. */
  static final String UP_TO_TWO_HOURS = "sh-0901";

  /** Rooms that one department has to itself, with that department. */
  static final Map<String, String> KEPT = Map.of("sh-0905", "legal", "sh-0204", CUSTOMER_SERVICE);

  private House() {}

  /** The rooms of one site, in the order of the list. */
  static List<Room> roomsOf(Site site) {
    return ROOMS.stream().filter(room -> room.site().equals(site)).toList();
  }

  /** Whether guests are usually received there. */
  static boolean isForReceptions(Room room) {
    return room.names().en().contains("Reception") || room.id().equals("mu-0101");
  }

  private static Department department(
      String id, String zh, String en, String site, int people, int leader) {
    return new Department(id, new Names(zh, en), "C", site, people, leader);
  }

  private static List<Room> rooms(String table) {
    return table.lines().map(House::room).toList();
  }

  private static Room room(String line) {
    String[] cells = line.split("\\|", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].strip();
    }
    int capacity = Integer.parseInt(cells[6]);
    return new Room(
        cells[0],
        cells[0].startsWith("sh-") ? SHANGHAI : MUNICH,
        new Names(cells[1], cells[2]),
        cells[3],
        new Names(cells[4], cells[5]),
        capacity,
        equipment(capacity));
  }

  private static List<String> equipment(int capacity) {
    List<String> equipment = new ArrayList<>(List.of("screen", "whiteboard"));
    if (capacity >= 8) {
      equipment.add("phone");
      equipment.add("video");
    }
    if (capacity >= 12) {
      equipment.add("projector");
    }
    if (capacity >= 20) {
      equipment.add("sound");
    }
    return equipment;
  }
}
