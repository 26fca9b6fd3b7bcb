// The graph of the explorer and of the console.
export { default } from "cytoscape";
