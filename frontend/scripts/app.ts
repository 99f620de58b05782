// The one entry on every page. The page works before any module arrives.
import { beginAll } from "./frame/begin.ts";

// the mark is for who has to act after the scripts and not before: tests on a slow machine
void beginAll(document).then(() => (document.documentElement.dataset.begun = ""));
