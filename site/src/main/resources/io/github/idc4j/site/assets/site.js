// The colours, the menu, the search and the diagrams of every page.
(() => {
  const LIGHT_DIAGRAM = diagram(false, "#ffffff", "#f4f6f8", "#1b1f24", "#4f5964");
  const DARK_DIAGRAM = diagram(true, "#14171a", "#262c33", "#e6e9ec", "#a9b3bd");
  const root = document.documentElement;

  function diagram(darkMode, background, box, text, line) {
    return {
      darkMode,
      background,
      fontFamily: "system-ui, sans-serif",
      mainBkg: box,
      primaryColor: box,
      primaryTextColor: text,
      primaryBorderColor: line,
      lineColor: line,
      actorBkg: box,
      actorBorder: line,
      noteBkgColor: background,
      noteBorderColor: line,
      noteTextColor: text,
      labelBoxBkgColor: box,
      edgeLabelBackground: background,
    };
  }

  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // Some browsers keep nothing for pages from disk.
    }
  };
  const isDark = () =>
    (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  if (stored()) {
    root.dataset.theme = stored();
  }

  function theme(button) {
    const show = () => {
      button.setAttribute("aria-pressed", String(isDark()));
      document.dispatchEvent(new CustomEvent("theme", { detail: { dark: isDark() } }));
    };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // The choice lasts as long as the page.
      }
      show();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    show();
  }

  function menu(button, pages) {
    const open = (is) => {
      pages.classList.toggle("open", is);
      button.setAttribute("aria-expanded", String(is));
    };
    const isOpen = () => button.getAttribute("aria-expanded") === "true";
    button.addEventListener("click", () => open(!isOpen()));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && isOpen()) {
        open(false);
        button.focus();
      }
    });
  }

  let index;
  function find(words) {
    index ??= lunr(function () {
      this.ref("at");
      this.field("title", { boost: 5 });
      this.field("page", { boost: 2 });
      this.field("text");
      IDC_INDEX.forEach((entry, at) => this.add({ at, ...entry }, { boost: entry.weight }));
    });
    return index
      .query((query) => {
        for (const token of lunr.tokenizer(words.toLowerCase())) {
          query.term(String(token), { boost: 10 });
          query.term(String(token), { wildcard: lunr.Query.wildcard.TRAILING });
        }
      })
      .slice(0, 12)
      .map((hit) => IDC_INDEX[hit.ref]);
  }

  function show(hits, words, results) {
    const found = results.appendChild(document.createElement("p"));
    found.append(hits.length === 0 ? `Nothing is about “${words}”.` : `${hits.length} found`);
    found.role = "status";
    const list = results.appendChild(document.createElement("ol"));
    for (const hit of hits) {
      const link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.href = hit.url;
      link.append(hit.title);
      link.appendChild(document.createElement("small")).append(hit.page);
    }
  }

  function search(input, results) {
    const links = () => [...results.querySelectorAll("a")];
    const close = () => (results.hidden = true);
    input.addEventListener("input", () => {
      const words = input.value.trim();
      results.textContent = "";
      results.hidden = words === "";
      if (words !== "") {
        show(find(words), words, results);
      }
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        links()[0]?.click();
      }
    });
    input.parentElement.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        const places = [input, ...links()];
        places[places.indexOf(document.activeElement) + step]?.focus();
      } else if (event.key === "Escape") {
        close();
        input.focus();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        input.focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (!event.target.closest("search") || event.target.closest("a")) {
        close();
      }
    });
  }

  async function diagrams() {
    const places = document.querySelectorAll("pre.mermaid");
    for (const place of places) {
      place.dataset.source ??= place.textContent;
      place.textContent = place.dataset.source;
      place.removeAttribute("data-processed");
    }
    mermaid.initialize({
      startOnLoad: false,
      theme: "base",
      themeVariables: isDark() ? DARK_DIAGRAM : LIGHT_DIAGRAM,
      sequence: { useMaxWidth: false, actorMargin: 30, diagramMarginX: 4, diagramMarginY: 4, bottomMarginAdj: 16, mirrorActors: false },
    });
    await mermaid.run({ nodes: places });
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (window.mermaid) {
      let drawn = Promise.resolve();
      document.addEventListener("theme", () => (drawn = drawn.then(diagrams)));
    }
    theme(document.getElementById("theme"));
    menu(document.getElementById("menu"), document.getElementById("pages"));
    search(document.getElementById("query"), document.getElementById("results"));
  });
})();
