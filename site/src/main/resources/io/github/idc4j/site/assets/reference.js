// The reference: a list of operations, which Scalar replaces with the document in spec.js.
(() => {
  const colours = `
    .light-mode { --scalar-color-1: #1b1f24; --scalar-color-2: #4a535d; --scalar-color-3: #55606b;
      --scalar-color-accent: #0b57a4; --scalar-color-blue: #0b57a4; --scalar-color-green: #11632f;
      --scalar-color-orange: #8a4000; --scalar-color-red: #a8121d; --scalar-color-purple: #5c2f9e;
      --scalar-color-yellow: #6b5300; --scalar-background-1: #ffffff;
      --scalar-background-2: #f4f6f8; --scalar-background-3: #e6eaee; --scalar-border-color: #d5dbe1; }
    .dark-mode { --scalar-color-1: #e6e9ec; --scalar-color-2: #bcc5ce; --scalar-color-3: #a9b3bd;
      --scalar-color-accent: #82bbf5; --scalar-color-blue: #82bbf5; --scalar-color-green: #6fd396;
      --scalar-color-orange: #ffb26b; --scalar-color-red: #ff9b9b; --scalar-color-purple: #c9a7ff;
      --scalar-color-yellow: #ecd06b; --scalar-background-1: #14171a;
      --scalar-background-2: #1d2126; --scalar-background-3: #2a3038; --scalar-border-color: #363d45; }`;

  // Scalar shows only "Failed to fetch" if no service runs, or if it refuses requests of web pages.
  const noResponse = document.getElementById("no-response");
  const send = window.fetch;
  window.fetch = async (resource, options) => {
    try {
      const response = await send(resource, options);
      noResponse.hidden = true;
      return response;
    } catch (error) {
      noResponse.querySelector("b").textContent = new URL(resource.url ?? resource, location).origin;
      noResponse.hidden = error.name === "AbortError";
      throw error;
    }
  };

  // What Scalar's markup lacks for screen readers; it draws parts of the page as they are scrolled to.
  const MENDED = [
    ["#reference button[aria-selected]", (button) => {
      button.ariaCurrent = button.ariaSelected === "true" ? "true" : null;
      button.removeAttribute("aria-selected");
    }],
    ["button.scalar-code-copy:not([aria-label])", (button) => (button.ariaLabel = "Copy")],
    [".icons-only a:not([aria-label])", (link) => (link.ariaLabel = link.title = link.textContent || link.href)],
    ["button.show-more:not([aria-label^='Show More'])", (button) => (button.ariaLabel = `Show More: ${button.ariaLabel}`)],
    // "Test Request".
    ["[role=combobox]:not([aria-expanded])", (field) => (field.ariaExpanded = "false")],
    ["[aria-label^='undefined ']", (field) => (field.ariaLabel = field.ariaLabel.replace("undefined ", ""))],
    ["button[role=none]", (button) => button.removeAttribute("role")],
    ["[role=tab][aria-controls]", (choice) => {
      if (document.getElementById(choice.getAttribute("aria-controls")) === null) {
        choice.removeAttribute("aria-controls");
      }
    }],
  ];
  function mend() {
    for (const [selector, mending] of MENDED) {
      document.querySelectorAll(selector).forEach(mending);
    }
  }

  let dark = false;
  function showTheme() {
    document.body.classList.toggle("dark-mode", dark);
    document.body.classList.toggle("light-mode", !dark);
  }
  document.addEventListener("theme", ({ detail }) => {
    dark = detail.dark;
    showTheme();
  });

  function draw() {
    // Scalar takes any content for its own.
    document.getElementById("reference").textContent = "";
    Scalar.createApiReference("#reference", {
      content: IDC,
      customCss: colours,
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: "never",
      hideClientButton: true,
      hiddenClients: true,
      hideDarkModeToggle: true,
      hideSearch: true,
      orderSchemaPropertiesBy: "preserve",
      orderRequiredPropertiesFirst: false,
      documentDownloadType: "none",
    });
    showTheme();
    mend();
    new MutationObserver(mend).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ["aria-selected", "aria-controls", "aria-label", "role"],
    });
  }

  function load(file) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = file;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  // Scalar keeps a slow computer busy for seconds. It starts when the address is a place in its page.
  let started = false;
  function start() {
    if (!started && /^#.+\//.test(location.hash)) {
      started = true;
      document.getElementById("loading").hidden = false;
      load("assets/spec.js").then(() => load("assets/scalar.js")).then(draw);
    }
  }
  addEventListener("hashchange", start);
  start();
})();
