package foyer.device;

import static foyer.device.DynamicSecurity.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import foyer.wire.Json;
import foyer.wire.TopicRights;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes Mosquitto's dynamic security equal to a list of credentials, and reads back that it is.
 *
 * <p>A role is never changed, because that disconnects everybody who has it, the administrator too:
 * its name holds a digest of its ACLs, and new rights are a new role. A client's text name holds a
 * digest of its password, so that a second call changes nothing. Clients and roles of others are
 * left alone: ours are known by the prefix {@code foyer:}.
 */
public final class MosquittoRights {

  private static final String PREFIX = "foyer:";
  private static final int PAGE = 100;

  /** What the plugin writes around a role's ACLs, in bytes. */
  private static final int ROLE_FRAME = 200;

  private final DynamicSecurity broker;

  /** Works through this connection, which stays the caller's. */
  public MosquittoRights(DynamicSecurity broker) {
    this.broker = broker;
  }

  /**
   * What was changed.
   *
   * @param created credentials that are new
   * @param changed credentials with another password or other rights
   * @param deleted credentials that were withdrawn; their connections are cut at once
   */
  public record Changes(int created, int changed, int deleted) {}

  /**
   * Makes the broker's credentials those of the list, and no others of ours. Blocks for its
   * answers; to be called in a worker, at each start and after each change.
   *
   * @throws IllegalStateException if the broker refuses, or has something else afterwards
   */
  public synchronized Changes apply(List<Credential> wanted) {
    denyByDefault();
    Map<String, Credential> byId = new LinkedHashMap<>();
    wanted.forEach(credential -> byId.put(credential.id(), credential));
    Map<String, JsonNode> clients = clients();
    List<ObjectNode> commands = new ArrayList<>();
    int deleted = withdraw(clients, byId.keySet(), commands);
    createRoles(byId.values(), roleNames(), commands);
    int created = 0;
    int changed = 0;
    for (Credential credential : byId.values()) {
      JsonNode present = clients.get(credential.id());
      if (present == null) {
        created++;
        commands.add(client("createClient", credential));
      } else if (!isAsWanted(present, credential)) {
        changed++;
        commands.add(client("modifyClient", credential));
        commands.add(command("enableClient").put("username", credential.id()));
      }
    }
    broker.run(commands);
    deleteUnusedRoles(byId.values());
    verify(byId);
    return new Changes(created, changed, deleted);
  }

  private void denyByDefault() {
    ObjectNode deny = command("setDefaultACLAccess");
    ArrayNode acls = deny.putArray("acls");
    for (String type : List.of("publishClientSend", "publishClientReceive", "subscribe")) {
      acls.addObject().put("acltype", type).put("allow", false);
    }
    acls.addObject().put("acltype", "unsubscribe").put("allow", true);
    JsonNode read =
        broker.run(List.of(deny, command("getDefaultACLAccess"))).getLast().path("data");
    for (JsonNode acl : read.path("acls")) {
      boolean expected = acl.path("acltype").asText().equals("unsubscribe");
      if (acl.path("allow").asBoolean() != expected) {
        throw new IllegalStateException("the broker does not deny by default: " + acl);
      }
    }
    if (read.path("acls").size() != acls.size()) {
      throw new IllegalStateException("the broker does not say what it denies by default: " + read);
    }
  }

  private static int withdraw(
      Map<String, JsonNode> clients, Set<String> wanted, List<ObjectNode> commands) {
    int count = 0;
    for (Map.Entry<String, JsonNode> client : clients.entrySet()) {
      if (isOurs(client.getValue()) && !wanted.contains(client.getKey())) {
        commands.add(command("deleteClient").put("username", client.getKey()));
        count++;
      }
    }
    return count;
  }

  private static void createRoles(
      Iterable<Credential> wanted, Set<String> present, List<ObjectNode> commands) {
    Set<String> known = new TreeSet<>(present);
    for (Credential credential : wanted) {
      if (known.add(role(credential))) {
        ObjectNode create = command("createRole").put("rolename", role(credential));
        create.set("acls", acls(credential.rights()));
        commands.add(create);
      }
    }
  }

  private void deleteUnusedRoles(Iterable<Credential> wanted) {
    Set<String> used = new TreeSet<>();
    wanted.forEach(credential -> used.add(role(credential)));
    List<ObjectNode> commands = new ArrayList<>();
    for (String name : roleNames()) {
      if (name.startsWith(PREFIX) && !used.contains(name)) {
        commands.add(command("deleteRole").put("rolename", name));
      }
    }
    broker.run(commands);
  }

