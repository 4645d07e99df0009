// The five services in one page; nothing is asked of anybody else's server.
window.onload = function () {
  window.ui = SwaggerUIBundle({
    urls: ["registration", "exam", "scoring", "notify", "emulation"].map(function (name) {
      return { name: name, url: "/api/" + name + "/openapi.json" };
    }),
    "urls.primaryName": "exam",
    dom_id: "#swagger-ui",
    deepLinking: true,
    validatorUrl: null,
    persistAuthorization: true,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: "StandaloneLayout",
  });
};
