// The explorer walks without leaving the page: the server's lists and drawing of each step take the place of the last.
import { Graph } from "./graph.js";
import { fetchPage, readData, replaceFoot, replacePart } from "./parts.js";

const REGION = "[data-walk-region]";
let graph = null;
let waiting = null;

const region = () => document.querySelector(REGION);
const findRow = (id) => region().querySelector(`[data-row="${CSS.escape(id)}"]`);

async function walk(address, { push = true, focus = null } = {}) {
  waiting?.abort();
  waiting = new AbortController();
  region().setAttribute("aria-busy", "true");
  try {
    const page = await fetchPage(address, waiting.signal);
    replacePart(page, REGION);
    replaceFoot(page);
    if (push) history.pushState(null, "", address);
  } catch (error) {
    if (error.name === "AbortError") return;
    return location.assign(address); // the browser says what is wrong
  }
  draw();
  if (focus) findRow(focus)?.querySelector("[data-walk]")?.focus();
}

function draw() {
  const data = readData(document, "[data-drawing]");
  const frame = region().querySelector("[data-graph]");
  if (!data || !frame) return (graph = null);
  // The frame with the picture in it moves into the new part, so that nodes stay where they are.
  if (graph) frame.replaceWith(graph.frame);
  else graph = new Graph(frame, { onTap: openNode, onPoint: lightRow });
  graph.show(data);
}

function openNode(id) {
  const row = findRow(id);
  const link = row.querySelector("[data-walk]");
  if (row.querySelector(".opened")) row.scrollIntoView({ block: "nearest" });
  else walk(link.href);
}

function lightRow(id) {
  for (const row of region().querySelectorAll("[data-row]")) row.classList.toggle("lit-row", row.dataset.row === id);
}

function moveBetweenRows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = event.target.closest?.("[data-row]");
  if (!step || !row) return;
  const rows = [...region().querySelectorAll("[data-row]")];
  const next = rows[rows.indexOf(row) + step];
  if (!next) return;
  event.preventDefault();
  next.querySelector("[data-walk]").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-walk]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  walk(link.href, { focus: link.dataset.node });
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-walk-form]")) return;
  event.preventDefault();
  const fields = [...new FormData(event.target)].filter(([name, value]) => value || name === "open");
  walk(`${event.target.action}?${new URLSearchParams(fields)}`);
});
document.addEventListener("keydown", moveBetweenRows);
for (const name of ["focusin", "mouseover"]) {
  document.addEventListener(name, (event) => graph?.point(event.target.closest?.("[data-row]")?.dataset.row ?? null));
}
addEventListener("popstate", () => walk(location.href, { push: false }));
draw();
