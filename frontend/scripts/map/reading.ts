/** Reads a tile's GeoJSON into features. What has no position cannot be drawn and is left to the list. */

import type { Feature, Place } from "./types.ts";

interface Raw {
  type?: string;
  id?: unknown;
  geometry?: { coordinates?: unknown } | null;
  properties?: Record<string, unknown>;
}

export function read(answer: unknown): Feature[] {
  const features = (answer as { features?: Raw[] }).features ?? [];
  return features.map(feature).filter((found): found is Feature => found !== null);
}

function feature(raw: Raw): Feature | null {
  const facts = raw.properties ?? (raw as Record<string, unknown>);
  const at = place(raw.geometry?.coordinates ?? facts.anchor ?? facts.location);
  if (!at) return null;
  if (facts.code !== undefined) {
    return { type: "region", code: text(facts.code), name: text(facts.name), count: number(facts.count), funded: number(facts.funded), amount: number(facts.amount), at };
  }
  const id = text(facts.id ?? raw.id);
  if (id) {
    return {
      type: "proposal", id, number: text(facts.number), title: text(facts.title), stage: text(facts.stage), outcome: text(facts.outcome),
      sector: text(facts.sector), amount: number(facts.amount), supports: number(facts.supports), at,
    };
  }
  return { type: "more", count: number(facts.count ?? facts.more), at };
}

function place(value: unknown): Place | null {
  const pair = Array.isArray(value) ? value : (value as { coordinates?: unknown } | null | undefined)?.coordinates;
  return Array.isArray(pair) && typeof pair[0] === "number" && typeof pair[1] === "number" ? [pair[0], pair[1]] : null;
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
