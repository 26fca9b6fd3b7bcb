// The Cypher console: an editor in place of the text field, fields for parameters, answers without leaving the page.
// Without this file the page is a form that does the same.
import { colours, findParameters, makeCompletion, makeLanguage } from "./cypher.js";
import { fetchPage, readData, replaceFoot, replacePart } from "./parts.js";
import {
  autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap, defaultKeymap, drawSelection,
  EditorState, EditorView, history as editorHistory, historyKeymap, keymap, Prec, setDiagnostics,
} from "./vendor/codemirror.js";

const ANSWER = "[data-answer]";
const MOST_NODES = 60;
const ID = /^[^\s]{1,200}$/u;
const PARAM_LINE = /^\s*\/\/\s*param\s+([A-Za-z_]\w*)\s*=\s*(.*)$/gm;

const form = document.querySelector("[data-console]");
const area = form.querySelector("textarea");
const fields = form.querySelector("[data-fields]");
const blank = form.querySelector("template[data-field]");
const [runButton, stopButton] = [form.querySelector("[data-run]"), form.querySelector("[data-stop]")];
const progress = form.querySelector("[data-progress]");
let running = null;
let editor = null;

// Editor

const theme = EditorView.theme({
  "&": { border: "1px solid var(--soft)", borderRadius: "3px", background: "var(--paper)", color: "var(--ink)", fontSize: ".875rem" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "3px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".45rem .25rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--lit)" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--soft)" },
  "&.cm-focused .cm-nonmatchingBracket": { background: "none", color: "var(--dispute)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--dispute)", textUnderlineOffset: "3px" },
  ".cm-tooltip": { background: "var(--raised)", color: "var(--ink)", border: "1px solid var(--rule)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--link)", color: "var(--paper)" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
});

// A browser that types over coloured text keeps its colour in a style attribute, which the policy would refuse.
function typeOver(event, view) {
  const selection = view.root.getSelection?.(); // the editor learns of it a moment later
  if (event.inputType !== "insertText" || event.data === null || !selection || selection.isCollapsed) return false;
  const ends = [view.posAtDOM(selection.anchorNode, selection.anchorOffset), view.posAtDOM(selection.focusNode, selection.focusOffset)];
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const insert = () => view.state.update({ changes: { from, to, insert: event.data }, selection: { anchor: from + event.data.length }, userEvent: "input.type" });
  const taken = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, event.data, insert));
  if (!taken) view.dispatch(insert());
  event.preventDefault();
  return true;
}

async function startEditor() {
  const schema = await (await fetch(form.dataset.schema)).json();
  const host = document.createElement("div");
  host.className = "editor";
  // As high as the field whose place it takes: nothing below moves.
  const height = `${area.offsetHeight}px`;
  area.after(host);
  // In a root of its own the editor's rules are a sheet, not a style element, which the policy would refuse.
  const root = host.attachShadow({ mode: "open" });
  const label = document.getElementById("query-label").textContent;
  editor = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        editorHistory(), drawSelection(), bracketMatching(), closeBrackets(),
        autocompletion({ override: [makeCompletion(schema)], icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        makeLanguage(schema), colours, theme, EditorView.theme({ "&": { height } }), EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
        EditorView.domEventHandlers({ beforeinput: typeOver }),
        EditorView.updateListener.of((update) => update.docChanged && takeText(update.state.doc.toString())),
      ],
    }),
  });
  // The page's own keys, such as "/" for search, are text in here.
  host.addEventListener("keydown", (event) => event.stopPropagation());
  area.hidden = true;
  area.required = false;
  takeText(area.value);
  if (area.getAttribute("aria-invalid")) markPlace();
}

function setText(text) {
  area.value = text;
  editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
}

function takeText(text) {
  area.value = text;
  const written = new Map([...text.matchAll(PARAM_LINE)].map((match) => [match[1], readLine(match[2])]));
  showFields(findParameters(text).map((name) => [name, written.get(name) ?? ""]));
}

function readLine(json) {
  try {
    const value = JSON.parse(json);
    return typeof value === "string" ? value : json;
  } catch {
    return "";
  }
}

// Parameters

function showFields(parameters) {
  const before = new Map(readFields());
  const names = parameters.map(([name]) => name);
  for (const input of fields.querySelectorAll("input")) {
    if (!names.includes(input.name.slice(1))) input.closest(".field").remove();
  }
  parameters.forEach(([name, value], place) => {
    const field = fields.querySelector(`input[name="${CSS.escape("$" + name)}"]`)?.closest(".field") ?? makeField(name, before.get(name) || value);
    if (fields.querySelectorAll(".field")[place] !== field) fields.insertBefore(field, fields.querySelectorAll(".field")[place] ?? null);
  });
  fields.hidden = parameters.length === 0;
}

function makeField(name, value) {
  const field = blank.content.firstElementChild.cloneNode(true);
  const [label, input] = [field.querySelector("label"), field.querySelector("input")];
  label.htmlFor = input.id = `field-${name}`;
  label.querySelector("code").textContent = input.name = `$${name}`;
  input.value = value;
  return field;
}

function readFields() {
  return [...fields.querySelectorAll("input")].map((input) => [input.name.slice(1), input.value]);
}

// Running

function makeAddress() {
  const given = readFields().filter(([, value]) => value).map(([name, value]) => [`$${name}`, value]);
  return `${form.action}?${new URLSearchParams([["q", area.value], ...given])}`;
}

