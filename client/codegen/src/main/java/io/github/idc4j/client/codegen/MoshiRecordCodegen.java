package io.github.idc4j.client.codegen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.SupportingFile;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationsMap;

/**
 * Generates records with Moshi adapters, Retrofit interfaces, and the configuration for native
 * images. Generated names follow Java's conventions.
 */
public final class MoshiRecordCodegen extends JavaClientCodegen {

  /** A record has at most 254 components. One component is reserved for unknown members. */
  private static final int MAX_COMPONENTS = 253;

  /** The name of the component that holds unknown members. */
  private static final String OTHER = "other";

  /** The name of the member that holds a page token. */
  private static final String PAGE_TOKEN = "next_page";

  /** An operation with at least this many optional query parameters also accepts them as a map. */
  private static final int MANY_PARAMETERS = 5;

  /** From the user guide's page "Resolving CRDC Globally Unique Identifiers". */
  private static final String DRS_SERVER = "drs://nci-crdc.datacommons.io/";

  /** Creates the generator. The OpenAPI Generator plugin calls this constructor. */
  public MoshiRecordCodegen() {
    setLibrary(RETROFIT_2);
    setOpenApiNullable(false);
    typeMapping.put("number", "Double");
    additionalProperties.put("serializationLibrary", "jsonb");
  }

  @Override
  public String getName() {
    return "idc4j-moshi-records";
  }

  @Override
  public void processOpts() {
    super.processOpts();
    // Strings, so that values with an unexpected format can be read, too.
    typeMapping.put("date", "String");
    typeMapping.put("URI", "String");
    supportingFiles.clear();
    for (String file : List.of("ModelAdapters", "package-info")) {
      support("model/" + file + ".mustache", modelFileFolder(), file + ".java");
    }
    support("api/package-info.mustache", apiFileFolder(), "package-info.java");
    for (String file : List.of("proxy-config", "reflect-config")) {
      support("native-image/" + file + ".mustache", nativeImageFolder(), file + ".json");
    }
    modelTestTemplateFiles.clear();
    modelDocTemplateFiles.clear();
    apiTestTemplateFiles.clear();
    apiDocTemplateFiles.clear();
    // The templates contain the imports that they need.
    importMapping.remove("ApiModel");
    importMapping.remove("ApiModelProperty");
  }

  private void support(String template, String folder, String file) {
    supportingFiles.add(
        new SupportingFile(
            template, Path.of(outputFolder).relativize(Path.of(folder)).toString(), file));
  }

  /** Returns the folder in which GraalVM looks for the reflection configuration of an artifact. */
  private String nativeImageFolder() {
    return Path.of(outputFolder, "resources", "META-INF", "native-image", groupId, artifactId)
        .toString();
  }

  @Override
  public String toVarName(String name) {
    return Names.variable(name);
  }

  @Override
  public String toParamName(String name) {
    return Names.variable(name);
  }

  @Override
  public String toEnumVarName(String value, String datatype) {
    return Names.constant(value);
  }

  @Override
  public Map<String, ModelsMap> postProcessAllModels(Map<String, ModelsMap> models) {
    Map<String, ModelsMap> processed = super.postProcessAllModels(models);
    for (ModelsMap file : processed.values()) {
      for (ModelMap model : file.getModels()) {
        process(model.getModel());
      }
    }
    return processed;
  }

  private static void process(CodegenModel model) {
    describe(
        model.vendorExtensions, model.unescapedDescription, "The schema `" + model.name + "`.");
    if (model.isEnum) {
      describeConstants(model);
    }
    if (model.vars.size() > MAX_COMPONENTS) {
      model.vendorExtensions.put("x-wide", true);
    }
    Map<String, Integer> names = new HashMap<>();
    // The specification uses x-open instead of additionalProperties, which would turn the models of
    // stock Java generators into maps.
    boolean open = Boolean.TRUE.equals(model.vendorExtensions.get("x-open"));
    int index = 0;
    for (CodegenProperty property : model.vars) {
      property.vendorExtensions.put("x-index", index++);
      property.vendorExtensions.put("x-comma", open || index < model.vars.size());
      property.name = free(property.name, names);
      describe(
          property.vendorExtensions,
          property.unescapedDescription,
          "The member `" + property.baseName + "`.");
      if (property.isArray) {
        model.vendorExtensions.put("x-copies", true);
      }
      if (property.baseName.equals(PAGE_TOKEN)) {
        property.vendorExtensions.put("x-secret", true);
        model.vendorExtensions.put("x-secrets", true);
      }
      property.vendorExtensions.put("x-type", type(property));
      accessor(property).ifPresent(accessors(model)::add);
    }
    if (open) {
      model.vendorExtensions.put("x-copies", true);
      model.vendorExtensions.put("x-other", free(OTHER, names));
      if (model.vars.stream().allMatch(MoshiRecordCodegen::isTextOrTexts)) {
        model.vendorExtensions.put("x-row", true);
        model.vendorExtensions.put(
            "x-lists",
            model.vars.stream()
                .filter(property -> property.isArray)
                .map(property -> property.baseName)
                .toList());
      }
    }
  }

