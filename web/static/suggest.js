// Suggestions below the search box: a combobox whose options come from /suggest, with own searches kept in this browser.
// Without this file the box searches as it does.
(() => {
  const box = document.querySelector("[data-search]");
  if (!box?.form) return;
  const OWN = "claimgraph-searches";
  const MOST_OWN = 2;
  const KEPT = 30;
  const WAIT = 60;
  let list = null;
  let timer = 0;
  let waiting = null;
  let chosen = -1;

  const options = () => [...list.children];

  function makeList() {
    list = document.createElement("ul");
    list.id = "suggestions";
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.suggestions);
    list.hidden = true;
    const frame = document.createElement("div");
    frame.className = "suggesting";
    box.replaceWith(frame);
    frame.append(box, list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) box.setAttribute(name, value);
  }

  function readOwn() {
    try {
      return JSON.parse(localStorage.getItem(OWN)) ?? [];
    } catch {
      return [];
    }
  }

  function keepOwn() {
    const text = box.value.trim();
    if (!text) return;
    try {
      localStorage.setItem(OWN, JSON.stringify([text, ...readOwn().filter((other) => other !== text)].slice(0, KEPT)));
    } catch {
      // A browser that keeps nothing suggests nothing of its own.
    }
  }

  function makeOwn(text) {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.dataset.url = `${box.form.action}?${new URLSearchParams({ q: text })}`;
    const words = document.createElement("bdi");
    const kind = document.createElement("span");
    words.textContent = text;
    kind.className = "written";
    kind.textContent = box.dataset.own;
    option.append(words, " ", kind);
    return option;
  }

  function close() {
    clearTimeout(timer);
    waiting?.abort();
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function show(text, answer) {
    const page = new DOMParser().parseFromString(answer, "text/html");
    list.replaceChildren(...page.querySelectorAll("[role=option]"));
    const own = readOwn().filter((one) => one !== text && one.toLowerCase().startsWith(text.toLowerCase()));
    list.append(...own.slice(0, MOST_OWN).map(makeOwn));
    options().forEach((option, number) => (option.id = `suggestion-${number}`));
    chosen = -1;
    list.hidden = list.children.length === 0;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const text = box.value.trim();
    waiting?.abort();
    if (!text) return close();
    waiting = new AbortController();
    try {
      const address = `${box.dataset.from}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal: waiting.signal });
      if (answer.ok) show(text, await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function choose(step) {
    if (list.hidden) return ask();
    const count = list.children.length;
    chosen = chosen < 0 && step < 0 ? count - 1 : (chosen + step + count + 1) % (count + 1);
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    const option = options()[chosen];
    if (!option) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  makeList();
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // else the browser empties the box
      close();
    } else if (event.key === "Enter" && !list.hidden && options()[chosen]) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    }
  });
  box.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the box keeps the focus until the page is left
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  box.form.addEventListener("submit", keepOwn);
})();
