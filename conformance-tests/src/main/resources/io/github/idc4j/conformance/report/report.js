// Opens the target of a link and copies commands; the page also works without this script.
(() => {
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let place = target; place; place = place.parentElement) {
      if (place.tagName === 'DETAILS') {
        place.open = true;
      }
    }
    target?.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  reveal();

  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
    } catch {
      getSelection().selectAllChildren(element);
      document.execCommand('copy');
    }
  };
  for (const button of document.querySelectorAll('.reproduce button')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await copy(button.parentElement.querySelector('.curl'));
      button.textContent = 'Copied';
    });
  }
})();