  private static boolean isTextOrTexts(CodegenProperty property) {
    CodegenProperty text = property.isArray ? property.items : property;
    return text.getDataType().equals("String");
  }

  private static String free(String name, Map<String, Integer> names) {
    int number = names.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "_" + number;
  }

  /** Returns a Java expression for the type of a property, to pass to Moshi. */
  private static String type(CodegenProperty property) {
    if (property.isArray) {
      return "Types.newParameterizedType(List.class, " + type(property.items) + ")";
    }
    if (property.isMap || property.isFreeFormObject) {
      return "Types.newParameterizedType(Map.class, String.class, "
          + (property.items == null ? "Object.class" : type(property.items))
          + ")";
    }
    return property.getDataType() + ".class";
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, String>> accessors(CodegenModel model) {
    return (List<Map<String, String>>)
        model.vendorExtensions.computeIfAbsent("x-accessors", key -> new ArrayList<>());
  }

  /**
   * Returns a description of the generated method that converts a property to a URI; empty if the
   * format of the property does not allow this conversion.
   */
  private static Optional<Map<String, String>> accessor(CodegenProperty property) {
    if (property.isUri) {
      return Optional.of(
          Map.of(
              "component",
              property.name,
              "method",
              property.name.replaceFirst("Url$", "") + "Uri",
              "prefix",
              "",
              "what",
              "URI"));
    }
    if ("crdc-guid".equals(property.dataFormat)) {
      return Optional.of(
          Map.of(
              "component",
              property.name,
              "method",
              property.name.replaceFirst("Guid$", "") + "DrsUri",
              "prefix",
              DRS_SERVER,
              "what",
              "DRS URI of the CRDC server"));
    }
    return Optional.empty();
  }

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap operations, List<ModelMap> models) {
    OperationsMap processed = super.postProcessOperationsWithModels(operations, models);
    for (CodegenOperation operation : processed.getOperations().getOperation()) {
      describe(
          operation.vendorExtensions,
          operation.unescapedNotes,
          "The path is `" + operation.path + "`.");
      operation.vendorExtensions.put("x-relative-path", operation.path.replaceFirst("^/", ""));
      List<CodegenParameter> optional =
          operation.queryParams.stream().filter(parameter -> !parameter.required).toList();
      if (optional.size() >= MANY_PARAMETERS) {
        operation.vendorExtensions.put("x-query-map", optional.get(0).baseName);
      }
      operation.allParams.stream()
          .filter(parameter -> parameter.isQueryParam && !parameter.required)
          .forEach(parameter -> parameter.vendorExtensions.put("x-optional-query", true));
      operation.allParams.forEach(
          parameter ->
              describe(
                  parameter.vendorExtensions,
                  parameter.isBodyParam
                      ? "The body of the request."
                      : parameter.unescapedDescription,
                  "The parameter `" + parameter.baseName + "`."));
    }
    return processed;
  }

  @SuppressWarnings("unchecked")
  private static void describeConstants(CodegenModel model) {
    for (Map<String, Object> constant :
        (List<Map<String, Object>>) model.allowableValues.get("enumVars")) {
      String text = "{@code " + constant.get("value") + "}";
      Object description = constant.get("enumDescription");
      constant.put(
          "x-javadoc",
          description == null ? text + "." : text + ": " + Javadoc.of(description.toString()));
    }
  }

  /**
   * Passes a description to the templates, or a substitute if the specification has no description.
   */
  private static void describe(
      Map<String, Object> extensions, String description, String substitute) {
    extensions.put(
        "x-javadoc",
        Javadoc.of(description == null || description.isBlank() ? substitute : description));
  }
}
