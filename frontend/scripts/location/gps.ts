/** The phone's own position: watched until it is good or time is up, seconds and accuracy told meanwhile. */

export interface Fix {
  lon: number;
  lat: number;
  accuracy: number;
}

export interface Search {
  /** Every second, and with every better position. */
  tick(seconds: number, best: Fix | null): void;
  /** The best position found; null where none came. `denied`: the person or the browser said no. */
  end(best: Fix | null, denied: boolean): void;
}

const GOOD_METRES = 15;
const SECONDS = 30;

export function search(told: Search): void {
  let best: Fix | null = null;
  let seconds = 0;
  const stop = (denied: boolean): void => {
    window.clearInterval(counting);
    navigator.geolocation.clearWatch(watch);
    told.end(best, denied);
  };
  const counting = window.setInterval(() => {
    seconds += 1;
    told.tick(seconds, best);
    if (seconds >= SECONDS) stop(false);
  }, 1000);
  const watch = navigator.geolocation.watchPosition(
    ({ coords }) => {
      if (best && best.accuracy <= coords.accuracy) return;
      best = { lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) };
      told.tick(seconds, best);
      if (best.accuracy <= GOOD_METRES) stop(false);
    },
    (error) => error.code === error.PERMISSION_DENIED && stop(true),
    { enableHighAccuracy: true, timeout: SECONDS * 1000 },
  );
}
