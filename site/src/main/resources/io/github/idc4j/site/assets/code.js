// Syntax colours and copy buttons of code blocks.
(() => {
  const COPIED_MILLISECONDS = 2000;

  async function copy(code, button) {
    try {
      await navigator.clipboard.writeText(code.textContent.trimEnd());
      button.textContent = "Copied";
    } catch {
      // Browsers refuse the clipboard to pages of a plain http host.
      getSelection().selectAllChildren(code);
      button.textContent = "Press Ctrl+C";
    }
    setTimeout(() => (button.textContent = "Copy"), COPIED_MILLISECONDS);
  }

  for (const code of document.querySelectorAll("pre > code")) {
    if (code.className.startsWith("language-")) {
      hljs.highlightElement(code);
    }
    const block = document.createElement("div");
    block.className = "code";
    code.parentElement.replaceWith(block);
    const button = document.createElement("button");
    button.type = "button";
    button.ariaLive = "polite";
    button.textContent = "Copy";
    button.addEventListener("click", () => copy(code, button));
    block.append(code.parentElement, button);
  }
})();
