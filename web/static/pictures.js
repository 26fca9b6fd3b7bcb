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
