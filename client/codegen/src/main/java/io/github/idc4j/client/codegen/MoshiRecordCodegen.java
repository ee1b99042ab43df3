package io.github.idc4j.client.codegen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationsMap;

/**
 * The stock Java generator, with names as Java has them, models that are records, and nothing but
 * models and interfaces.
 */
public final class MoshiRecordCodegen extends JavaClientCodegen {

  /** More components than this, and Moshi's adapter of a record fails. */
  private static final int MAX_COMPONENTS = 253;

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
    supportingFiles.clear();
    modelTestTemplateFiles.clear();
    modelDocTemplateFiles.clear();
    apiTestTemplateFiles.clear();
    apiDocTemplateFiles.clear();
    // The templates import what they need.
    importMapping.remove("ApiModel");
    importMapping.remove("ApiModelProperty");
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
    for (CodegenProperty property : model.vars) {
      int number = names.merge(property.name, 1, Integer::sum);
      if (number > 1) {
        property.name += "_" + number;
      }
      describe(property.vendorExtensions, property.unescapedDescription, property.baseName);
      if (property.isArray) {
        model.vendorExtensions.put("x-lists", true);
      }
    }
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
