// The reference, drawn by Scalar from the document in spec.js.
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

  // A service that is not there, or that refuses pages, is only "Failed to fetch" to Scalar.
  const unanswered = document.getElementById("unanswered");
  const send = window.fetch;
  window.fetch = async (...request) => {
    try {
      const answer = await send(...request);
      unanswered.hidden = true;
      return answer;
    } catch (error) {
      unanswered.querySelector("b").textContent = new URL(new Request(...request).url).origin;
      unanswered.hidden = error.name === "AbortError";
      throw error;
    }
  };

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
  mend();
  new MutationObserver(mend).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["aria-selected", "aria-controls", "aria-label", "role"],
  });

  document.addEventListener("theme", ({ detail }) => {
    document.body.classList.toggle("dark-mode", detail.dark);
    document.body.classList.toggle("light-mode", !detail.dark);
  });
})();