async function run({ push = true } = {}) {
  if (!area.value.trim()) return editor?.focus();
  running?.abort();
  const address = makeAddress();
  if (address.length > Number(form.dataset.longest)) return (progress.textContent = progress.dataset.long);
  const mine = (running = new AbortController());
  const ticking = startClock();
  try {
    const page = await fetchPage(address, mine.signal);
    replacePart(page, ANSWER);
    replaceFoot(page);
    if (push) history.pushState(null, "", address);
    progress.textContent = document.querySelector("#result")?.textContent.trim().replace(/\s+/g, " ") ?? "";
    showAnswer();
  } catch (error) {
    if (mine !== running) return; // another run took its place
    progress.textContent = error.name === "AbortError" ? progress.dataset.stopped : progress.dataset.unreachable;
  } finally {
    clearInterval(ticking);
    if (mine === running) setRunning(false);
  }
}

function startClock() {
  setRunning(true);
  const started = performance.now();
  const tell = () => (progress.textContent = progress.dataset.running.replace("…", Math.round((performance.now() - started) / 1000)));
  tell();
  return setInterval(tell, 1000);
}

function setRunning(is) {
  const focused = document.activeElement;
  stopButton.hidden = !is;
  runButton.hidden = is;
  document.querySelector(ANSWER).setAttribute("aria-busy", is);
  if (focused === runButton) stopButton.focus();
  if (focused === stopButton) runButton.focus();
}

function markPlace() {
  if (!editor) return;
  const place = document.querySelector("[data-place]")?.dataset.place.split(" ").map(Number);
  if (!place || place[0] > editor.state.doc.lines) return editor.dispatch(setDiagnostics(editor.state, []));
  const line = editor.state.doc.line(place[0]);
  const from = Math.min(line.from + place[1] - 1, line.to);
  const word = /^(?:[\p{L}\p{N}_]+|.)/u.exec(line.text.slice(from - line.from))?.[0] ?? "";
  const message = document.getElementById("error").textContent;
  editor.dispatch(setDiagnostics(editor.state, [{ from, to: from + word.length, severity: "error", message }]), { selection: { anchor: from } });
}

// Answer

function showAnswer() {
  markPlace();
  const tabs = document.querySelector("[data-tabs]");
  if (!tabs) return;
  const buttons = [...tabs.querySelectorAll("[role=tab]")];
  for (const panel of document.querySelectorAll("[data-view]")) {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", panel.id.replace("view-", "tab-"));
  }
  tabs.addEventListener("click", (event) => event.target.matches("[role=tab]") && chooseTab(buttons, event.target));
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length];
    next.focus();
    chooseTab(buttons, next);
  });
}

function chooseTab(buttons, chosen) {
  for (const button of buttons) {
    const is = button === chosen;
    button.setAttribute("aria-selected", is);
    button.tabIndex = is ? 0 : -1;
    document.getElementById(button.getAttribute("aria-controls")).hidden = !is;
  }
  if (chosen.id === "tab-json") showJson();
  if (chosen.id === "tab-graph") showGraph();
}

function showJson() {
  const out = document.querySelector("[data-json]");
  if (out.textContent) return;
  const { columns, rows } = readData(document, "[data-rows]");
  const records = rows.map((row) => Object.fromEntries(row.map((value, place) => [columns[place], value])));
  out.textContent = JSON.stringify(records, null, 2);
}

// What the answer names, whole nodes or ids, and what links it.
async function showGraph() {
  const frame = document.querySelector("#view-graph [data-graph]");
  if (frame.dataset.drawn) return;
  frame.dataset.drawn = "yes";
  const ids = findIds(readData(document, "[data-rows]").rows);
  const asked = new URLSearchParams(ids.map((id) => ["start", id]));
  const drawing = ids.length ? readData(await fetchPage(`${form.dataset.drawn}?${asked}&open=`), "[data-drawing]") : null;
  document.querySelector("[data-no-graph]").hidden = drawing !== null;
  frame.hidden = drawing === null;
  if (!drawing) return;
  const { Graph } = await import("./graph.js");
  const more = document.querySelector("[data-in-explorer]");
  more.hidden = false;
  more.querySelector("a").href = `${form.dataset.explore}?${asked}`;
  const graph = new Graph(frame, { onTap: (id) => location.assign(`${form.dataset.explore}?${new URLSearchParams([["start", id]])}`) });
  graph.show(drawing);
}

// Ids come in whole nodes and as plain cells; the server passes over what is no id.
function findIds(rows) {
  const found = new Set();
  const look = (value) => {
    if (Array.isArray(value)) value.forEach(look);
    else if (value && typeof value === "object") typeof value.id === "string" && found.add(value.id);
    else if (typeof value === "string" && ID.test(value) && !/[:/]/.test(value)) found.add(value);
  };
  rows.flat().forEach(look);
  return [...found].slice(0, MOST_NODES);
}

// Wiring

function ask(address) {
  const asked = new URL(address, location.href).searchParams;
  setText(asked.get("q") ?? "");
  showFields(findParameters(area.value).map((name) => [name, ""]));
  for (const input of fields.querySelectorAll("input")) input.value = asked.get(input.name) ?? input.value;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
stopButton.addEventListener("click", () => running?.abort());
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-question]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href);
  run();
  form.scrollIntoView({ block: "nearest" });
});
addEventListener("popstate", () => {
  ask(location.href);
  if (area.value.trim()) run({ push: false });
  else document.querySelector(ANSWER).replaceChildren();
});

await startEditor();
showAnswer();
