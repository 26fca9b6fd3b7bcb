// Parts of a page fetched from the server, put where this page has the same parts: the console answers without leaving
// the page, in the words and the form that the server gives.

// The page at an address, also when it says that something is wrong.
export async function fetchPage(address, signal) {
  const answer = await fetch(address, { signal });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

export function replacePart(page, selector) {
  const part = page.querySelector(selector);
  if (part) return document.querySelector(selector).replaceWith(document.adoptNode(part));
  // A page of another kind: the one that says what is wrong.
  document.querySelector(selector).replaceChildren(...page.querySelector("main").childNodes);
}

// The other forms of the page at its foot, and where its language switch comes back to.
export function replaceFoot(page) {
  const tools = document.querySelector(".foot-tools");
  tools.querySelector(".twins")?.remove();
  const twins = page.querySelector(".foot-tools .twins");
  if (twins) tools.prepend(document.adoptNode(twins));
  tools.querySelector("input[name=to]").value = page.querySelector(".foot-tools input[name=to]").value;
}

// What the server put into a page for its script; null when there is none.
export function readData(page, selector) {
  const element = page.querySelector(selector);
  return element && JSON.parse(element.textContent);
}
