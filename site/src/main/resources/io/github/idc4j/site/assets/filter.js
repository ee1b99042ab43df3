// The filter of a page with many entries, such as rules. Without this script, all of them are open.
(() => {
  const input = document.getElementById("filter");
  const count = document.getElementById("filter-count");
  const groups = [...document.querySelectorAll("details.group")].map((element) => ({
    element,
    entries: [...element.querySelectorAll(".entry")].map((entry) => ({
      element: entry,
      text: entry.textContent.toLowerCase(),
      visible: (entry.querySelector("summary") ?? entry).textContent.toLowerCase(),
    })),
  }));
  const total = groups.reduce((sum, { entries }) => sum + entries.length, 0);

  function filter() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hasAll = (text) => words.every((word) => text.includes(word));
    let shown = 0;
    for (const { element, entries } of groups) {
      const matches = entries.filter(({ text }) => hasAll(text));
      entries.forEach((entry) => (entry.element.hidden = !matches.includes(entry)));
      element.hidden = words.length > 0 && matches.length === 0;
      shown += matches.length;
      if (words.length > 0) {
        element.open = true;
        // Open the entries whose match would be hidden.
        matches.forEach((match) => (match.element.open = !hasAll(match.visible)));
      }
    }
    count.textContent = words.length === 0 ? `${total}` : `${shown} of ${total}`;
  }

  /** Shows the target of the address, even if the filter or a closed part hides it. */
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const entry = target?.closest(".entry");
    const group = target?.closest(".group");
    if (!group) {
      return;
    }
    if (entry?.hidden || group.hidden) {
      input.value = "";
      filter();
    }
    group.open = true;
    if (entry) {
      entry.open = true;
    }
    target.scrollIntoView();
  }

  document.querySelectorAll("details[data-collapse]").forEach((part) => (part.open = false));
  document.getElementById("filter-form").hidden = false;
  document.getElementById("filter-form").addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      input.value = "";
      filter();
    }
  });
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    // A link to the current address changes nothing, so there is no event "hashchange".
    if (event.target.closest("a")?.href === location.href) {
      reveal();
    }
  });
  filter();
  reveal();
})();
