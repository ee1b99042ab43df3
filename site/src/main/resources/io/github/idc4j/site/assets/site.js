// The colours, the menu, the search and the diagrams of every page.
(() => {
  const LIGHT_DIAGRAM = diagram(false, "#ffffff", "#f4f6f8", "#1b1f24", "#4f5964");
  const DARK_DIAGRAM = diagram(true, "#14171a", "#262c33", "#e6e9ec", "#a9b3bd");
  /** Sizes with which a sequence diagram fits a screen that is 400 pixels wide. */
  const SEQUENCE = {
    width: 84,
    actorMargin: 10,
    diagramMarginX: 4,
    diagramMarginY: 4,
    bottomMarginAdj: 16,
  };
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

  const EXCERPT = 140;
  let index;
  function makeIndex() {
    lunr.tokenizer.separator = /\W+/;
    return lunr(function () {
      this.ref("at");
      this.field("title", { boost: 5 });
      this.field("page", { boost: 2 });
      this.field("text");
      IDC_INDEX.forEach((entry, at) => this.add({ at, ...entry }, { boost: entry.weight }));
    });
  }

  /** Returns the score of each entry that has the word, or a word that begins with it. */
  function scores(word) {
    const hits = index.query((query) => {
      query.term(word, { boost: 10 });
      query.term(word, { wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false });
    });
    return new Map(hits.map(({ ref, score }) => [ref, score]));
  }

  /** Returns all entries that have all of the words, best first. */
  function find(text) {
    index ??= makeIndex();
    const words = text.toLowerCase().split(lunr.tokenizer.separator).filter(Boolean);
    // The index has no words such as "the".
    const indexed = words.filter(lunr.stopWordFilter);
    const [first, ...others] = indexed.map(scores);
    return [...(first ?? [])]
      .filter(([ref]) => others.every((other) => other.has(ref)))
      .map(([ref, score]) => ({ ref, score: others.reduce((sum, other) => sum + other.get(ref), score) }))
      .sort((one, other) => other.score - one.score)
      .map(({ ref }) => IDC_INDEX[ref]);
  }

  function show(hits, words, results) {
    const found = results.appendChild(document.createElement("p"));
    found.append(hits.length === 0 ? `No results for “${words}”.` : `${hits.length} result${hits.length > 1 ? "s" : ""}`);
    found.role = "status";
    const list = results.appendChild(document.createElement("ol"));
    for (const hit of hits) {
      const link = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      link.href = hit.url;
      link.append(hit.title);
      const excerpt = hit.text.length > EXCERPT ? `${hit.text.slice(0, EXCERPT)}…` : hit.text;
      link.appendChild(document.createElement("small")).append(`${hit.page}: ${excerpt}`);
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
      fontSize: 13,
      theme: "base",
      themeVariables: isDark() ? DARK_DIAGRAM : LIGHT_DIAGRAM,
      sequence: { ...SEQUENCE, useMaxWidth: false, mirrorActors: false },
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
