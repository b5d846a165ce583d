package foyer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractTest {

  private static final String SMALL =
      """
      openapi: 3.1.0
      paths:
        /things/{id}:
          post:
            operationId: change
            x-right: any
            parameters:
              - {name: id, in: path, required: true, schema: {type: integer, minimum: 1, maximum: 9}}
            requestBody:
              content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
            responses: {'200': {description: It}}
      components:
        schemas:
          Thing:
            type: object
            additionalProperties: false
            properties:
              name: {type: string, format: line, maxLength: 10}
              tags: {type: array, maxItems: 3, items: {type: string, enum: [a, b]}}
      """;

  @Test
  void theContractOfThisServerLeavesNothingOpen() {
    assertThat(Contract.load().endpoints()).hasSizeGreaterThan(20);
    assertThat(Contract.of(SMALL).endpoints()).containsOnlyKeys("change");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "additionalProperties: false | description: open | is open",
        "format: line, maxLength: 10 | maxLength: 10 | takes any text",
        "format: line, maxLength: 10 | format: line | without end",
        "format: line | format: prose | a format that nothing checks",
        "format: line | pattern: '^a$' | has no example",
        "maxItems: 3, | `` | takes a list without end",
        "minimum: 1, | `` | has no limits",
        "enum: [a, b] | multipleOf: 3 | a keyword that nothing checks",
        "schemas/Thing | schemas/Other | refers to nothing",
        "type: array | minItems: 1 | has no type",
        "tags: | name: | Duplicate",
      })
  void whatTheContractLeavesOpenKeepsTheServerFromStarting(
      String kept, String planted, String reason) {
    String faulty =
        SMALL.replaceFirst(
            java.util.regex.Pattern.quote(kept),
            java.util.regex.Matcher.quoteReplacement(planted.replace("``", "")));
    assertThat(faulty).isNotEqualTo(SMALL);
    assertThatThrownBy(() -> Contract.of(faulty)).hasMessageContaining(reason);
  }

  @Test
  void twoOperationsOfOneNameAreRefused() {
    String twice =
        SMALL.replace(
            "components:",
            "  /others:\n    get: {operationId: change, x-right: any, responses: {}}\ncomponents:");
    assertThatThrownBy(() -> Contract.of(twice))
        .hasMessageContaining("two operations are named change");
  }

  @Test
  void everyOperationHasAHandlerAndEveryHandlerAnOperation() {
    Contract contract = Contract.load();
    Set<String> all = new HashSet<>(contract.endpoints().keySet());
    contract.requireExactly(all);
    all.remove("bookRoom");
    assertThatThrownBy(() -> contract.requireExactly(all))
        .hasMessageContaining("without a handler: [bookRoom]");
    all.add("bookRoom");
    all.add("forgotten");
    assertThatThrownBy(() -> contract.requireExactly(all))
        .hasMessageContaining("without an operation: [forgotten]");
  }

  @Test
  void whoEditsStoredFieldsSaysWhichStateTheySaw() {
    Contract.load().endpoints().values().stream()
        .filter(endpoint -> Set.of("PUT", "PATCH").contains(endpoint.method()))
        .filter(endpoint -> endpoint.jsonBody().isPresent())
        .forEach(
            endpoint -> {
              assertThat(endpoint.parameters())
                  .as(endpoint.operationId())
                  .anyMatch(p -> p.name().equals("If-Match") && p.required());
              assertThat(endpoint.problems().getOrDefault(412, Set.of()))
                  .as(endpoint.operationId())
                  .contains("changed-meanwhile");
              assertThat(endpoint.problems().getOrDefault(428, Set.of()))
                  .as(endpoint.operationId())
                  .contains("if-match-missing");
            });
  }

  @Test
  void everyOperationDocumentsItsSuccessAndItsProblems() {
    Contract.load()
        .endpoints()
        .values()
        .forEach(
            endpoint -> {
              assertThat(endpoint.problems())
                  .as(endpoint.operationId())
                  .containsKeys(400, 404, 405, 500, 503);
              boolean creates =
                  endpoint.parameters().stream().anyMatch(p -> p.name().equals("Idempotency-Key"));
              assertThat(
                      endpoint
                          .problems()
                          .getOrDefault(422, Set.of())
                          .contains("idempotency-key-reused"))
                  .as(endpoint.operationId())
                  .isEqualTo(creates);
              boolean names = endpoint.template().contains("{roomId}");
              assertThat(endpoint.problems().get(404).contains("no-such-room") || !names)
                  .as(endpoint.operationId())
                  .isTrue();
            });
  }
}
