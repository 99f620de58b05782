/** The position a camera wrote into a JPEG, read on the phone before the photo is made smaller (which drops it). */

export interface Position {
  lon: number;
  lat: number;
}

const APP1 = 0xffe1;
const GPS_DIRECTORY = 0x8825;
const ORIENTATION = 0x0112;

/** Longitude and latitude in degrees, or null where the photo has none or is no JPEG. */
export function positionIn(bytes: ArrayBuffer): Position | null {
  const view = new DataView(bytes);
  try {
    const tiff = tiffStart(view);
    return tiff === null ? null : readPosition(view, tiff);
  } catch (error) {
    if (error instanceof RangeError) return null; // a cut or malformed header reads past the end
    throw error;
  }
}

/**
 * The second JPEG with the camera's notes of the first: its Exif segment is copied behind the start of the image, turned
 * upright. Null where the first has none or one of them is no JPEG.
 */
export function withNotes(from: ArrayBuffer, to: ArrayBuffer): Blob | null {
  const view = new DataView(from);
  try {
    const tiff = tiffStart(view);
    if (tiff === null || new DataView(to).getUint16(0) !== 0xffd8) return null;
    const start = tiff - 10;
    const notes = from.slice(start, start + 2 + view.getUint16(start + 2));
    setUpright(new DataView(notes), 10);
    return new Blob([to.slice(0, 2), notes, to.slice(2)], { type: "image/jpeg" });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The pixels stand upright already: turned once more they would lie. */
function setUpright(notes: DataView, tiff: number): void {
  const little = notes.getUint16(tiff) === 0x4949;
  const at = entries(notes, tiff, tiff + notes.getUint32(tiff + 4, little), little).get(ORIENTATION);
  if (at !== undefined) notes.setUint16(at + 8, 1, little);
}

function tiffStart(view: DataView): number | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 4 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === APP1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
    if (marker === 0xffda || marker >> 8 !== 0xff) return null;
  }
  return null;
}

function readPosition(view: DataView, tiff: number): Position | null {
  const little = view.getUint16(tiff) === 0x4949;
  const main = entries(view, tiff, tiff + view.getUint32(tiff + 4, little), little);
  const directory = main.get(GPS_DIRECTORY);
  if (directory === undefined) return null;
  const gps = entries(view, tiff, tiff + view.getUint32(directory + 8, little), little);
  const lat = degrees(view, tiff, gps.get(2), little, letter(view, gps.get(1)) === "S");
  const lon = degrees(view, tiff, gps.get(4), little, letter(view, gps.get(3)) === "W");
  return lat === null || lon === null || (lat === 0 && lon === 0) ? null : { lon, lat };
}

function entries(view: DataView, tiff: number, start: number, little: boolean): Map<number, number> {
  const found = new Map<number, number>();
  const count = view.getUint16(start, little);
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + index * 12;
    found.set(view.getUint16(at, little), at);
  }
  return found;
}

function letter(view: DataView, at: number | undefined): string {
  return at === undefined ? "" : String.fromCharCode(view.getUint8(at + 8));
}

function degrees(view: DataView, tiff: number, at: number | undefined, little: boolean, negative: boolean): number | null {
  if (at === undefined) return null;
  const start = tiff + view.getUint32(at + 8, little);
  const part = (index: number): number => view.getUint32(start + index * 8, little) / view.getUint32(start + index * 8 + 4, little);
  const value = part(0) + part(1) / 60 + part(2) / 3600;
  return Number.isFinite(value) ? (negative ? -value : value) : null;
}
