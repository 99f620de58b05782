// The icons in use: names of @tabler/icons (MIT), and the shapes that are ours. Add a name here, then build.
export const OUTLINE = [
  // sectors
  "road", "droplet", "ripple", "school", "stethoscope", "plant-2", "fish", "building-store", "bolt",
  "building-community", "users", "anchor", "recycle", "home", "alert-triangle",
  // outcomes and realisation
  "clock", "arrow-back-up", "player-pause", "x", "minus", "git-merge", "git-fork", "check", "ban", "tools", "circle-check", "flag",
  // stances
  "thumb-up", "hand-stop", "pencil", "question-mark",
  // frame and controls
  "search", "language", "user-circle", "home-2", "map-2", "plus", "list", "coins", "chevron-right", "chevron-left", "chevron-up", "chevron-down", "arrow-right",
  "filter", "download", "map-pin", "message-2", "info-circle", "contrast", "leaf", "printer", "photo", "trash", "send",
  "current-location", "logout", "calendar", "help-circle", "eye-off", "corner-down-right", "file-text", "bell", "scale", "table", "adjustments-horizontal", "refresh", "equal", "equal-not", "lock", "upload",
  // the dictionary of works; by which door a proposal came
  "lock", "lock-open", "upload", "copy", "microphone-2", "briefcase", "gavel",
];

const petal = "M8 8C4.6 7.4 2.2 5 1.6 1.6 5 2.2 7.4 4.6 8 8z";

/** Our own drawings: name -> [view box, body]. The eight stages are told apart by outline alone. */
export const DRAWN = {
  "s-draft": ["0 0 16 16", '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.1 1.6"/>'],
  "s-village": ["0 0 16 16", '<circle cx="8" cy="8" r="6.6"/>'],
  "s-subdistrict": ["0 0 16 16", '<path d="M8 1.4 15.4 14.6H.6z"/>'],
  "s-agency": ["0 0 16 16", '<path d="M2 2h12v12H2z"/>'],
  "s-district": ["0 0 16 16", '<path d="M8 .6 15.4 8 8 15.4.6 8z"/>'],
  "s-budget": ["0 0 16 16", '<path d="M4.2 1.4h7.6L15.6 8l-3.8 6.6H4.2L.4 8z"/>'],
  "s-works": ["0 0 16 16", '<path d="M5.4 1h5.2v4.4H15v5.2h-4.4V15H5.4v-4.4H1V5.4h4.4z"/>'],
  "s-done": [
    "0 0 16 16",
    [0, 90, 180, 270].map((turn) => `<path d="${petal}" transform="rotate(${turn} 8 8)"/>`).join(""),
  ],
  // How a funded work stands: outline, half, ring, tick, warning; told apart without colour.
  "w-not_started": ["0 0 16 16", '<path d="M2.5 2.5h11v11h-11z" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.2 1.8"/>'],
  "w-under_way": ["0 0 16 16", '<path d="M2 2h12v12H2z" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M2 2v12h12z"/>'],
  "w-reported_done": ["0 0 16 16", '<path fill-rule="evenodd" d="M1.5 1.5h13v13h-13zM8 4.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8z"/>'],
  "w-confirmed": ["0 0 16 16", '<path fill-rule="evenodd" d="M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8zM4.1 8.5l1.4-1.4 1.7 1.7 3.7-3.8 1.4 1.4-5.1 5.2z"/>'],
  "w-disputed": ["0 0 16 16", '<path fill-rule="evenodd" d="M8 .6 15.8 15H.2zM7.1 5.8h1.8v4.4H7.1zM7.1 11.3h1.8v1.8H7.1z"/>'],
  // Two white and two gold strands, over and under, in a nila square.
  mark: [
    "0 0 40 40",
    '<rect width="40" height="40" rx="7" fill="#10233F"/>' +
      '<path fill="#fff" d="M11.5 5H17v5.3h-5.5zM11.5 18.2H17V35h-5.5zM5 23h5.3v5.5H5zM18.2 23H35v5.5H18.2z"/>' +
      '<path fill="#F0B323" d="M5 11.5h16.8V17H5zM29.7 11.5H35V17h-5.3zM23 5h5.5v16.8H23zM23 29.7h5.5V35H23z"/>',
  ],
};
