package io.github.idc4j.openapi.gate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.compare.OpenApiDiffOptions;
import org.openapitools.openapidiff.core.model.BackwardIncompatibleProp;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedApiResponse;
import org.openapitools.openapidiff.core.model.ChangedContent;
import org.openapitools.openapidiff.core.model.ChangedHeader;
import org.openapitools.openapidiff.core.model.ChangedHeaders;
import org.openapitools.openapidiff.core.model.ChangedMediaType;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.ChangedParameter;
import org.openapitools.openapidiff.core.model.ChangedParameters;
import org.openapitools.openapidiff.core.model.ChangedRequestBody;
import org.openapitools.openapidiff.core.model.ChangedResponse;
import org.openapitools.openapidiff.core.model.ChangedSchema;
import org.openapitools.openapidiff.core.model.ComposedChanged;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs openapi-diff, and collects the sites of the incompatible changes that openapi-diff finds.
 */
final class OpenApiDiff {

  private static final OpenApiDiffOptions OPTIONS = options();

  /** A step that stands for all members of a site that are gone, or that are new and required. */
  private static final String MEMBERS = "*";

  private final Set<Site> flagged = new LinkedHashSet<>();

  private OpenApiDiff() {}

  static OpenApiDiff compare(ObjectNode before, ObjectNode after) {
    ChangedOpenApi changed =
        OpenApiCompare.fromContents(before.toString(), after.toString(), null, OPTIONS);
    OpenApiDiff result = new OpenApiDiff();
    changed
        .getMissingEndpoints()
        .forEach(
            endpoint ->
                result.flagged.add(operation(endpoint.getPathUrl(), endpoint.getMethod().name())));
    for (ChangedOperation operation : changed.getChangedOperations()) {
      result.visit(operation(operation.getPathUrl(), operation.getHttpMethod().name()), operation);
    }
    return result;
  }

  private static OpenApiDiffOptions options() {
    OpenApiDiffOptions.Builder options = OpenApiDiffOptions.builder();
    for (BackwardIncompatibleProp check :
        List.of(
            BackwardIncompatibleProp.OPERATION_ID_CHANGED,
            BackwardIncompatibleProp.REQUEST_MIN_LENGTH_INCREASED,
            BackwardIncompatibleProp.RESPONSE_NUMERIC_RANGE_INCREASED)) {
      options.configProperty(check.getPropertyName(), "true");
    }
    return options.build();
  }

  /** Returns whether openapi-diff considers a difference incompatible. */
  boolean flags(Difference difference) {
    boolean optionalAndNew =
        difference.isNew() && !difference.after().path("required").asBoolean(false);
    return flagged.stream().anyMatch(difference.site()::startsWith)
        || (!optionalAndNew && flagged.contains(difference.site().parent().child(MEMBERS)));
  }

  /**
   * Returns the sites at which openapi-diff finds an incompatible change, except sites that are
   * near one of the differences.
   */
  List<Site> unexplainedBy(List<Difference> differences) {
    return flagged.stream()
        .map(site -> site.belowOperation().isEmpty() ? site : site.parent())
        .filter(place -> differences.stream().noneMatch(difference -> isNear(difference, place)))
        .toList();
  }

  private static boolean isNear(Difference difference, Site place) {
    Site site = difference.site();
    return site.startsWith(place)
        || (site.isOfOperation() && place.startsWith(site.parent()))
        || site.key().equals("openapi");
  }

  private void visit(Site site, Changed node) {
    if (!node.isIncompatible()) {
      return;
    }
    int before = flagged.size();
    children(site, node)
        .forEach(
            (place, child) -> {
              if (child != null) {
                visit(place, child);
              }
            });
    if (node instanceof ChangedSchema schema) {
      keywords(site, schema);
    }
    boolean core =
        node instanceof ComposedChanged composed && composed.isCoreChanged().isIncompatible();
    if (core || flagged.size() == before) {
      own(node).forEach(tail -> flagged.add(tail.isEmpty() ? site : site.child(tail)));
    }
  }