  private void verify(Map<String, Credential> wanted) {
    Map<String, JsonNode> clients = clients();
    for (Credential credential : wanted.values()) {
      JsonNode client = clients.get(credential.id());
      if (client == null || !isAsWanted(client, credential)) {
        throw new IllegalStateException("the broker has another credential: " + credential.id());
      }
    }
    clients.forEach(
        (name, client) -> {
          if (isOurs(client) && !wanted.containsKey(name)) {
            throw new IllegalStateException("the broker still has " + name);
          }
        });
    verifyRoles(wanted.values());
  }

  private void verifyRoles(Iterable<Credential> wanted) {
    Map<String, ArrayNode> expected = new LinkedHashMap<>();
    wanted.forEach(credential -> expected.put(role(credential), acls(credential.rights())));
    List<ObjectNode> questions = new ArrayList<>();
    expected.keySet().forEach(name -> questions.add(command("getRole").put("rolename", name)));
    Map<String, Integer> weights = new HashMap<>();
    expected.forEach((name, acls) -> weights.put(name, acls.toString().length() + ROLE_FRAME));
    List<JsonNode> answers =
        broker.run(
            questions,
            question -> weights.getOrDefault(question.path("rolename").asText(), ROLE_FRAME));
    for (JsonNode answer : answers) {
      JsonNode role = answer.path("data").path("role");
      ArrayNode acls = expected.get(role.path("rolename").asText());
      if (acls == null || !asSet(role.path("acls")).equals(asSet(acls))) {
        throw new IllegalStateException("the broker gives other rights: " + role);
      }
    }
  }

  private Map<String, JsonNode> clients() {
    Map<String, JsonNode> found = new HashMap<>();
    for (JsonNode client : pages("listClients", "clients", true)) {
      found.put(client.path("username").asText(), client);
    }
    return found;
  }

  private Set<String> roleNames() {
    Set<String> names = new TreeSet<>();
    pages("listRoles", "roles", false).forEach(name -> names.add(name.asText()));
    return names;
  }

  private List<JsonNode> pages(String list, String member, boolean verbose) {
    List<JsonNode> found = new ArrayList<>();
    int total = 1;
    for (int offset = 0; offset < total; offset += PAGE) {
      ObjectNode page =
          command(list).put("verbose", verbose).put("count", PAGE).put("offset", offset);
      JsonNode data = broker.run(List.of(page)).getFirst().path("data");
      total = data.path("totalCount").asInt();
      data.path(member).forEach(found::add);
    }
    return found;
  }

  private static ObjectNode client(String name, Credential credential) {
    ObjectNode client =
        command(name)
            .put("username", credential.id())
            .put("clientid", credential.id())
            .put("password", credential.password())
            .put("textname", textName(credential));
    client.putArray("roles").addObject().put("rolename", role(credential));
    return client;
  }

  private static boolean isAsWanted(JsonNode client, Credential credential) {
    JsonNode roles = client.path("roles");
    return client.path("textname").asText().equals(textName(credential))
        && client.path("clientid").asText().equals(credential.id())
        && !client.path("disabled").asBoolean()
        && client.path("groups").isEmpty()
        && roles.size() == 1
        && roles.path(0).path("rolename").asText().equals(role(credential));
  }

  private static boolean isOurs(JsonNode client) {
    return client.path("textname").asText().startsWith(PREFIX);
  }

  private static ArrayNode acls(TopicRights rights) {
    ArrayNode acls = Json.MAPPER.createArrayNode();
    for (String filter : rights.read()) {
      acls.add(acl("subscribePattern", filter));
      acls.add(acl("publishClientReceive", filter));
    }
    for (String filter : rights.write()) {
      acls.add(acl("publishClientSend", filter));
    }
    return acls;
  }

  private static ObjectNode acl(String type, String filter) {
    return Json.MAPPER
        .createObjectNode()
        .put("acltype", type)
        .put("topic", filter)
        .put("priority", 0)
        .put("allow", true);
  }

  private static Set<String> asSet(JsonNode acls) {
    Set<String> all = new TreeSet<>();
    for (JsonNode acl : acls) {
      all.add(
          acl.path("acltype").asText()
              + " "
              + acl.path("topic").asText()
              + " "
              + acl.path("allow").asBoolean());
    }
    return all;
  }

  private static String role(Credential credential) {
    return PREFIX + digest(String.join("\n", asSet(acls(credential.rights()))));
  }

  private static String textName(Credential credential) {
    return PREFIX + digest(credential.id() + "\n" + credential.password());
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
