/** What the map's tiles carry (`/api/v1/map/{z}/{x}/{y}.json`). Positions are [longitude, latitude] in degrees. */

export type Place = readonly [number, number];

export interface Bubble {
  type: "region";
  code: string;
  name: string;
  /** Proposals, and how many of them are funded; money in whole rupiah. */
  count: number;
  funded: number;
  amount: number;
  at: Place;
}

/** A line or an area that was drawn, as GeoJSON. */
export type Shape = GeoJSON.Geometry;

/** A shape whose proposal's point lies in another tile. */
export interface Drawn {
  type: "shape";
  id: string;
  stage: string;
  outcome: string;
  shape: Shape;
}

export interface Single {
  type: "proposal";
  id: string;
  number: string;
  title: string;
  stage: string;
  outcome: string;
  channel: string;
  shape: Shape | null;
  /** What was given, or else what is asked for. */
  amount: number;
  at: Place;
}

/** A funded work; `late` and `silent` in days, `on` the day of the latest report as year-month-day. */
export interface Work {
  type: "work";
  id: string;
  title: string;
  state: string;
  percent: number;
  amount: number;
  late: number;
  silent: number;
  on: string;
  by: string;
  at: Place;
}

/** Where more proposals lie than a tile carries: how many are not drawn. */
export interface More {
  type: "more";
  count: number;
  at: Place;
}

export type Feature = Bubble | Single | Work | Drawn | More;
