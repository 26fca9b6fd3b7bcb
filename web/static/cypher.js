// Cypher for the editor: colours as the server's guard reads the words, completion of what the graph has.
import { HighlightStyle, StreamLanguage, snippetCompletion, syntaxHighlighting, tags } from "./vendor/codemirror.js";

const CLOSES = { ")": "(", "]": "[", "}": "{" };
const PARAMETER = /\$(?:[A-Za-z_]\w*|\d+)/g;
const SILENT = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`|\/\/[^\n]*/gs;
const FUNCTIONS = ["count", "collect", "avg", "sum", "min", "max", "size", "type", "labels", "coalesce", "toLower", "toUpper", "substring", "split", "head", "last", "length", "nodes", "relationships", "startNode", "endNode", "date", "datetime", "shortestPath"];

// Names of the query's parameters, each once, in order.
export function findParameters(query) {
  const found = query.replace(SILENT, " ").match(PARAMETER) ?? [];
  return [...new Set(found.map((name) => name.slice(1)))];
}

export function makeLanguage(schema) {
  const keywords = new Set(schema.keywords);
  const refused = new Set(schema.refused);
  return StreamLanguage.define({
    name: "cypher",
    startState: () => ({ open: [], before: "" }),
    copyState: (state) => ({ open: [...state.open], before: state.before }),
    token(stream, state) {
      if (stream.eatSpace()) return null;
      const { before } = state;
      if (stream.match("//")) return stream.skipToEnd(), "comment";
      const sign = stream.peek();
      state.before = sign;
      if (stream.match(/^(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/)) return "string";
      if (stream.match(/^\$(?:[A-Za-z_]\w*|\d+)/)) return "variableName.special";
      if (stream.match(/^(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/)) return "number";
      if (stream.match(/^(?:[^\W\d][\w]*|[\p{L}_][\p{L}\p{N}_]*|`(?:[^`]|``)*`)/u)) return nameWord(stream, state, before, keywords, refused);
      stream.next();
      if ("([{".includes(sign)) state.open.push(sign);
      else if (CLOSES[sign] && state.open.at(-1) === CLOSES[sign]) state.open.pop();
      return "()[]{}".includes(sign) ? "bracket" : "operator";
    },
    languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "[", "{", "'", '"'] } },
  });
}

function nameWord(stream, state, before, keywords, refused) {
  const word = stream.current().toUpperCase();
  const inside = state.open.at(-1);
  state.before = "word";
  if (before === ".") return "propertyName";
  if ((before === ":" || before === "|") && inside === "[") return "typeName";
  if (before === ":" && inside !== "{") return "className";
  if (inside === "{" && stream.match(/^\s*:/, false)) return "propertyName";
  if (keywords.has(word)) return "keyword";
  if (refused.has(word)) return "invalid";
  return stream.match(/^\s*\(/, false) ? "variableName.function" : "variableName";
}

export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.keyword, color: "var(--ink)", fontWeight: "700" },
    { tag: [tags.className, tags.typeName], color: "var(--link)" },
    { tag: tags.propertyName, color: "var(--code-name)" },
    { tag: tags.string, color: "var(--code-value)" },
    { tag: tags.number, color: "var(--code-value)" },
    { tag: tags.special(tags.variableName), color: "var(--code-value)", fontWeight: "700" },
    { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
    { tag: tags.invalid, color: "var(--dispute)", textDecoration: "underline wavy" },
    { tag: [tags.operator, tags.bracket], color: "var(--soft)" },
  ]),
);

// Labels after `(:`, types after `[:`, properties after a dot, keys in a map, else keywords and functions.
export function makeCompletion(schema) {
  const label = schema.labels.map(({ name, properties }) => ({ label: name, type: "class", detail: properties.slice(0, 3).join(", ") }));
  const type = schema.relationships.map(({ name, start, end }) => ({ label: name, type: "type", detail: `${start} → ${end}` }));
  const words = [
    ...schema.keywords.map((word) => ({ label: word, type: "keyword" })),
    ...FUNCTIONS.map((name) => snippetCompletion(`${name}(\${})`, { label: `${name}()`, type: "function" })),
  ];

  return (context) => {
    const text = context.state.sliceDoc(0, context.pos);
    const written = /[\p{L}\p{N}_]*$/u.exec(text)[0];
    const from = context.pos - written.length;
    const before = text.slice(0, from);
    const answer = (options) => ({ from, options, validFor: /^[\p{L}\p{N}_]*$/u });
    if (/\$$/.test(before)) return null;
    if (/\[[^\]()]*[:|]$/.test(before)) return answer(type);
    if (/\([^)(\[{]*:$/.test(before)) return answer(label);
    const owner = /([\p{L}_][\p{L}\p{N}_]*)\.$/u.exec(before)?.[1];
    if (owner) return answer(listProperties(schema, context.state.doc.toString(), owner));
    const map = /[([]\s*([\p{L}_][\p{L}\p{N}_]*)?\s*(?::\s*(\w+))?\s*\{(?:[^{}]*,)?\s*$/u.exec(before);
    if (map) return answer(listProperties(schema, before, map[1] ?? "", map[2]));
    if (written.length < 2 && !context.explicit) return null;
    // Only what the word begins: a list over the page at every name would be in the way.
    const start = written.toLowerCase();
    const fitting = words.filter(({ label }) => label.toLowerCase().startsWith(start) && label.length > written.length);
    return fitting.length ? { from, options: fitting, filter: false } : null;
  };
}

// Properties of the label or type that the name is given somewhere in the query; all that there are when it is not.
function listProperties(schema, query, owner, named = null) {
  const escaped = owner.replace(/[^\p{L}\p{N}_]/gu, "");
  const given = named ?? (escaped && new RegExp(`[(\\[]\\s*${escaped}\\s*:\\s*(\\w+)`, "u").exec(query)?.[1]);
  const all = [...schema.labels, ...schema.relationships];
  const owners = all.filter(({ name }) => name === given);
  const names = new Set((owners.length ? owners : all).flatMap(({ properties }) => properties));
  return [...names].map((name) => ({ label: name, type: "property" }));
}
