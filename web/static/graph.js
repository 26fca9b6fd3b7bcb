// Draws nodes and links as web/drawing.py gives them, in the colours of the page. Lists beside say the same.
import cytoscape from "./vendor/cytoscape.js";

const BORDERS = { asserted: "solid", reported: "solid", alleged: "double", speculated: "dashed", predicted: "dotted", questioned: "dotted" };
const ZOOMS = { in: 1.3, out: 1 / 1.3 };
const GAP = 45;
const [READABLE, LARGEST] = [0.6, 1.2];

// `onTap` is given the id of a node that was clicked.
export class Graph {
  constructor(frame, { onTap }) {
    this.frame = frame;
    this.cy = cytoscape({
      container: frame.querySelector("[data-canvas]"),
      style: makeStyle(frame),
      minZoom: 0.2,
      maxZoom: 3,
      // The wheel scrolls the page; buttons zoom.
      userZoomingEnabled: false,
      boxSelectionEnabled: false,
    });
    this.cy.on("tap", "node", (event) => onTap(event.target.id()));
    this.cy.on("mouseover", "node", (event) => this.point(event.target.id()));
    this.cy.on("mouseout", "node", () => this.point(null));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.cy.style(makeStyle(frame)));
    frame.addEventListener("click", (event) => this.zoom(event.target.closest("[data-zoom]")?.dataset.zoom));
    new ResizeObserver(() => this.frameStarts()).observe(frame);
  }

  // Nodes that stay keep their places as far as they can; new ones start beside what they are linked to.
  show({ nodes, links }) {
    const ids = new Set(nodes.map((node) => node.id));
    this.cy.batch(() => {
      this.cy.nodes().filter((node) => !ids.has(node.id())).remove();
      this.cy.edges().remove();
      const fresh = nodes.filter((node) => this.cy.getElementById(node.id).empty());
      for (const node of nodes) this.cy.getElementById(node.id).data(node);
      this.cy.add(fresh.map((node, place) => ({ data: node, position: findPlace(this.cy, node, links, place, fresh.length) })));
      this.cy.add(links.map((link, number) => ({ data: { ...link, id: `link-${number}`, source: link.start, target: link.end } })));
    });
    this.cy.layout({
      name: "cose",
      animate: false,
      randomize: false, // the same picture for the same answer
      nodeDimensionsIncludeLabels: true,
      idealEdgeLength: () => GAP,
      nodeRepulsion: () => 6000,
      gravity: 0.6,
      numIter: 1000,
      padding: 20,
    }).run();
    this.frameStarts();
  }

  // Lights a node with its links and what they lead to; null lights none.
  point(id) {
    this.cy.elements().removeClass("lit dim");
    const node = id === null ? this.cy.collection() : this.cy.getElementById(id);
    if (node.nonempty()) {
      const near = node.closedNeighborhood();
      near.addClass("lit");
      this.cy.elements().not(near).addClass("dim");
    }
  }

  zoom(way) {
    if (way === "fit") return this.fit();
    if (!ZOOMS[way]) return;
    const centre = { x: this.cy.width() / 2, y: this.cy.height() / 2 };
    this.cy.zoom({ level: this.cy.zoom() * ZOOMS[way], renderedPosition: centre });
  }

  // All of it, or, where that would be too small to read, what lies around the starts.
  frameStarts() {
    this.fit();
    if (this.cy.zoom() >= READABLE) return;
    this.cy.zoom(READABLE);
    this.cy.center(this.cy.nodes("[?start]"));
  }

  fit() {
    this.cy.resize();
    this.cy.fit(undefined, 24);
    if (this.cy.zoom() <= LARGEST) return;
    this.cy.zoom(LARGEST);
    this.cy.center();
  }
}

// On a circle around a node it is linked with that has a place already, else around the middle.
function findPlace(cy, node, links, place, count) {
  const link = links.find(({ start, end }) => (start === node.id && has(cy, end)) || (end === node.id && has(cy, start)));
  const centre = link ? cy.getElementById(link.start === node.id ? link.end : link.start).position() : { x: 0, y: 0 };
  const angle = (2 * Math.PI * place) / count;
  const radius = GAP * (node.kind === "entity" ? 2 : 1.2);
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
}

function has(cy, id) {
  return cy.getElementById(id).nonempty();
}

function makeStyle(frame) {
  const page = getComputedStyle(frame);
  const colour = (name) => page.getPropertyValue(`--${name}`).trim();
  const [ink, soft, paper, raised, dispute, link] = ["ink", "soft", "paper", "raised", "dispute", "link"].map(colour);
  return [
    { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
    {
      selector: "node",
      style: {
        label: "data(label)", "font-family": page.fontFamily, "font-size": 14, "min-zoomed-font-size": 7, color: ink,
        "text-wrap": "wrap", "text-max-width": 115, "text-background-color": paper, "text-background-opacity": 0.85, "text-background-padding": 1,
        "border-color": soft, "border-width": 1.5, "background-color": paper, "overlay-opacity": 0,
      },
    },
    // Japanese has no spaces to break at; names are never broken.
    { selector: 'node[kind != "entity"]', style: { "text-overflow-wrap": document.documentElement.lang === "ja" ? "anywhere" : "whitespace" } },
    { selector: 'node[kind = "entity"]', style: { "text-wrap": "none", shape: "ellipse", width: 26, height: 26, "text-valign": "bottom", "text-margin-y": 3, "font-weight": 600, "border-color": ink } },
    { selector: 'node[kind = "claim"]', style: { shape: "round-rectangle", width: 16, height: 16, "text-valign": "bottom", "text-margin-y": 3, "font-size": 12, color: soft, "border-style": (node) => BORDERS[node.data("firmness")], "border-width": 3 } },
    { selector: 'node[kind = "article"]', style: { shape: "cut-rectangle", width: 16, height: 20, "text-valign": "bottom", "text-margin-y": 3, "font-size": 12, color: soft, "background-color": raised } },
    { selector: "node[?denied]", style: { "border-color": dispute, color: dispute } },
    { selector: "node[?opened]", style: { "background-color": ink } },
    { selector: "node[?opened][?denied]", style: { "background-color": dispute } },
    { selector: "node[?start]", style: { "outline-width": 2, "outline-color": link, "outline-offset": 2 } },
    {
      selector: "edge",
      style: {
        width: 1, opacity: 0.55, "line-color": soft, "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": soft, "arrow-scale": 0.7,
        "font-family": page.fontFamily, "font-size": 11, color: ink, "text-background-color": paper, "text-background-opacity": 1, "text-background-padding": 1, "overlay-opacity": 0,
      },
    },
    { selector: 'edge[type = "CLAIMED_BY"]', style: { "line-style": "dashed" } },
    { selector: 'edge[type = "STATES"], edge[type = "SAYS_SAME"]', style: { "line-style": "dotted", "target-arrow-shape": "none" } },
    { selector: 'edge[type = "SAYS_OPPOSITE"]', style: { "line-color": dispute, "target-arrow-shape": "none", width: 1.5 } },
    { selector: "edge.lit", style: { label: "data(label)", opacity: 1 } },
    { selector: "node.lit", style: { "border-color": link } },
    { selector: ".dim", style: { opacity: 0.2 } },
  ];
}
