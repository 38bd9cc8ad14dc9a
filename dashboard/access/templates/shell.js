// Streamlit's page reads this before it connects: its server is at the root of this origin, whatever page is open.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/", MAIN_PAGE_BASE_URL: window.location.origin + "/" };

(() => {
  "use strict";
  const root = document.documentElement;
  const { languages, words } = JSON.parse(document.getElementById("streamlit-words").textContent);

  // Streamlit's own words: each is known in every form, so that a change of language finds the one before.
  const exact = new Map(), patterns = [];
  for (const [theirs, ...ours] of words) {
    for (const form of [theirs, ...ours]) {
      if (!form.includes("{")) {
        exact.set(form, ours);
      } else {
        const parts = form.split(/\{\w+\}/).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
        patterns.push([new RegExp(`^${parts.join("(.+)")}$`), ours]);
      }
    }
  }
  const translate = text => {
    const place = Math.max(languages.indexOf(root.lang), 0);
    const whole = exact.get(text);
    if (whole) return whole[place];
    for (const [pattern, ours] of patterns) {
      const found = pattern.exec(text);
      if (found) return ours[place].replace(/\{\w+\}/, () => found[1]);
    }
    return text;
  };
  const NAMES = ["aria-label", "title"];
  const NAMED = "[aria-label], [title]";
  // Where text is Streamlit's own; anywhere else it is ours or somebody's.
  const OWN = '[data-testid="stSkipToContent"], [data-testid="stTopNav"], [data-testid="stSidebarNav"], [data-testid="stStatusWidget"], [role="dialog"], '
    + '[data-testid="stFileUploaderDropzone"], [role="listbox"], [data-live-announcer]';
  const NOT_OWN = '[role="option"][data-key]:not([data-key^="__select"]), [data-testid="stPopoverBody"]';
  const renameElement = element => {
    for (const name of NAMES) {
      const said = element.getAttribute(name);
      if (!said) continue;
      const meant = translate(said);
      if (meant !== said) element.setAttribute(name, meant);
    }
    // An icon beside words says nothing that they don't.
    if (element.getAttribute("role") === "img" && / icon$/.test(element.getAttribute("aria-label") || "")) {
      element.setAttribute("aria-hidden", "true");
    }
  };
  const renameText = node => {
    const said = node.data.trim();
    if (!said || !node.parentElement || !node.parentElement.closest(OWN) || node.parentElement.closest(NOT_OWN)) return;
    const meant = translate(said);
    if (meant !== said) node.data = meant;
  };
  const renameTexts = element => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) renameText(walker.currentNode);
  };
  const renameAll = node => {
    if (node.nodeType === Node.TEXT_NODE) renameText(node);
    if (!(node instanceof HTMLElement)) return;
    if (node.matches(NAMED)) renameElement(node);
    node.querySelectorAll(NAMED).forEach(renameElement);
    if (node.closest(OWN)) renameTexts(node);
    else node.querySelectorAll(OWN).forEach(renameTexts);
  };
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(renameAll);
      else if (change.type === "attributes") renameElement(change.target);
      else renameText(change.target);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });

  // The document's language follows the address. One without a language is in the first; but Streamlit empties the
  // address on the way to another page, and what is gone back to is still to be written by the server.
  const speak = language => {
    if (root.lang === language) return;
    root.lang = language;
    if (document.body) renameAll(document.body);
  };
  const readLanguage = isSettled => {
    const asked = new URLSearchParams(location.search).get("lang");
    if (languages.includes(asked)) speak(asked);
    else if (isSettled) speak(languages[0]);
  };

  // A change of page is one step of the back button: what the server then adds to the address, before anybody has
  // touched the page, belongs to that step.
  let isUntouched = true;
  for (const act of ["pointerdown", "keydown", "click", "input", "change"]) {
    window.addEventListener(act, () => { isUntouched = false; }, { capture: true, passive: true });
  }
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  history.pushState = (state, unused, url) => {
    const isSamePage = new URL(url ?? "", location.href).pathname === location.pathname;
    (isSamePage && isUntouched ? replace : push)(state, unused, url);
    if (!isSamePage) isUntouched = true;
    readLanguage(isSamePage);
  };
  history.replaceState = (state, unused, url) => {
    replace(state, unused, url);
    readLanguage(true);
  };
  window.addEventListener("popstate", () => readLanguage(false));
})();
