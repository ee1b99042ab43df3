const page = SwaggerUIBundle({
  dom_id: "#swagger-ui",
  url: "/v1/swagger/openapi.json",
  oauth2RedirectUrl: new URL("/v1/swagger/oauth2-redirect.html", location.href).href,
  deepLinking: true,
  // Otherwise, the page asks a public service to validate the OpenAPI document.
  validatorUrl: null,
});
page.initOAuth({
  clientId: document.getElementById("swagger-ui").dataset.client,
  usePkceWithAuthorizationCodeGrant: true,
});
