/** Reads a tile's answer into features. What has no position cannot be drawn and is left to the list. */

import type { Feature, Place, Shape } from "./types.ts";

type Facts = Record<string, unknown>;

/** The features of one tile; what it could not list stands as one mark in its middle. */
export function read(answer: unknown, middle: Place): Feature[] {
  const { features = [], more = 0 } = answer as { features?: Facts[]; more?: number };
  const found = features.map(feature).filter((one): one is Feature => one !== null);
  return more > 0 ? [...found, { type: "more", count: more, at: middle }] : found;
}

function feature(facts: Facts): Feature | null {
  if (facts.kind === "shape") {
    const drawn = shape(facts.shape);
    return drawn && { type: "shape", id: text(facts.id), stage: text(facts.stage), outcome: text(facts.outcome), shape: drawn };
  }
  if (typeof facts.lon !== "number" || typeof facts.lat !== "number") return null;
  const at: Place = [facts.lon, facts.lat];
  if (facts.kind === "region") {
    return { type: "region", code: text(facts.code), name: text(facts.name), count: number(facts.count), funded: number(facts.funded ?? facts.confirmed), amount: number(facts.amount), at };
  }
  if (facts.kind === "work") {
    return {
      type: "work", id: text(facts.id), title: text(facts.title), state: text(facts.state), percent: number(facts.percent), amount: number(facts.amount),
      late: number(facts.late), silent: number(facts.silent), on: text(facts.reported_on), by: text(facts.reported_by), at,
    };
  }
  return {
    type: "proposal", id: text(facts.id), number: text(facts.number), title: text(facts.title), stage: text(facts.stage),
    outcome: text(facts.outcome), channel: text(facts.channel), shape: shape(facts.shape), amount: number(facts.funded_amount) || number(facts.amount), at,
  };
}

/** A geometry with coordinates, or null. */
function shape(value: unknown): Shape | null {
  return typeof value === "object" && value !== null && "coordinates" in value ? (value as Shape) : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
