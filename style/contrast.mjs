// Computes the contrast of every used pair of foreground and background colours in tokens.css, in both themes.
// `node style/contrast.mjs` prints the figures and fails when one is too low: 4.5 for text, 3 for controls and lines.
import { readFileSync } from "node:fs";

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const tokens = new Map();
for (const [, name, value] of css.matchAll(/--([\w-]+):\s*(light-dark\([^;]+\)|#[0-9a-f]{6});/g)) {
  const colours = value.match(/#[0-9a-f]{6}/g);
  tokens.set(name, { light: colours[0], dark: colours[1] ?? colours[0] });
}

const channel = (byte) => (byte / 255 <= 0.03928 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
const luminance = (colour) => {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(parseInt(colour.slice(at, at + 2), 16)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one, other) => {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

const grounds = ["paper", "surface", "sunken"];
const signals = ["good", "attention", "danger", "info"];
const pairs = [
  ...["ink", "ink-soft", "accent", "accent-strong", ...signals].flatMap((text) => grounds.map((on) => [text, on, 4.5])),
  ...signals.flatMap((tone) => ["ink", "ink-soft", tone].map((text) => [text, `${tone}-soft`, 4.5])),
  ...["ink", "ink-soft", "accent"].map((text) => [text, "accent-soft", 4.5]),
  ...["accent", "accent-strong"].map((on) => ["on-accent", on, 4.5]),
  ...[...grounds, "accent-soft"].map((on) => ["control", on, 3]),
  ...["drawing-line", "drawing-dim"].map((line) => [line, "drawing-paper", 4.5]),
  ...Array.from({ length: 8 }, (_, number) => [`on-presence`, `presence-${number}`, 4.5]),
  ...Array.from({ length: 8 }, (_, number) => [`presence-${number}`, "drawing-paper", 3]),
  ...Array.from({ length: 8 }, (_, number) => [`presence-${number}`, "paper", 3]),
];

let low = 0;
for (const [text, on, least] of pairs) {
  const figures = ["light", "dark"].map((theme) => contrast(tokens.get(text)[theme], tokens.get(on)[theme]));
  const fails = figures.some((figure) => figure < least);
  low += fails;
  console.log(`${fails ? "LOW " : "    "}${text} on ${on}: ${figures.map((figure) => figure.toFixed(2)).join(" light, ")} dark`);
}
console.log(low ? `${low} pairs are too low` : `${pairs.length} pairs in two themes, all high enough`);
process.exitCode = low ? 1 : 0;
