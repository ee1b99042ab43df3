package io.github.idc4j.client.codegen;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.SupportingFile;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationsMap;

/**
 * The stock Java generator, with names as Java has them, models that are records with adapters of
 * their own, and nothing but models, interfaces, and what Moshi and native images need of them.
 */
public final class MoshiRecordCodegen extends JavaClientCodegen {

  /** A record has no more components; one is left for unknown members. */
  private static final int MAX_COMPONENTS = 253;

  /** The component that keeps unknown members. */
  private static final String OTHER = "other";

  /** The user guide's page "Resolving CRDC Globally Unique Identifiers". */
  private static final String DRS_SERVER = "drs://nci-crdc.datacommons.io/";

  /** Makes the generator; the plugin calls this. */
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
    // A service that sends something else is read all the same.
    typeMapping.put("date", "String");
    typeMapping.put("URI", "String");
    supportingFiles.clear();
    for (String file : List.of("ModelAdapters", "Texts", "package-info")) {
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
    // The templates import what they need.
    importMapping.remove("ApiModel");
    importMapping.remove("ApiModelProperty");
  }

  private void support(String template, String folder, String file) {
    supportingFiles.add(
        new SupportingFile(
            template, Path.of(outputFolder).relativize(Path.of(folder)).toString(), file));
  }

  /** Where GraalVM looks for what an artifact does by reflection. */
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
    describe(model.vendorExtensions, model.unescapedDescription, model.name);
    if (model.vars.size() > MAX_COMPONENTS) {
      model.vendorExtensions.put("x-wide", true);
    }
    Map<String, Integer> names = new HashMap<>();
    // Where the spec said additionalProperties, stock Java models would become maps.
    boolean open = Boolean.TRUE.equals(model.vendorExtensions.get("x-open"));
    int index = 0;
    for (CodegenProperty property : model.vars) {
      property.vendorExtensions.put("x-index", index++);
      property.vendorExtensions.put("x-comma", open || index < model.vars.size());
      property.name = free(property.name, names);
      describe(property.vendorExtensions, property.unescapedDescription, property.baseName);
      if (property.isArray) {
        model.vendorExtensions.put("x-copies", true);
      }
      if (property.getDataType().equals("String")) {
        property.vendorExtensions.put("x-text", true);
        model.vendorExtensions.put("x-texts", true);
        accessor(property).ifPresent(accessors(model)::add);
      } else {
        property.vendorExtensions.put("x-type", type(property));
      }
    }
    if (open) {
      model.vendorExtensions.put("x-copies", true);
      model.vendorExtensions.put("x-other", free(OTHER, names));
    }
  }

  private static String free(String name, Map<String, Integer> names) {
    int number = names.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "_" + number;
  }

  /** Returns the expression of a property's type as Moshi takes it. */
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

  /** Returns the method that makes a URI of a text, if its format says that it stands for one. */
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
              "the address"));
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
              "what the GUID stands for, as a DRS URI at the server of the CRDC,"));
    }
    return Optional.empty();
  }

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap operations, List<ModelMap> models) {
    OperationsMap processed = super.postProcessOperationsWithModels(operations, models);
    for (CodegenOperation operation : processed.getOperations().getOperation()) {
      describe(operation.vendorExtensions, operation.unescapedNotes, operation.path);
      operation.vendorExtensions.put("x-relative-path", operation.path.replaceFirst("^/", ""));
      operation.allParams.forEach(
          parameter ->
              describe(
                  parameter.vendorExtensions,
                  parameter.isBodyParam
                      ? "The body of the request."
                      : parameter.unescapedDescription,
                  parameter.baseName));
    }
    return processed;
  }

  /** Gives the templates a description; the name alone where the spec has none. */
  private static void describe(Map<String, Object> extensions, String description, String name) {
    extensions.put(
        "x-javadoc",
        Javadoc.of(
            description == null || description.isBlank() ? "Called `" + name + "`." : description));
  }
}
