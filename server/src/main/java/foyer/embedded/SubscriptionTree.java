package foyer.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the readers of a topic in as many steps as the topic has levels. Filters may hold {@code +}
 * ({@code #} is no one's right).
 */
final class SubscriptionTree<R> {

  private static final String ANY = "+";

  private final Node<R> root = new Node<>();

  /** Adds a subscription, or replaces the reader's earlier one of the same filter. */
  void put(R reader, Subscription subscription) {
    Node<R> node = root;
    for (String level : levels(subscription.filter())) {
      node = node.children.computeIfAbsent(level, l -> new Node<>());
    }
    node.readers.put(reader, subscription);
  }

  /** Takes a subscription away and forgets branches that nobody needs any more. */
  void remove(R reader, String filter) {
    remove(root, levels(filter), 0, reader);
  }

  /** Each reader of the topic once, with all its subscriptions that match. */
  Map<R, List<Subscription>> match(String topic) {
    Map<R, List<Subscription>> found = new LinkedHashMap<>();
    match(root, levels(topic), 0, found);
    return found;
  }

  /** Whether a filter, cut into its levels, matches the topic. */
  static boolean matches(String[] filter, String topic) {
    String[] levels = levels(topic);
    if (levels.length != filter.length || (filter[0].equals(ANY) && topic.startsWith("$"))) {
      return false;
    }
    for (int i = 0; i < levels.length; i++) {
      if (!filter[i].equals(ANY) && !filter[i].equals(levels[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether nobody subscribes to anything. */
  boolean isEmpty() {
    return root.isEmpty();
  }

  private static <R> void remove(Node<R> node, String[] levels, int depth, R reader) {
    if (depth == levels.length) {
      node.readers.remove(reader);
      return;
    }
    Node<R> child = node.children.get(levels[depth]);
    if (child != null) {
      remove(child, levels, depth + 1, reader);
      if (child.isEmpty()) {
        node.children.remove(levels[depth]);
      }
    }
  }

  private static <R> void match(
      @Nullable Node<R> node, String[] levels, int depth, Map<R, List<Subscription>> found) {
    if (node == null) {
      return;
    }
    if (depth == levels.length) {
      node.readers.forEach(
          (reader, subscription) ->
              found.computeIfAbsent(reader, r -> new ArrayList<>(1)).add(subscription));
      return;
    }
    match(node.children.get(levels[depth]), levels, depth + 1, found);
    if (depth > 0 || !levels[0].startsWith("$")) {
      match(node.children.get(ANY), levels, depth + 1, found);
    }
  }

  static String[] levels(String topic) {
    return topic.split("/", -1);
  }

  private static final class Node<R> {
    private final Map<String, Node<R>> children = new HashMap<>(2);
    private final Map<R, Subscription> readers = new LinkedHashMap<>(2);

    boolean isEmpty() {
      return children.isEmpty() && readers.isEmpty();
    }
  }
}
