/** A photo made smaller that still says where and when it was taken: the server reads that, keeps it rounded, and drops the rest. */

import { withNotes } from "./exif.ts";
import { shrink } from "./shrink.ts";

const HEAD = 256 * 1024;

/** The smaller photo with the camera's notes of the larger one, or the same file where it did not become smaller. */
export async function lighter(file: File): Promise<File> {
  const small = await shrink(file);
  if (small === file) return file;
  const carried = withNotes(await file.slice(0, HEAD).arrayBuffer(), await small.arrayBuffer());
  return carried ? new File([carried], small.name, { type: small.type, lastModified: small.lastModified }) : small;
}
