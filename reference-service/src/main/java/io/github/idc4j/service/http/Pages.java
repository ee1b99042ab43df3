package io.github.idc4j.service.http;

import io.github.idc4j.service.auth.Caller;
import io.github.idc4j.service.engine.Query;
import io.github.idc4j.service.engine.RowsGoneException;
import io.github.idc4j.service.fault.Fault;
import io.github.idc4j.service.query.Family;
import io.github.idc4j.service.query.Outcome;
import io.github.idc4j.service.query.PageTokens;
import io.github.idc4j.service.query.Position;
import io.github.idc4j.service.query.TooManyQueriesException;
import io.github.idc4j.service.query.Walks;
import io.github.idc4j.service.result.Result;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Serves first pages, next pages and 202 responses for all three families of paged operations. */
final class Pages {

  private static final long DEFAULT_PAGE_SIZE = 1000;

  private static final String ACCEPTED =
      "[ERROR] API query took longer than the allowed time to execute. Retry the query using the"
          + " next_page token.";

  private final Walks walks;
  private final PageTokens tokens;
  private final int unfinishedWaits;
  private final Rules rules;
  private final Set<Fault> faults;

  Pages(Walks walks, PageTokens tokens, int unfinishedWaits, Rules rules, Set<Fault> faults) {
    this.walks = walks;
    this.tokens = tokens;
    this.unfinishedWaits = unfinishedWaits;
    this.rules = rules;
    this.faults = faults;
  }

  /**
   * Begins a walk. Returns its first page, or 202 if the query is still running.
   *
   * @param echo additional members of the response body
   */
  CompletableFuture<Reply> first(
      Family family, Request request, Query query, Map<String, Object> echo) {
    long pageSize = pageSize(family, request, true);
    String owner = owner(family, request.caller());
    UUID walk;
    try {
      walk = walks.begin(query, owner, unfinishedWaits);
    } catch (TooManyQueriesException e) {
      throw ApiException.tooMany(e.getMessage());
    }
    return respond(request, new Position(family, owner, walk, 0), pageSize, echo, true);
  }

  /**
   * Returns the page that the page token of the request stands for, or 202 if the query is still
   * running.
   */
  CompletableFuture<Reply> next(Family family, Request request) {
    if (family != Family.DICOM_METADATA) {
      Ownership.requireNamed(
          request.caller(),
          family == Family.MANIFEST
              ? "Encountered an error while attempting to retrieve next page of a manifest."
              : "Encountered an error while attempting to get next query page.");
    }
    String token = request.first("next_page").orElse("None");
    Position position =
        tokens
            .position(token, owner(family, request.caller()))
            .filter(found -> rules.shareTokens(found.family(), family))
            .orElseThrow(() -> ApiException.badRequest("Invalid next_page token " + token));
    long pageSize = pageSize(family, request, false);
    return respond(
        request,
        new Position(family, position.user(), position.walk(), position.row()),
        pageSize,
        family == Family.MANIFEST ? Map.of() : Map.of("cohort", Map.of()),
        false);
  }

  /**
   * Returns the owner of a walk. The operation dicomMetadata ignores credentials, so all its walks
   * have the same owner.
   */
  private static String owner(Family family, Caller caller) {
    return family == Family.DICOM_METADATA ? "" : "user:" + caller.name();
  }

  private CompletableFuture<Reply> respond(
      Request request, Position position, long pageSize, Map<String, Object> echo, boolean first) {
    CompletableFuture<Optional<Outcome>> outcome =
        walks.await(position.walk(), position.row(), pageSize);
    Function<Optional<Outcome>, Reply> response =
        found ->
            response(
                request,
                position,
                pageSize,
                echo,
                first,
                found.orElseThrow(() -> rules.resultGone(position.family())));
    return outcome.thenApplyAsync(response, request.heavyThreads());
  }

  private Reply response(
      Request request,
      Position position,
      long pageSize,
      Map<String, Object> echo,
      boolean first,
      Outcome outcome) {
    if (outcome instanceof Outcome.Finished finished) {
      request.resources().accept(finished.rows());
      if (faults.contains(Fault.FAIL_QUERIES)) {
        throw rules.queryFailed(
            position.family(),
            first,
            "Every query of this service fails, because of the fault " + Fault.FAIL_QUERIES);
      }
      try {
        return page(position, pageSize, echo, finished);
      } catch (RowsGoneException e) {
        throw rules.resultGone(position.family());
      } catch (IOException | SQLException e) {
        throw new CompletionException(e);
      }
    }
    if (outcome instanceof Outcome.Unavailable unavailable) {
      throw ApiException.of(502, unavailable.reason());
    }
    if (outcome instanceof Outcome.Refused refused) {
      throw ApiException.badRequest(refused.reason());
    }
    if (outcome instanceof Outcome.Failed failed) {
      throw rules.queryFailed(position.family(), first, failed.reason());
    }
    return accepted(position, first ? echo : Map.of());
  }

  private Reply accepted(Position position, Map<String, Object> echo) {
    String token = tokens.token(position);
    if (position.family() == Family.MANIFEST) {
      return Reply.of(202, Map.of("message", ACCEPTED, "next_page", token));
    }
    Map<String, Object> info = new TreeMap<>(echo);
    info.put("cohortObjects", Map.of("collections", List.of(), "rowsReturned", 0, "totalFound", 0));
    if (!faults.contains(Fault.OMIT_TOKEN_IN_QUERY_202) || position.family() != Family.QUERY) {
      info.put("next_page", token);
    }
    return Reply.of(202, Map.of("message", ACCEPTED, "query_info", info));
  }

  private Reply page(
      Position position, long pageSize, Map<String, Object> echo, Outcome.Finished finished)
      throws IOException, SQLException {
    Result.Reader rows = finished.rows();
    long from = finished.from();
    long to = finished.to();
    boolean shortened =
        faults.contains(Fault.LOSE_ROW_ON_PAGE_2) && from > 0 && from == pageSize && to > from;
    long shown = shortened ? to - 1 : to;
    Map<String, Object> part = new TreeMap<>();
    part.put(
        position.family() == Family.MANIFEST ? "json_manifest" : "json",
        new RowArray(rows.read(from, shown)));
    part.put("rowsReturned", shown - from);
    part.put("totalFound", rows.count());
    Map<String, Object> page = new TreeMap<>(echo);
    page.put(position.family() == Family.MANIFEST ? "manifest" : "query_results", part);
    page.put("next_page", to < rows.count() ? tokens.token(position.at(to)) : "");
    return Reply.ok(page);
  }

  private long pageSize(Family family, Request request, boolean first) {
    return request
        .first("page_size")
        .map(text -> rules.pageSize(text, family, first))
        .orElse(DEFAULT_PAGE_SIZE);
  }
}
