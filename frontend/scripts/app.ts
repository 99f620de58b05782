// The one entry on every page. The page works before any module arrives.
import { beginAll } from "./frame/begin.ts";

beginAll(document);
