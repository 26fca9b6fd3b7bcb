// Keys for readers: "/" to search, "j" and "k" from claim to claim, "?" for help, "g" and a letter to a page, "x", "y" and
// "u" to judge; and what is pointed at is lit. Pages work without this file.
(() => {
  const help = document.getElementById("help");
  const search = document.querySelector("[data-search]");
  const opener = document.querySelector("[data-help]");
  const claims = [...document.querySelectorAll(".claim")];

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  function moveToClaim(step) {
    if (claims.length === 0) return;
    const current = claims.indexOf(document.activeElement.closest(".claim"));
    const next = current < 0 ? (step > 0 ? 0 : claims.length - 1) : current + step;
    const claim = claims[Math.min(claims.length - 1, Math.max(0, next))];
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "nearest" });
  }

  function openClaim(event) {
    if (!document.activeElement.matches(".claim")) return;
    event.preventDefault();
    document.activeElement.querySelector(".claim-link").click();
  }

  // Where judging is the reader's, each claim has a link to it.
  function judge(kind) {
    const link = document.activeElement.closest(".claim")?.querySelector('a[href^="/judge/misread?"]');
    if (link) location.assign(link.href.replace("/judge/misread?", `/judge/${kind}?`));
  }

  function takeBack() {
    document.querySelector('.done a, a[href^="/judge/undo?"]')?.click();
  }

  function goToSearch(event) {
    event.preventDefault();
    if (!search) return location.assign("/search");
    search.focus();
    search.select();
  }

  // After "g" a letter leads somewhere, for as long as somebody needs to press it.
  const places = new Map([...help.querySelectorAll("[data-go]")].map((link) => [link.dataset.go, link]));
  let until = 0;

  function goTo(key) {
    const place = Date.now() < until && places.get(key);
    until = 0;
    if (place) location.assign(place.href);
    return place;
  }

  // Its button takes the focus: "autofocus" would be complained of on pages opened at a fragment.
  function openHelp() {
    help.showModal();
    help.querySelector("[data-close]").focus();
  }

  const keys = {
    g: () => (until = Date.now() + 1500),
    "/": goToSearch,
    j: () => moveToClaim(1),
    k: () => moveToClaim(-1),
    "?": openHelp,
    Enter: openClaim,
    x: () => judge("misread"),
    y: () => judge("right"),
    u: takeBack,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    if (!isTyping(event.target) && !goTo(event.key)) keys[event.key]?.(event);
  });
  // A menu that lies over the page closes as a dialog does.
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  // A claim may lie in several pieces around nested ones; :target alone reaches the first.
  function lightTarget() {
    for (const piece of document.querySelectorAll("mark[data-claims]")) {
      piece.classList.toggle("lit", piece.dataset.claims.split(" ").includes(location.hash.replace("#c-", "")));
    }
  }

  addEventListener("hashchange", lightTarget);
  lightTarget();
  document.documentElement.classList.add("scripted");
  opener.addEventListener("click", openHelp);
  help.querySelector("[data-close]").addEventListener("click", () => help.close());
})();

// A name or box of the explorer's picture lights the lines that end at it while it is pointed at or has the focus.
(() => {
  const picture = document.querySelector("[data-web]");
  if (!picture) return;
  const lines = [...picture.querySelectorAll("line")];

  function light(event) {
    const node = event.target.closest?.("[data-node]")?.dataset.node;
    picture.classList.toggle("pointed", node !== undefined);
    for (const line of lines) line.classList.toggle("lit", line.dataset.ends.split(" ").includes(node));
  }

  for (const name of ["mouseover", "mouseout", "focusin", "focusout"]) {
    picture.addEventListener(name, name.endsWith("out") ? () => light({ target: picture }) : light);
  }
})();