  private static Map<Site, Changed> children(Site site, Changed node) {
    Map<Site, Changed> children = new LinkedHashMap<>();
    if (node instanceof ChangedOperation operation) {
      children.put(site.child("operationId"), operation.getOperationId());
      children.put(site.child("parameters"), operation.getParameters());
      children.put(site.child("requestBody"), operation.getRequestBody());
      children.put(site.child("responses"), operation.getApiResponses());
      children.put(site.child("security"), operation.getSecurityRequirements());
    } else if (node instanceof ChangedParameters parameters) {
      for (ChangedParameter parameter : parameters.getChanged()) {
        children.put(site.child(parameter.getIn() + " " + parameter.getName()), parameter);
      }
    } else if (node instanceof ChangedParameter parameter) {
      children.put(site.child("schema"), parameter.getSchema());
      children.put(site.child("content"), parameter.getContent());
    } else if (node instanceof ChangedRequestBody body) {
      children.put(site.child("content"), body.getContent());
    } else if (node instanceof ChangedApiResponse responses) {
      responses.getChanged().forEach((status, child) -> children.put(site.child(status), child));
    } else if (node instanceof ChangedResponse response) {
      children.put(site.child("headers"), response.getHeaders());
      children.put(site.child("content"), response.getContent());
    } else if (node instanceof ChangedHeaders headers) {
      headers.getChanged().forEach((name, child) -> children.put(site.child(name), child));
    } else if (node instanceof ChangedHeader header) {
      children.put(site.child("schema"), header.getSchema());
    } else if (node instanceof ChangedContent content) {
      content.getChanged().forEach((type, child) -> children.put(site.child(type), child));
    } else if (node instanceof ChangedMediaType type) {
      children.put(site.child("schema"), type.getSchema());
    } else if (node instanceof ChangedSchema schema) {
      schema
          .getChangedProperties()
          .forEach((name, child) -> children.put(site.child("properties", name), child));
      children.put(site.child("items"), schema.getItems());
      children.put(site.child("additionalProperties"), schema.getAddProp());
    }
    return children;
  }

  /**
   * Returns the keywords or members of a node that may cause an incompatibility of the node itself,
   * rather than of its children. An empty string stands for the whole node.
   */
  private static List<String> own(Changed node) {
    if (node instanceof ChangedSchema) {
      return List.of("type", "format");
    } else if (node instanceof ChangedParameter || node instanceof ChangedHeader) {
      return List.of("required", "style", "explode", "allowEmptyValue");
    } else if (node instanceof ChangedRequestBody body) {
      boolean whole = body.getOldRequestBody() == null || body.getNewRequestBody() == null;
      return List.of(whole ? "" : "required");
    } else if (node instanceof ChangedParameters
        || node instanceof ChangedApiResponse
        || node instanceof ChangedHeaders
        || node instanceof ChangedContent) {
      return List.of(MEMBERS);
    }
    return List.of("");
  }

  private void keywords(Site site, ChangedSchema schema) {
    Map<String, Changed> keywords = new LinkedHashMap<>();
    keywords.put("enum", schema.getEnumeration());
    keywords.put("pattern", schema.getPattern());
    keywords.put("minLength", schema.getMinLength());
    keywords.put("maxLength", schema.getMaxLength());
    keywords.put("minItems", schema.getMinItems());
    keywords.put("maxItems", schema.getMaxItems());
    keywords.put("minProperties", schema.getMinProperties());
    keywords.put("maxProperties", schema.getMaxProperties());
    keywords.put("minimum", schema.getNumericRange());
    keywords.put("maximum", schema.getNumericRange());
    keywords.put("exclusiveMinimum", schema.getNumericRange());
    keywords.put("exclusiveMaximum", schema.getNumericRange());
    keywords.put("multipleOf", schema.getMultipleOf());
    keywords.put("uniqueItems", schema.getUniqueItems());
    keywords.put("readOnly", schema.getReadOnly());
    keywords.put("writeOnly", schema.getWriteOnly());
    keywords.put("oneOf", schema.getOneOfSchema());
    keywords.forEach(
        (keyword, change) -> {
          if (change != null && change.isIncompatible()) {
            flagged.add(site.child(keyword));
          }
        });
    if (schema.getRequired() != null && schema.getRequired().isIncompatible()) {
      schema.getRequired().getIncreased().forEach(name -> flagRequired(site, name));
      schema.getRequired().getMissing().forEach(name -> flagRequired(site, name));
    }
    if (!schema.getMissingProperties().isEmpty() && schema.isCoreChanged().isIncompatible()) {
      flagged.add(site.child("properties", MEMBERS));
    }
  }

  private void flagRequired(Site site, String name) {
    flagged.add(site.child("properties", name, "required"));
  }

  private static Site operation(String path, String method) {
    return Site.TOP.child("paths", path, method.toLowerCase(Locale.ROOT));
  }
}
